//! Crates that are built only on request, and tests that need a server.

use super::*;
use crate::app::message::WarmEvent;
use crate::app::screen::overlay::Overlay;
use crate::app::screen::workbench::{Crates, are_being_built};
use crate::pack::{Cost, DependencySet, Need};

/// The workbench with an exercise whose crates are built only on request, and are not.
fn missing() -> Model {
    let mut pack = fixture::small();
    let manifest = "[workspace.metadata.patterns-tui]\nopt-in = { minutes = 3, mib = 700 }\n";
    let set = DependencySet { manifest: manifest.into(), lock: "checksum = \"1\"\n".into() };
    pack.sets.insert("dear".to_owned(), set);
    pack.exercises.iter_mut().for_each(|exercise| "dear".clone_into(&mut exercise.set));
    let mut model = fixture::model(vec![pack], (120, 36));
    let effects = open(&mut model, "strategy");
    let look = Effect::LookForSet { pack: "small".into(), set: "dear".into() };
    assert!(effects.contains(&look), "{effects:?}");
    found(&mut model, false);
    files_are(&mut model, TEXT, false);
    plain(&mut model, Code::Esc);
    model
}

fn found(model: &mut Model, built: bool) {
    let (pack, set) = ("small".into(), "dear".into());
    update(model, Message::SetFound { pack, set, built });
}

fn warms(effects: &[Effect]) -> Option<JobId> {
    effects.iter().find_map(|effect| match effect {
        Effect::StartWarm { id, set, .. } if set == "dear" => Some(*id),
        _ => None,
    })
}

fn checks(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::StartCheck { .. }))
}

#[test]
fn one_key_builds_them_in_the_background() {
    let mut model = missing();
    assert_eq!(bench(&model).crates, Crates::Missing(Cost { minutes: 3, mib: 700 }));
    let id = warms(&keys(&mut model, "c")).expect("they are built");
    assert!(are_being_built(&model));
    assert_eq!(warms(&keys(&mut model, "c")), None, "once");
    assert!(checks(&press(&mut model, &[Key::control('r')])), "a run waits for them without asking");
    update(&mut model, Message::Job(id, JobEvent::Warm(WarmEvent::Ready)));
    assert_eq!(bench(&model).crates, Crates::Given);
}

#[test]
fn a_run_asks_before_it_builds_them() {
    let mut model = missing();
    assert!(!checks(&press(&mut model, &[Key::control('r')])));
    match &model.overlay {
        Some(Overlay::Confirm(confirm)) => assert!(confirm.consequence.contains("3 min and 700 MiB")),
        other => panic!("{other:?}"),
    }
    assert!(!checks(&plain(&mut model, Code::Esc)), "no is no");
    press(&mut model, &[Key::control('r')]);
    assert!(checks(&plain(&mut model, Code::Enter)));
}

#[test]
fn what_is_built_is_not_asked_about() {
    let mut model = missing();
    found(&mut model, true);
    assert!(checks(&press(&mut model, &[Key::control('r')])) && model.overlay.is_none());
}

#[test]
fn nothing_is_built_unasked() {
    let mut pack = missing().pack().as_ref().clone();
    pack.id = "other".to_owned();
    let mut model = fixture::model(vec![pack], (120, 36));
    let effects = press(&mut model, &[Key::plain(Code::Tab), Key::plain(Code::Enter)]);
    assert_eq!((model.screen, warms(&effects)), (crate::app::model::Screen::Workbench, None));
}

#[test]
fn skipped_tests_are_neither_passed_nor_in_the_way() {
    let mut pack = fixture::small();
    let need = Need { env: "DATABASE_URL".into(), tests: vec!["edge".into()], how: "start one".into() };
    pack.exercises.iter_mut().for_each(|exercise| exercise.needs = vec![need.clone()]);
    let mut model = fixture::model(vec![pack], (120, 36));
    open(&mut model, "strategy");
    files_are(&mut model, TEXT, false);
    let (id, _) = run(&mut model);
    let tests = vec![result("regular", Outcome::Passed), result("edge", Outcome::Skipped)];
    let effects = finish(&mut model, id, report(Verdict::Passed, None, tests));
    assert!(bench(&model).is_done(0) && bench(&model).is_done(1));
    assert_eq!(bench(&model).skipped(), 1);
    assert!(bench(&model).panel.tests.iter().all(|row| !row.failed()));
    let saved = format!("{effects:?}");
    assert!(saved.contains("regular") && !saved.contains("edge"), "it is not recorded as passing: {saved}");
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    assert!(!bench(&model).is_done(1), "where there is a server, it counts");
}

fn saved_outside(model: &mut Model, text: &str) -> Vec<Effect> {
    let files = [("src/lib.rs".to_owned(), text.to_owned())].into();
    let event = FilesEvent::ChangedOutside { pack: "small".into(), exercise: "strategy".into(), files };
    update(model, Message::Files(event))
}

#[test]
fn a_save_from_outside_asks_no_question_that_the_next_letter_would_answer() {
    let mut model = missing();
    keys(&mut model, "w");
    press(&mut model, &[Key::control('p')]);
    assert!(matches!(model.overlay, Some(Overlay::Finder(_))));
    let effects = saved_outside(&mut model, "fn a() {}\n");
    assert!(matches!(model.overlay, Some(Overlay::Finder(_))));
    assert!(!checks(&effects) && warms(&effects).is_none(), "{effects:?}");
    let told = model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(told.contains("c builds the crates"), "{told}");
    plain(&mut model, Code::Esc);
    assert!(!checks(&saved_outside(&mut model, "fn b() {}\n")) && model.overlay.is_none());
    found(&mut model, true);
    assert!(checks(&saved_outside(&mut model, "fn c() {}\n")));
}

#[test]
fn a_question_that_comes_late_covers_nothing() {
    let mut model = missing();
    open(&mut model, "command");
    plain(&mut model, Code::Esc);
    press(&mut model, &[Key::control('r'), Key::control('p')]);
    found(&mut model, false);
    let (pack, exercise) = ("small".into(), "command".into());
    let file = OpenedFile { path: "src/lib.rs".into(), text: TEXT.into(), editable: true };
    let opened = FilesEvent::Opened { pack, exercise, files: vec![file], restorable: false };
    assert!(!checks(&update(&mut model, Message::Files(opened))));
    assert!(matches!(model.overlay, Some(Overlay::Finder(_))), "{:?}", model.overlay);
}

#[test]
fn a_yes_to_crates_for_a_backtrace_gives_the_backtrace() {
    let mut model = missing();
    found(&mut model, true);
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    model.workbench.as_mut().expect("it is open").crates = Crates::Missing(Cost { minutes: 3, mib: 700 });
    assert!(!checks(&keys(&mut model, "B")));
    let effects = plain(&mut model, Code::Enter);
    assert!(
        matches!(&effects[..], [Effect::StartCheck { backtrace_of: Some(name), .. }] if name == "edge"),
        "{effects:?}"
    );
}
