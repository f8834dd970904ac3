//! What was kept of the playground's text: it is what runs, and its versions are listed and brought back.

use super::*;
use crate::app::message::KeptVersion;
use crate::app::screen::overlay::Overlay;

/// The app started again, before the text that was kept is read.
fn again(model: &Model) -> Model {
    Model::new(model.packs.clone(), model.record.clone(), (100, 30), 2_000)
}

fn read(model: &mut Model, text: &str) -> Vec<Effect> {
    let read = FilesEvent::PlaygroundRead { pack: "small".into(), text: Some(text.into()) };
    update(model, Message::Files(read))
}

fn ran(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::StartPlay { code, .. } => Some(code.as_str()),
        _ => None,
    })
}

fn told(model: &Model) -> String {
    model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default()
}

/// The playground with one's own program kept and a listing in its place, after a restart.
fn lent() -> Model {
    let mut model = opened();
    super::super::run(&mut model, &listing());
    let mut again = again(&model);
    open(&mut again, None);
    read(&mut again, &listing().code);
    plain(&mut again, Code::Esc);
    again
}

fn list(model: &mut Model, text: &str) {
    assert_eq!(keys(model, "v"), [Effect::ListVersions(key())]);
    let kept = vec![KeptVersion { at: 1_000, text: text.into() }];
    update(model, Message::Files(FilesEvent::Versions { key: key(), kept }));
}

#[test]
fn what_runs_from_the_reader_is_what_it_shows_and_the_changed_copy_is_kept() {
    let mut model = opened();
    open(&mut model, Some(&listing()));
    keys(&mut model, "// mine ");
    let mine = text(&model);
    plain(&mut model, Code::Esc);
    plain(&mut model, Code::Esc);
    assert_eq!(ran(&super::super::run(&mut model, &listing())), Some(listing().code.as_str()));
    assert_eq!(told(&model), "your text is kept: v brings it back");
    press(&mut model, &[Key::char('e'), Key::control('z')]);
    assert_eq!(text(&model), mine);
}

#[test]
fn after_a_restart_too_what_runs_is_what_the_reader_shows() {
    let mut model = opened();
    open(&mut model, Some(&listing()));
    keys(&mut model, "// mine ");
    let mine = text(&model);
    let mut model = again(&model);
    let mut effects = super::super::run(&mut model, &listing());
    effects.extend(read(&mut model, &mine));
    assert_eq!(ran(&effects), Some(listing().code.as_str()));
    assert_eq!(told(&model), "your text is kept: v brings it back");
    assert_eq!(context(&model), Context::Playground);
}

#[test]
fn what_waits_to_be_read_is_run_when_it_is_asked_for_again_and_not_once_it_is_left() {
    let mut model = again(&opened());
    open(&mut model, None);
    assert_eq!(press(&mut model, &[Key::control('r')]), []);
    assert!(ran(&press(&mut model, &[Key::control('r')])).is_some(), "it may never be read");
    let mut model = again(&opened());
    open(&mut model, None);
    press(&mut model, &[Key::control('r'), Key::plain(Code::Esc), Key::plain(Code::Esc)]);
    assert_eq!(ran(&read(&mut model, "mine")), None);
}

#[test]
fn a_program_that_a_listing_took_the_place_of_is_brought_back_after_a_restart() {
    let mut model = lent();
    list(&mut model, "fn main() {}\n");
    plain(&mut model, Code::Enter);
    assert_eq!((text(&model).as_str(), model.overlay.is_none()), ("fn main() {}\n", true));
    assert_eq!(model.record.playgrounds["small"].listing, None, "it is not the listing's copy");
    assert!(ran(&super::super::run(&mut model, &listing())).is_some_and(|code| code.contains("listing")));
    press(&mut model, &[Key::char('e'), Key::control('z'), Key::control('z')]);
    assert_eq!(text(&model), listing().code, "bringing it back can be undone");
    assert_eq!(play(&model).listing.as_deref(), Some("strategy-1"));
}

#[test]
fn versions_of_the_playground_cover_nothing_and_where_there_is_none_it_says_so() {
    let mut model = lent();
    list(&mut model, &listing().code);
    assert!(model.overlay.is_none() && told(&model).contains("no other version"), "{}", told(&model));
    keys(&mut model, "v?");
    let kept = vec![KeptVersion { at: 0, text: "mine".into() }];
    update(&mut model, Message::Files(FilesEvent::Versions { key: key(), kept }));
    assert!(matches!(model.overlay, Some(Overlay::Help(_))));
}

#[test]
fn whoever_looks_for_a_text_that_was_replaced_is_led_to_the_versions() {
    let mut model = opened();
    super::super::run(&mut model, &listing());
    assert_eq!(told(&model), "your text is kept: v brings it back");
    keys(&mut model, "e");
    press(&mut model, &[Key::control('z')]);
    press(&mut model, &[Key::control('z')]);
    assert_eq!(told(&model), "nothing to undo here; Esc v lists the kept versions");
}

#[test]
fn what_programs_are_built_with_is_told_crate_by_crate() {
    let mut model = opened();
    plain(&mut model, Code::F(7));
    let told = model.notice.clone().expect("it is told");
    assert_eq!(told.text, "built with the crates of `service`:");
    assert!(told.details.concat().contains("axum, "), "{told:?}");
    plain(&mut model, Code::F(7));
    let told = model.notice.clone().expect("it is told");
    assert!(told.text.contains("standard library only") && told.details.is_empty(), "{told:?}");
}

#[test]
fn looking_on_for_nothing_says_so() {
    let mut model = opened();
    plain(&mut model, Code::F(3));
    let told = model.notice.as_ref().map(|notice| notice.text.as_str());
    assert_eq!(told, Some("nothing is looked for; ^F finds in the text"));
}

#[test]
fn a_listing_that_was_not_changed_gives_its_place_back() {
    let mut model = opened();
    keys(&mut model, "// mine ");
    let mine = text(&model);
    let other = Listing { id: "other".into(), code: "fn main() { other() }".into(), ..listing() };
    for listing in [listing(), other] {
        open(&mut model, Some(&listing));
        assert_eq!(text(&model), listing.code);
        plain(&mut model, Code::Esc);
        plain(&mut model, Code::Esc);
    }
    open(&mut model, None);
    assert_eq!((text(&model), play(&model).listing.clone()), (mine.clone(), None));
    open(&mut model, Some(&listing()));
    keys(&mut model, "// changed ");
    let changed = text(&model);
    open(&mut model, None);
    assert_eq!(text(&model), changed, "work on a listing stays");
}
