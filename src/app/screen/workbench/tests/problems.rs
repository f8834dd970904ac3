//! What the compiler said: in the text, in the list, explained and mended.

use super::*;
use crate::app::command::Command;
use crate::app::message::MouseKind;
use crate::app::model::Screen;
use crate::app::screen::workbench::check::TestState;
use crate::app::screen::workbench::{Focus, Layout, Shown, Tab, explanation, hints, marks, output};
use crate::check::event::Place;
use crate::text::{Role, Span, Syntax};

fn with_problem() -> Model {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, refused());
    model
}

#[test]
fn a_refusal_shows_the_first_error_and_marks_its_place() {
    let model = with_problem();
    assert_eq!(bench(&model).panel.tab, Tab::Problems);
    assert_eq!(
        bench(&model).check.ended().and_then(|ended| ended.reason.clone()).as_deref(),
        Some("n is unused")
    );
    let marks = marks(bench(&model), 0);
    assert_eq!((marks[0].line, marks[0].columns.clone()), (0, 9..10));
}

#[test]
fn marks_move_with_the_text_and_vanish_with_their_line() {
    let mut model = with_problem();
    keys(&mut model, "i");
    plain(&mut model, Code::Enter);
    assert_eq!(marks(bench(&model), 0)[0].line, 1);
    keys(&mut model, "// ");
    assert!(marks(bench(&model), 0).is_empty(), "of a line that has changed nothing is known");
    press(&mut model, &[Key::control('z'), Key::control('z')]);
    assert_eq!(marks(bench(&model), 0)[0].line, 0);
}

#[test]
fn enter_goes_to_the_place_and_f8_round() {
    let mut model = with_problem();
    keys(&mut model, "p");
    plain(&mut model, Code::Enter);
    assert_eq!(bench(&model).focus, Focus::Editor);
    assert_eq!(bench(&model).files[0].editor.buffer.cursor().column, 9);
    press(&mut model, &[Key::plain(Code::End).with_control(), Key::plain(Code::F(8))]);
    assert_eq!(bench(&model).files[0].editor.buffer.cursor().line, 0);
}

#[test]
fn enter_brings_the_whole_span_into_view() {
    for way in [Code::Enter, Code::F(8)] {
        let mut model = with_problem();
        let long = TEXT.replace("u32 {", &format!("u32 {{ /* {} */", "x".repeat(300)));
        let mut said = unused();
        (said.spans[0].column_start, said.spans[0].column_end) = (90, 90 + 40);
        let opened = model.workbench.as_mut().expect("it is open");
        opened.problems = vec![said];
        let file = &mut opened.files[0];
        file.editor.buffer.set_text(&long);
        file.judged = Some(file.editor.buffer.lines().to_vec());
        keys(&mut model, "p");
        plain(&mut model, way);
        let view = bench(&model).files[0].editor.view;
        assert!(view.left < 90 && view.left + view.columns >= 90 + 40 + 4, "{way:?} {view:?}");
    }
}

#[test]
fn a_fix_is_shown_first_and_applied_when_asked_again() {
    let mut model = with_problem();
    keys(&mut model, "f");
    let Shown::Fix(fix) = &bench(&model).panel.shown else { panic!("{:?}", bench(&model).panel) };
    assert_eq!(fix.changes[0].new, ["fn price(_n: u32) -> u32 {"]);
    assert_eq!(text(&model), TEXT, "not yet");
    plain(&mut model, Code::Esc);
    assert_eq!(bench(&model).panel.tab, Tab::Problems, "Esc does not apply it");
    keys(&mut model, "pff");
    assert_eq!(text(&model), TEXT.replace("(n:", "(_n:"));
    assert!(bench(&model).files[0].saving.is_changed(), "it is saved like anything typed");
    keys(&mut model, "f");
    assert_eq!(text(&model), TEXT.replace("(n:", "(_n:"), "a second time it fits no more");
    keys(&mut model, "i");
    press(&mut model, &[Key::control('z')]);
    assert_eq!(text(&model), TEXT);
    assert!(
        bench(&model).files[0].editor.buffer.selection().is_empty(),
        "or the next key would replace the line"
    );
}

#[test]
fn a_fix_that_the_compiler_is_not_sure_of_is_not_applied_and_it_says_why() {
    let told = |suggestions: usize| {
        let mut model = with_problem();
        let said = &mut model.workbench.as_mut().expect("it is open").problems[0];
        said.suggestions.truncate(suggestions);
        said.suggestions.iter_mut().for_each(|one| one.machine_applicable = false);
        keys(&mut model, "f");
        model.notice.map(|notice| notice.text).unwrap_or_default()
    };
    assert!(told(1).starts_with("the compiler is not sure of its fix:"), "{}", told(1));
    assert!(told(0).starts_with("no fix is offered:"), "{}", told(0));
}

#[test]
fn no_fix_of_a_warning_is_offered_while_there_are_errors() {
    let mut model = with_problem();
    let offered = |model: &Model| hints(model).iter().any(|hint| hint.command == Command::ApplyFix);
    keys(&mut model, "p");
    let problems = &mut model.workbench.as_mut().unwrap().problems;
    problems.push(Diagnostic { level: Level::Warning, ..problems[0].clone() });
    assert!(offered(&model));
    keys(&mut model, "j");
    assert!(!offered(&model));
    model.workbench.as_mut().unwrap().problems[0].level = Level::Warning;
    assert!(offered(&model), "nothing is worse");
}

#[test]
fn an_unsure_suggestion_is_not_offered() {
    let offered = |model: &mut Model| {
        keys(model, "p");
        hints(model).iter().any(|hint| hint.command == Command::ApplyFix)
    };
    assert!(offered(&mut with_problem()));
    let mut model = opened();
    let (id, _) = run(&mut model);
    let mut report = refused();
    report.diagnostics[0].suggestions[0].machine_applicable = false;
    finish(&mut model, id, report);
    assert!(!offered(&mut model));
    keys(&mut model, "ff");
    assert_eq!(text(&model), TEXT);
    assert!(model.notice.is_some());
}

#[test]
fn the_long_explanation_is_shown() {
    let mut model = with_problem();
    keys(&mut model, "pE");
    assert_eq!(bench(&model).panel.shown, Shown::Explanation);
}

#[test]
fn an_explanations_code_is_rust_that_does_not_compile() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    let mut report = refused();
    report.diagnostics[0].explanation = Some("Erroneous:\n\n```compile_fail,E0382\nlet x;\n```\n".into());
    finish(&mut model, id, report);
    keys(&mut model, "pE");
    let lines = output(bench(&model), &model.record, 80);
    let text = lines.iter().map(crate::text::Line::text).collect::<Vec<_>>().join("\n");
    assert!(text.contains("rust   does not compile: E0382"), "{text}");
}

#[test]
fn a_new_run_forgets_what_was_said() {
    let mut model = with_problem();
    let (id, _) = run(&mut model);
    assert!(bench(&model).problems.is_empty());
    tell(&mut model, id, Event::Diagnosed(Box::new(unused())));
    assert_eq!(bench(&model).problems.len(), 1);
    finish(&mut model, id, refused());
    assert_eq!(bench(&model).problems.len(), 1, "the report repeats what was told");
}

#[test]
fn a_run_with_a_backtrace_repeats_no_problem() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, Report { diagnostics: vec![unused()], ..failed() });
    let effects = keys(&mut model, "B");
    let [Effect::StartCheck { id, backtrace_of: Some(_), .. }] = &effects[..] else { panic!("{effects:?}") };
    tell(&mut model, *id, Event::Diagnosed(Box::new(unused())));
    assert_eq!(bench(&model).problems.len(), 1);
}

#[test]
fn the_code_of_an_explanation_is_highlighted() {
    let lines = explanation("Like this:\n\n```compile_fail,E0425\nfn main() {}\n```\n");
    let keyword = |span: &Span| span.text == "fn" && span.style.role == Role::Syntax(Syntax::Keyword);
    assert!(lines.iter().flat_map(|line| &line.spans).any(keyword), "{lines:?}");
}

/// Both tests failed: the first in line 3 of the learner's text, the other in the judge's.
fn with_panics() -> Model {
    let mut model = opened();
    let (id, _) = run(&mut model);
    let mut tests = vec![result("regular", Outcome::Failed), result("edge", Outcome::Failed)];
    let place = |file: &str, line| Some(Place { file: file.into(), line, column: 2 });
    tests[0].panicked_at = place("src/lib.rs", 2);
    tests[1].panicked_at = place("tests/strategy.rs", 5);
    let said = Diagnostic { level: Level::Warning, ..unused() };
    let report = report(Verdict::Failed, Some(Cause::TestsFailed), tests);
    finish(&mut model, id, Report { diagnostics: vec![said], ..report });
    model
}

fn place(model: &Model) -> (usize, usize, usize) {
    let cursor = bench(model).file().expect("a file is shown").editor.buffer.cursor();
    (bench(model).shown, cursor.line, cursor.column)
}

#[test]
fn enter_leads_from_a_failed_test_to_what_it_said_and_on_to_its_line() {
    let mut model = with_panics();
    keys(&mut model, "t");
    plain(&mut model, Code::Enter);
    assert_eq!(crate::app::bar::place(&model, 80)[0].hint.title, "go there");
    plain(&mut model, Code::Enter);
    assert_eq!((place(&model), bench(&model).focus), ((0, 1, 1), Focus::Editor));
}

#[test]
fn a_test_that_failed_in_the_judges_file_is_looked_at_there_and_left_with_esc() {
    let mut model = with_panics();
    keys(&mut model, "tj");
    press(&mut model, &[Key::plain(Code::Enter), Key::plain(Code::Enter)]);
    assert_eq!((place(&model), bench(&model).focus), ((1, 4, 1), Focus::Panel));
    press(&mut model, &[Key::plain(Code::Esc), Key::plain(Code::Esc)]);
    assert_eq!(bench(&model).shown, 0);
}

#[test]
fn the_next_problem_is_the_next_below_the_cursor_failed_lines_among_them() {
    let mut model = with_panics();
    model.workbench.as_mut().unwrap().problems[0].level = Level::Error;
    keys(&mut model, "i");
    plain(&mut model, Code::Down);
    let mut seen = Vec::new();
    for _ in 0..3 {
        plain(&mut model, Code::F(8));
        seen.push(place(&model));
    }
    assert_eq!(seen, [(0, 1, 1), (0, 0, 9), (0, 1, 1)], "what failed in the judge's file is none of them");
    press(&mut model, &[Key::plain(Code::F(8)).shifted()]);
    assert_eq!(place(&model), (0, 0, 9));
}

#[test]
fn what_is_only_warned_of_waits_until_nothing_fails() {
    let mut model = with_panics();
    keys(&mut model, "i");
    for _ in 0..2 {
        plain(&mut model, Code::F(8));
        assert_eq!(place(&model), (0, 1, 1), "where a test failed, not what is unused");
    }
    for row in &mut model.workbench.as_mut().unwrap().panel.tests {
        row.state = TestState::Waiting;
    }
    plain(&mut model, Code::F(8));
    assert_eq!(place(&model), (0, 0, 9));
}

#[test]
fn a_fix_asked_for_from_the_task_is_applied_with_enter_and_left_with_esc() {
    let mut model = with_problem();
    plain(&mut model, Code::Tab);
    assert_eq!(bench(&model).focus, Focus::Task);
    keys(&mut model, "f");
    plain(&mut model, Code::Esc);
    assert_eq!((model.screen, bench(&model).panel.tab), (Screen::Workbench, Tab::Problems));
    plain(&mut model, Code::Tab);
    keys(&mut model, "f");
    plain(&mut model, Code::Enter);
    assert_eq!(text(&model), TEXT.replace("(n:", "(_n:"));
}

#[test]
fn a_fix_for_what_the_run_before_said_is_not_shown_after_another() {
    let mut model = with_problem();
    keys(&mut model, "f");
    run(&mut model);
    press(&mut model, &[Key::plain(Code::Right), Key::plain(Code::Right)]);
    assert_eq!((bench(&model).panel.tab, &bench(&model).panel.shown), (Tab::Output, &Shown::Test));
}

#[test]
fn what_failed_in_the_judges_file_is_gone_to_where_nothing_is_named_in_the_own_and_warnings_come_last() {
    let mut model = with_panics();
    model.workbench.as_mut().unwrap().panel.tests[0].state = TestState::Waiting;
    keys(&mut model, "i");
    plain(&mut model, Code::F(8));
    assert_eq!(place(&model), (1, 4, 1), "the assertion that failed");
    press(&mut model, &[Key::plain(Code::Esc), Key::plain(Code::Esc)]);
    assert_eq!(bench(&model).shown, 0, "Esc leads back to the own file");
    let timed_out = Box::new(result("edge", Outcome::TimedOut));
    model.workbench.as_mut().unwrap().panel.tests[1].state = TestState::Ended(timed_out);
    keys(&mut model, "]");
    assert_eq!(place(&model), (0, 0, 9), "a failure without a place hides no warning");
}

#[test]
fn the_explanation_is_offered_before_what_is_wanted_less() {
    let mut model = with_problem();
    update(&mut model, Message::Input(crate::app::message::Input::Resize(80, 24)));
    keys(&mut model, "p");
    let placed = crate::app::bar::place(&model, 80);
    assert!(placed.iter().any(|one| one.hint.command == Command::Explain), "{placed:?}");
}

#[test]
fn a_press_on_what_is_said_below_the_list_chooses_none_of_it() {
    let mut model = opened();
    update(&mut model, Message::Input(crate::app::message::Input::Resize(80, 24)));
    let (id, _) = run(&mut model);
    let diagnostics = (0..9).map(|n| Diagnostic { message: format!("no {n}"), ..unused() }).collect();
    finish(&mut model, id, Report { diagnostics, ..refused() });
    keys(&mut model, "p");
    let panel = Layout::of(model.size, bench(&model)).panel;
    fixture::point(&mut model, MouseKind::Press, panel.x + 3, panel.y + 1);
    assert_eq!(bench(&model).panel.problem, 1);
    fixture::point(&mut model, MouseKind::Press, panel.x + 3, panel.y + 2);
    assert_eq!(bench(&model).panel.problem, 1, "the list has two rows");
    keys(&mut model, "G");
    assert_eq!((bench(&model).panel.problem, bench(&model).panel.scroll), (8, 7));
}
