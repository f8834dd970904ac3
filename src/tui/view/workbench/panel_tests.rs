//! The line above the tests.

use std::time::Duration;

use crate::app::fixture::{model, press, small};
use crate::app::message::{FilesEvent, JobEvent, JobId, Message, OpenedFile};
use crate::app::screen::workbench::open;
use crate::app::{Effect, Key, Model, update};
use crate::check::{Event, Report, Verdict};
use crate::tui::view::tests::screen;

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
