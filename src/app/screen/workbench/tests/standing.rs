//! How far the learner is in the steps.

use super::*;
use crate::app::message::{Notice, NoticeLevel};
use crate::app::screen::workbench::{Focus, TestState, test_reason};
use crate::check::event::Place;
use crate::progress::Change;

#[test]
fn a_step_that_passes_is_done_and_later_ones_are_not_reached() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, unwritten());
    assert_eq!(bench(&model).step_passed(), Some((0, 1)));
    assert!(bench(&model).not_reached(&bench(&model).panel.tests[1]));
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    assert_eq!(bench(&model).step_passed(), None, "now the second step is at hand");
    let row = &bench(&model).panel.tests[1];
    assert!(!bench(&model).not_reached(row) && row.result().and_then(test_reason).is_none());
}

#[test]
fn the_list_of_tests_ends_at_the_bottom_however_the_exercise_is_opened() {
    let mut pack = fixture::small();
    let exercise = pack.exercises.iter_mut().find(|one| one.id == "strategy").expect("it is there");
    exercise.steps[0].tests = (0..16).map(|n| format!("regular_{n}")).collect();
    let mut model = fixture::model(vec![pack], (120, 36));
    let (pack, exercise) = ("small".to_owned(), "strategy".to_owned());
    let passing = (0..16).map(|n| format!("regular_{n}")).collect();
    model.record(vec![Change::Checked { pack, exercise, passed: false, passing: Some(passing), tests: 17 }]);
    open(&mut model, "strategy");
    files_are(&mut model, TEXT, false);
    let panel = &bench(&model).panel;
    assert!(panel.rows() < 17 && panel.test == 16, "{panel:?}");
    assert_eq!(panel.scroll + panel.rows(), 17);
}

/// The first step is done, in the second a `todo!` stands.
fn unwritten() -> Report {
    let mut report = failed();
    report.tests[1].message = Some("not yet implemented: step 2".to_owned());
    report
}

#[test]
fn what_was_written_of_a_later_step_and_fails_is_a_failure() {
    for message in [None, Some("attempt to divide by zero".to_owned())] {
        let mut model = opened();
        let (id, _) = run(&mut model);
        let mut report = failed();
        report.tests[1].message = message;
        finish(&mut model, id, report);
        assert!(!bench(&model).not_reached(&bench(&model).panel.tests[1]));
    }
}

#[test]
fn a_finished_step_stays_so_when_the_text_no_longer_compiles_and_opens_again_at_a_reset() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    let (id, _) = run(&mut model);
    finish(&mut model, id, refused());
    assert!(bench(&model).is_done(0) && !bench(&model).is_done(1));
    crate::app::screen::workbench::commands::command(&mut model, crate::app::Command::Reset);
    files_are(&mut model, "// here\n", true);
    assert!(!bench(&model).is_done(0));
    assert!(bench(&model).panel.tests.iter().all(|row| row.state == TestState::Waiting));
}

#[test]
fn results_are_stale_after_an_edit_and_the_last_step_stays_after_a_pass() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, passed());
    assert_eq!((bench(&model).step, bench(&model).is_stale()), (1, false));
    keys(&mut model, "ix");
    assert!(bench(&model).is_stale());
}

#[test]
fn an_exercise_opens_at_what_is_left_to_be_written() {
    let (mut model, _) = unread();
    files_are(&mut model, "// todo!()\nfn price() -> u32 {\n    todo!()\n}\n", false);
    let cursor = bench(&model).files[0].editor.buffer.cursor();
    assert_eq!((cursor.line, cursor.column), (2, 4));
}

const STEPS: &str =
    "// Step 1: this\nfn one() {\n    todo!()\n}\n\n// Step 2: that\nfn two() {\n    todo!()\n}\n";

/// The same with the second step written, wrongly, and a third left.
const BUGGY: &str = "// Step 1: this\nfn one() {}\n\n// Step 2: that\nfn two() {\n    1 / 0\n}\n\n// Step 3\nfn three() {\n    todo!()\n}\n";

fn cursor(model: &Model) -> (usize, usize) {
    let cursor = bench(model).file().expect("a file is shown").editor.buffer.cursor();
    (cursor.line, cursor.column)
}

#[test]
fn an_exercise_opens_at_the_step_reached_and_not_at_what_is_left_of_a_later_one() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    let record = model.record.clone();
    let (mut model, _) = unread();
    model.record = record;
    model.workbench = None;
    open(&mut model, "strategy");
    files_are(&mut model, BUGGY, false);
    assert_eq!((bench(&model).step, cursor(&model)), (1, (3, 0)));
}

#[test]
fn after_a_step_that_passed_the_cursor_stands_where_the_next_one_fails() {
    let fails_at = |text: &str, line| {
        let mut model = opened();
        files_are(&mut model, text, false);
        let (id, _) = run(&mut model);
        let mut report = failed();
        report.tests[1].panicked_at = Some(Place { file: "src/lib.rs".into(), line, column: 5 });
        finish(&mut model, id, report);
        cursor(&model)
    };
    let unmarked = BUGGY.replace("// Step", "// Part");
    assert_eq!(fails_at(&unmarked, 6), (5, 4), "not at what is left of the third");
    assert_eq!(fails_at(BUGGY, 6), (3, 0), "where a comment names the step, its work begins there");
}

#[test]
fn an_exercise_opens_at_what_is_left_of_its_first_step_in_whatever_order_they_stand() {
    let (mut model, _) = unread();
    files_are(
        &mut model,
        "fn b() {\n    todo!(\"step 2: b\")\n}\nfn a() {\n    todo!(\"step 1: a\")\n}\n",
        false,
    );
    assert_eq!((bench(&model).step, cursor(&model)), (0, (4, 4)));
}

#[test]
fn a_step_turned_to_shows_its_task_where_a_file_has_the_task_s_place() {
    for (width, focus) in [(80, Focus::Task), (120, Focus::Panel)] {
        let mut model = opened();
        update(&mut model, Message::Input(crate::app::message::Input::Resize(width, 36)));
        keys(&mut model, "t)");
        assert_eq!((bench(&model).step, bench(&model).focus), (1, focus), "{width}");
    }
}

#[test]
fn a_step_turned_to_shows_its_place_in_the_text() {
    let (mut model, _) = unread();
    files_are(&mut model, STEPS, false);
    plain(&mut model, Code::Esc);
    plain(&mut model, Code::Tab);
    plain(&mut model, Code::Right);
    let cursor = bench(&model).files[0].editor.buffer.cursor();
    assert_eq!((bench(&model).step, cursor.line, cursor.column), (1, 7, 4));
}

#[test]
fn an_exercise_opens_where_the_cursor_was_with_what_is_known_of_its_tests() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    keys(&mut model, "i");
    press(&mut model, &[Key::plain(Code::Down), Key::plain(Code::End), Key::plain(Code::Esc)]);
    plain(&mut model, Code::Tab);
    plain(&mut model, Code::Left);
    open(&mut model, "command");
    open(&mut model, "strategy");
    files_are(&mut model, TEXT, false);
    let (line, column) = {
        let cursor = bench(&model).files[0].editor.buffer.cursor();
        (cursor.line, cursor.column)
    };
    assert_eq!((bench(&model).step, line, column), (1, 1, 5));
    let states: Vec<bool> =
        bench(&model).panel.tests.iter().map(crate::app::screen::workbench::TestRow::passes).collect();
    assert_eq!(states, [true, false]);
}

#[test]
fn a_refusal_by_the_compiler_costs_no_mark_and_a_reset_costs_them_all() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    let (id, _) = run(&mut model);
    finish(&mut model, id, refused());
    let passing = |model: &Model| model.record.exercise("small", "strategy").map(|known| known.passing.len());
    assert_eq!(passing(&model), Some(1), "in the record");
    assert!(bench(&model).panel.tests[0].passes(), "and in the list");
    crate::app::screen::workbench::command(&mut model, crate::app::Command::Reset);
    files_are(&mut model, "// here\n", true);
    assert_eq!(passing(&model), Some(0));
    assert!(!bench(&model).panel.tests[0].passes());
}

#[test]
fn a_reset_stops_the_run_that_judges_what_is_gone() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    let effects = crate::app::screen::workbench::command(&mut model, crate::app::Command::Reset);
    assert!(effects.contains(&Effect::Cancel(id)), "{effects:?}");
    assert!(finish(&mut model, id, passed()).is_empty(), "the starter has not passed");
    assert!(!bench(&model).is_done(0) && bench(&model).check.ended().is_none());
}

#[test]
fn undoing_a_reset_brings_the_marks_back() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    crate::app::screen::workbench::command(&mut model, crate::app::Command::Reset);
    files_are(&mut model, "fn starter() {}\n", true);
    assert!(!bench(&model).is_done(0));
    crate::app::screen::workbench::command(&mut model, crate::app::Command::Restore);
    files_are(&mut model, TEXT, false);
    assert!(bench(&model).is_done(0) && !bench(&model).is_done(1));
    assert!(bench(&model).panel.tests[0].passes(), "in the list too");
    let known = model.record.exercise("small", "strategy").expect("it is known");
    assert!(known.passing.contains("regular"), "and in the record");
}

/// What is told of the last check when the exercise is opened again.
fn told_on_reopening(model: &mut Model) -> Option<String> {
    model.workbench = None;
    open(model, "strategy");
    files_are(model, TEXT, false);
    bench(model).judged_before(&model.record)
}

#[test]
fn what_is_told_of_the_last_check_is_told_of_that_one() {
    let mut model = opened();
    assert_eq!(told_on_reopening(&mut model), None);
    let judged = |model: &mut Model, report| {
        let (id, _) = run(model);
        finish(model, id, report);
        told_on_reopening(model).unwrap_or_default()
    };
    assert_eq!(judged(&mut model, refused()), "It did not compile when it was judged last.");
    assert_eq!(judged(&mut model, failed()), "1 of 2 tests had passed when it was judged last.");
    let before = "It did not compile when it was judged last; before that 1 of 2 tests passed.";
    assert_eq!(judged(&mut model, refused()), before);
    assert_eq!(judged(&mut model, passed()), "It passed when it was judged last.");
}

#[test]
fn after_a_reset_nothing_is_told_of_the_last_check_until_it_is_undone() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, passed());
    crate::app::screen::workbench::commands::command(&mut model, crate::app::Command::Reset);
    files_are(&mut model, "// here\n", true);
    assert_eq!(bench(&model).judged_before(&model.record), None);
    crate::app::screen::workbench::starter::restored(&mut model);
    let told = bench(&model).judged_before(&model.record);
    assert_eq!(told.as_deref(), Some("It passed when it was judged last."));
}

#[test]
fn a_reset_asked_for_twice_is_one_and_its_undoing_brings_the_marks_back() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    keys(&mut model, "t");
    let resets = |effects: &[Effect]| effects.iter().any(|it| matches!(it, Effect::ResetExercise(_)));
    assert!(resets(&keys(&mut model, "x")));
    assert!(!resets(&keys(&mut model, "x")));
    files_are(&mut model, "// here\n", true);
    assert!(!bench(&model).is_done(0));
    keys(&mut model, "u");
    files_are(&mut model, TEXT, false);
    assert!(bench(&model).is_done(0));
    let known = model.record.exercise("small", "strategy").expect("it is known");
    assert!(known.passing.contains("regular"), "{known:?}");
}

#[test]
fn a_reset_that_is_refused_forgets_nothing_and_one_that_is_left_is_recorded() {
    let told = |model: &Model| model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    let passing = |model: &Model| model.record.exercise("small", "strategy").map(|known| known.passing.len());
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    keys(&mut model, "tx");
    assert!(!told(&model).contains("is back"), "{}", told(&model));
    let notice = Notice::new(NoticeLevel::Error, "disk full");
    update(&mut model, Message::Files(FilesEvent::Refused(notice)));
    assert!(passing(&model) == Some(1) && bench(&model).panel.tests[0].passes());
    keys(&mut model, "x");
    open(&mut model, "command");
    assert_eq!(passing(&model), Some(0), "nobody hears of it any more");
}

#[test]
fn why_an_exercise_could_not_be_opened_stands_there_until_it_is_tried_again() {
    let (mut model, _) = unread();
    let notice = Notice::new(NoticeLevel::Error, "cannot write src/lib.rs: the disk is full");
    update(&mut model, Message::Files(FilesEvent::Refused(notice.clone())));
    keys(&mut model, "j");
    assert_eq!(bench(&model).unread, Some(notice.clone()));
    assert_eq!(press(&mut model, &[Key::control('r')]), [Effect::OpenExercise(bench(&model).key.clone())]);
    assert_eq!(bench(&model).unread, None);
    update(&mut model, Message::Files(FilesEvent::Refused(notice)));
    files_are(&mut model, "fn a() {}\n", false);
    assert_eq!(bench(&model).unread, None);
}

#[test]
fn what_failed_of_a_later_step_is_counted_though_the_step_at_hand_is_done() {
    for (outcome, failures) in [(Outcome::Failed, 1), (Outcome::TimedOut, 1), (Outcome::Crashed, 1)] {
        let mut model = opened();
        let (id, _) = run(&mut model);
        let tests = vec![result("regular", Outcome::Passed), result("edge", outcome)];
        finish(&mut model, id, report(Verdict::Failed, Some(Cause::TestsFailed), tests));
        assert_eq!((bench(&model).step_passed(), bench(&model).failures()), (Some((0, 1)), failures));
    }
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, unwritten());
    assert_eq!(bench(&model).failures(), 0, "what is still to be written is no failure");
}

#[test]
fn what_is_told_of_a_test_does_not_contradict_what_is_told_of_the_last_check() {
    let mut model = opened();
    for report in [passed(), refused()] {
        let (id, _) = run(&mut model);
        finish(&mut model, id, report);
    }
    let told = told_on_reopening(&mut model).unwrap_or_default();
    assert!(told.starts_with("It did not compile when it was judged last"), "{told}");
    keys(&mut model, "o");
    let lines = crate::app::screen::workbench::output(bench(&model), &model.record, 80);
    let said: Vec<String> = lines.iter().map(crate::text::Line::text).collect();
    assert_eq!(said.last().map(String::as_str), Some("It passed when it ran last."), "{said:?}");
}
