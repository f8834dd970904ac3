//! The line above the tests.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::fixture::{model, press, small};
use crate::app::message::{FilesEvent, JobEvent, JobId, Message, OpenedFile};
use crate::app::screen::workbench::open;
use crate::app::{Effect, Key, Model, update};
use crate::check::{Cause, Event, Outcome, Report, TestResult, Verdict};
use crate::tui::theme::Depth;
use crate::tui::view::tests::screen;
use crate::tui::view::{Cache, draw};

fn running() -> (Model, JobId) {
    let mut model = model(vec![small()], (120, 36));
    open(&mut model, "strategy");
    let file = OpenedFile { path: "src/lib.rs".into(), text: "fn price() {}\n".into(), editable: true };
    let (pack, exercise) = ("small".into(), "strategy".into());
    let opened = FilesEvent::Opened { pack, exercise, files: vec![file], restorable: false };
    update(&mut model, Message::Files(opened));
    let effects = press(&mut model, &[Key::control('r')]);
    let id = effects.iter().find_map(|effect| match effect {
        Effect::StartCheck { id, .. } => Some(*id),
        _ => None,
    });
    (model, id.expect("a check is started"))
}

fn tell(model: &mut Model, id: JobId, event: Event) {
    update(model, Message::Job(id, JobEvent::Check(event)));
}

#[test]
fn it_names_a_test_that_lasts() {
    let (mut model, id) = running();
    tell(&mut model, id, Event::TestStarted { name: "edge".into() });
    assert!(!screen(&model).contains("Running for"));
    update(&mut model, Message::Tick(Duration::from_secs(5)));
    assert!(screen(&model).contains("Running for 5 s: edge"), "{}", screen(&model));
}

#[test]
fn after_a_pass_it_says_what_leads_on() {
    let (mut model, id) = running();
    let report = Report {
        pack: "small".into(),
        exercise: "strategy".into(),
        verdict: Verdict::Passed,
        cause: None,
        explanation: None,
        tests: Vec::new(),
        diagnostics: Vec::new(),
        build_ms: 1,
        run_ms: 1,
    };
    tell(&mut model, id, Event::Finished(Box::new(report)));
    let told = "Every test passed.   Esc, then Enter opens the next: Practise Command";
    assert!(screen(&model).contains(told), "{}", screen(&model));
}

fn failed(outcomes: [(Outcome, Option<&str>); 2]) -> Report {
    let test = |(name, (outcome, message)): (&str, (Outcome, Option<&str>))| TestResult {
        name: name.into(),
        outcome,
        ms: 10_018,
        output: String::new(),
        dropped: 0,
        difference: None,
        panicked_at: None,
        message: message.map(str::to_owned),
    };
    Report {
        pack: "small".into(),
        exercise: "strategy".into(),
        verdict: Verdict::Failed,
        cause: Some(Cause::TestsFailed),
        explanation: None,
        tests: ["regular", "edge"].into_iter().zip(outcomes).map(test).collect(),
        diagnostics: Vec::new(),
        build_ms: 1,
        run_ms: 1,
    }
}

#[test]
fn a_step_that_is_done_hides_no_failure_of_a_later_one() {
    for size in [(80, 24), (120, 36)] {
        let (mut model, id) = running();
        model.size = size;
        let tests = [(Outcome::Passed, None), (Outcome::Failed, Some("expected 85   got 100"))];
        tell(&mut model, id, Event::Finished(Box::new(failed(tests))));
        let shown = screen(&model);
        assert!(shown.contains("step 1 done · 1 test failed"), "{shown}");
        assert!(shown.contains("expected 85   got 100") && !shown.contains("Well done"), "{shown}");
    }
    let (mut model, id) = running();
    let tests = [(Outcome::Passed, None), (Outcome::Failed, Some("not yet implemented"))];
    tell(&mut model, id, Event::Finished(Box::new(failed(tests))));
    let shown = screen(&model);
    assert!(shown.contains("step 1 done · 1 test to go") && shown.contains("Well done."), "{shown}");
}

#[test]
fn a_test_that_did_not_end_by_itself_is_called_so_in_its_row() {
    let (mut model, id) = running();
    let tests = [(Outcome::TimedOut, None), (Outcome::Crashed, None)];
    tell(&mut model, id, Event::Finished(Box::new(failed(tests))));
    let shown = screen(&model);
    let row = |name: &str| {
        let mut rows = shown.lines().filter(|line| line.contains(name));
        rows.next_back().unwrap_or_default().to_owned()
    };
    assert!(row(" regular ").contains(" timed out  did not end within 10018 ms"), "{shown}");
    assert!(row(" edge ").contains(" crashed    its process died"), "{shown}");
}

#[test]
fn what_passed_before_the_text_stopped_compiling_is_told_as_of_before() {
    // The row of the first step in the task, and the colour of its mark.
    let step = |model: &Model| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 36));
        draw(model, Depth::True, &mut buffer, &mut Cache::default());
        (buffer[(2, 5)].symbol().to_owned(), buffer[(2, 5)].fg)
    };
    let (mut model, id) = running();
    tell(
        &mut model,
        id,
        Event::Finished(Box::new(failed([(Outcome::Passed, None), (Outcome::Failed, None)]))),
    );
    assert!(screen(&model).contains(" Tests 1/2   Problems"), "{}", screen(&model));
    let fresh = step(&model);
    press(&mut model, &[Key::control('r')]);
    let id = model.workbench.as_ref().and_then(|bench| bench.check.running()).expect("it runs").id;
    let not_run = failed([(Outcome::NotRun, None), (Outcome::NotRun, None)]);
    let refused = Report { cause: Some(Cause::DidNotCompile), ..not_run };
    tell(&mut model, id, Event::Finished(Box::new(refused)));
    assert!(screen(&model).contains(" Tests 1/2 before   Problems"), "{}", screen(&model));
    assert!(step(&model).0 == fresh.0 && step(&model).1 != fresh.1, "{fresh:?} {:?}", step(&model));
}
