//! The kept versions of a file: listed, looked at, brought back.

use super::*;
use crate::app::effect::{ExerciseKey, TextKey};
use crate::app::message::{Input, KeptVersion, MouseKind};
use crate::app::screen::overlay::{Overlay, Versions, area, versions};

fn own() -> TextKey {
    let exercise = ExerciseKey { pack: "small".into(), exercise: "strategy".into() };
    TextKey::File { exercise, path: "src/lib.rs".into() }
}

/// The list of versions with these texts, the newest kept a minute before now and each other an hour before the one after it.
fn listed(model: &mut Model, texts: &[&str]) {
    let effects = keys(model, "v");
    assert!(effects.contains(&Effect::ListVersions(own())), "{effects:?}");
    let now = model.started_at + model.now.as_secs();
    let version =
        |(at, text): (usize, &&str)| KeptVersion { at: now - 60 - 3_600 * at as u64, text: (*text).into() };
    let event = FilesEvent::Versions { key: own(), kept: texts.iter().enumerate().map(version).collect() };
    update(model, Message::Files(event));
}

fn shown(model: &Model) -> Option<&Versions> {
    match &model.overlay {
        Some(Overlay::Versions(versions)) => Some(versions),
        _ => None,
    }
}

fn dated() -> Model {
    let mut model = opened();
    model.started_at = 1_000_000;
    model
}

#[test]
fn versions_are_listed_with_when_and_where_and_what_bringing_them_back_changes() {
    let mut model = dated();
    let (older, oldest) = (TEXT.replace("    n\n", "    0\n"), "fn price(n: u32) -> u32 {\n}\n");
    listed(&mut model, &[TEXT, &older, &older, oldest, &older]);
    let rows = &shown(&model).expect("they are shown").kept;
    let rows: Vec<_> = rows.iter().map(|row| (row.ago.as_str(), row.differs.as_str())).collect();
    assert_eq!(rows, [("1 h ago", "differs in line 2"), ("3 h ago", "without line 2")], "each text but once");
    let change = |model: &Model| -> Vec<String> {
        let change = &shown(model).expect("they are shown").change;
        change.iter().map(crate::text::Line::text).filter(|line| line.starts_with(['-', '+'])).collect()
    };
    assert_eq!(change(&model), ["-     n", "+     0"]);
    keys(&mut model, "j");
    assert_eq!(change(&model), ["-     n"]);
}

#[test]
fn a_version_is_brought_back_saved_and_taken_back() {
    let mut model = dated();
    keys(&mut model, "ix");
    plain(&mut model, Code::Esc);
    listed(&mut model, &["fn mine() {}\n"]);
    plain(&mut model, Code::Enter);
    assert_eq!((text(&model).as_str(), model.overlay.is_none()), ("fn mine() {}\n", true));
    assert!(matches!(&at(&mut model, 9_000)[..], [Effect::Save { text, .. }] if text == "fn mine() {}\n"));
    keys(&mut model, "i");
    press(&mut model, &[Key::control('z')]);
    assert_eq!(text(&model), format!("x{TEXT}"));
}

#[test]
fn what_is_typed_while_they_are_read_is_saved_before_one_takes_its_place() {
    let mut model = dated();
    listed(&mut model, &["fn mine() {}\n"]);
    let overlay = model.overlay.take();
    keys(&mut model, "ix");
    model.overlay = overlay;
    let effects = plain(&mut model, Code::Enter);
    assert!(matches!(&effects[0], Effect::Save { text, .. } if *text == format!("x{TEXT}")), "{effects:?}");
}

#[test]
fn where_there_is_nothing_to_bring_back_it_says_so() {
    let told = |model: &Model| model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    let mut model = dated();
    listed(&mut model, &[TEXT]);
    assert!(model.overlay.is_none() && told(&model).contains("no other version"), "{}", told(&model));
    keys(&mut model, "ts");
    assert!(keys(&mut model, "v").is_empty() && told(&model).contains("the judge's"), "{}", told(&model));
}

#[test]
fn versions_that_come_late_cover_nothing() {
    let mut model = dated();
    keys(&mut model, "v?");
    let kept = vec![KeptVersion { at: 0, text: "fn mine() {}\n".into() }];
    update(&mut model, Message::Files(FilesEvent::Versions { key: own(), kept }));
    assert!(matches!(model.overlay, Some(Overlay::Help(_))));
}

#[test]
fn a_press_chooses_a_version_another_brings_it_back_and_esc_changes_nothing() {
    let texts: Vec<String> = (0..60).map(|n| format!("fn price{n}() {{}}\n").repeat(40)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut model = dated();
    update(&mut model, Message::Input(Input::Resize(80, 24)));
    listed(&mut model, &texts);
    let list = versions::parts(area(&model)).list;
    fixture::point(&mut model, MouseKind::Press, list.x + 5, list.y + 2);
    assert_eq!(shown(&model).map(|versions| versions.chosen), Some(2));
    keys(&mut model, "G ");
    let versions = shown(&model).expect("they are shown");
    assert!(versions.chosen == 59 && versions.scroll + usize::from(list.height) == 60 && versions.below > 0);
    fixture::point(&mut model, MouseKind::Press, list.x + 5, list.bottom() - 1);
    assert!(text(&model).starts_with("fn price59()"));
    listed(&mut model, &texts);
    plain(&mut model, Code::Esc);
    assert!(model.overlay.is_none() && text(&model).starts_with("fn price59()"));
}

#[test]
fn whoever_would_undo_what_was_typed_in_an_earlier_session_is_led_to_the_versions() {
    let mut model = opened();
    keys(&mut model, "ix");
    press(&mut model, &[Key::control('z')]);
    assert_eq!(model.notice, None, "that was undone");
    press(&mut model, &[Key::control('z')]);
    let told = model.notice.as_ref().map(|notice| notice.text.as_str());
    assert_eq!(told, Some("nothing to undo here; Esc v lists the kept versions"));
}
