//! The playground by its keys and by news of its program.

use std::time::Duration;

use super::{Focus, Playground, Program, Tab, context, next_tick, open};
use crate::app::effect::TextKey;
use crate::app::fixture::{self, press};
use crate::app::keymap::Context;
use crate::app::message::{
    FilesEvent, Input, JobEvent, JobId, Message, MouseKind, Notice, NoticeLevel, PlayEvent,
};
use crate::app::model::Screen;
use crate::app::{Code, Effect, Key, Model, update};
use crate::pack::{Claim, Listing};

mod input;
mod kept;
mod problems;
mod room;

fn opened() -> Model {
    let mut model = fixture::model(vec![fixture::small()], (100, 30));
    assert_eq!(open(&mut model, None), [Effect::ReadPlayground { pack: "small".into() }]);
    let read = FilesEvent::PlaygroundRead { pack: "small".into(), text: Some("fn main() {}\n".into()) };
    update(&mut model, Message::Files(read));
    model
}

fn play(model: &Model) -> &Playground {
    model.playground.as_ref().expect("the playground is open")
}

fn text(model: &Model) -> String {
    play(model).editor.buffer.text().to_string()
}

fn keys(model: &mut Model, text: &str) -> Vec<Effect> {
    text.chars().flat_map(|c| press(model, &[Key::char(c)])).collect()
}

fn plain(model: &mut Model, code: Code) -> Vec<Effect> {
    press(model, &[Key::plain(code)])
}

fn run(model: &mut Model) -> JobId {
    match press(model, &[Key::control('r')]).last() {
        Some(Effect::StartPlay { id, .. }) => *id,
        other => panic!("{other:?}"),
    }
}

fn tell(model: &mut Model, id: JobId, event: PlayEvent) -> Vec<Effect> {
    update(model, Message::Job(id, JobEvent::Play(event)))
}

fn running() -> (Model, JobId) {
    let mut model = opened();
    let id = run(&mut model);
    tell(&mut model, id, PlayEvent::Started);
    (model, id)
}

fn printed(model: &Model) -> Vec<String> {
    play(model).output.live.lines().iter().map(crate::text::Line::text).collect()
}

fn listing() -> Listing {
    Listing {
        id: "strategy-1".into(),
        language: "rust".into(),
        file: None,
        claim: Claim::Compiles,
        run: true,
        set: "service".into(),
        code: "fn main() { println!(\"listing\"); }\n".into(),
        section: "strategy".into(),
        body: 0..0,
    }
}

fn key() -> TextKey {
    TextKey::Playground { pack: "small".into() }
}

fn save(text: &str, version: u64) -> Effect {
    Effect::Save { key: key(), text: text.into(), version }
}

#[test]
fn a_text_that_could_not_be_kept_is_kept_again_without_a_change() {
    let mut model = opened();
    keys(&mut model, "// x");
    update(&mut model, Message::Tick(Duration::from_secs(1)));
    let notice = Notice::new(NoticeLevel::Error, "disk full");
    update(&mut model, Message::Files(FilesEvent::NotSaved { key: key(), version: 1, notice }));
    let effects = update(&mut model, Message::Tick(Duration::from_secs(9)));
    assert_eq!(effects, [save("// xfn main() {}\n", 2)]);
}

#[test]
fn what_was_typed_last_is_there_again_and_what_is_typed_is_kept() {
    let mut model = opened();
    assert_eq!(text(&model), "fn main() {}\n");
    keys(&mut model, "// x");
    assert_eq!(next_tick(&model), Some(Duration::from_millis(400)));
    let effects = update(&mut model, Message::Tick(Duration::from_secs(1)));
    assert_eq!(effects, [save("// xfn main() {}\n", 1)]);
    assert_eq!(next_tick(&model), None);
}

#[test]
fn a_first_playground_holds_a_program() {
    let mut model = fixture::model(vec![fixture::small()], (100, 30));
    open(&mut model, None);
    update(&mut model, Message::Files(FilesEvent::PlaygroundRead { pack: "small".into(), text: None }));
    assert!(text(&model).contains("fn main()"));
    assert_eq!(play(&model).set, "none", "a first run waits for no crate");
}

#[test]
fn what_was_kept_never_takes_the_place_of_what_is_typed() {
    let mut model = fixture::model(vec![fixture::small()], (100, 30));
    open(&mut model, None);
    keys(&mut model, "z");
    update(
        &mut model,
        Message::Files(FilesEvent::PlaygroundRead { pack: "small".into(), text: Some("old".into()) }),
    );
    assert!(text(&model).starts_with('z'));
    press(&mut model, &[Key::control('z')]);
    assert_eq!(text(&model), "old");
}

#[test]
fn a_listing_that_opens_the_playground_does_not_cost_the_text_that_was_kept() {
    let mut model = fixture::model(vec![fixture::small()], (100, 30));
    open(&mut model, Some(&listing()));
    let kept = FilesEvent::PlaygroundRead { pack: "small".into(), text: Some("mine".into()) };
    update(&mut model, Message::Files(kept));
    assert!(text(&model).contains("listing"));
    press(&mut model, &[Key::control('z')]);
    assert_eq!(text(&model), "mine");
}

#[test]
fn a_listing_that_was_changed_is_not_opened_over_its_changes() {
    let mut model = opened();
    open(&mut model, Some(&listing()));
    let notice = model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(notice.contains("^Z"), "{notice}");
    model.notice = None;
    open(&mut model, Some(&listing()));
    assert_eq!(model.notice, None, "nothing was changed yet");
    keys(&mut model, "// mine ");
    open(&mut model, Some(&listing()));
    assert!(text(&model).starts_with("// mine fn main"));
    press(&mut model, &[Key::control('z'); 9]);
    assert_eq!(text(&model), "fn main() {}\n");
    open(&mut model, Some(&listing()));
    assert!(text(&model).contains("listing"), "undone, it is opened again");
}

#[test]
fn what_is_typed_is_on_the_disk_before_a_listing_takes_its_place() {
    let mut model = opened();
    keys(&mut model, "// x");
    let effects = open(&mut model, Some(&listing()));
    assert_eq!(effects[0], save("// xfn main() {}\n", 1));
}

#[test]
fn a_listing_takes_the_place_of_the_text_and_can_be_undone() {
    let mut model = opened();
    open(&mut model, Some(&listing()));
    assert!(text(&model).contains("listing"));
    assert_eq!(play(&model).set, "service");
    press(&mut model, &[Key::control('z')]);
    assert_eq!(text(&model), "fn main() {}\n");
}

#[test]
fn a_press_elsewhere_closes_the_field_of_the_editor() {
    let mut model = opened();
    press(&mut model, &[Key::control('f'), Key::char('m')]);
    let panel = super::Layout::of(model.size, play(&model)).panel;
    fixture::point(&mut model, MouseKind::Press, panel.x + 3, panel.y);
    assert_eq!((play(&model).focus.clone(), play(&model).editor.prompt.clone()), (Focus::Output, None));
}

#[test]
fn a_program_is_built_started_printed_and_ended() {
    let mut model = opened();
    let id = run(&mut model);
    tell(&mut model, id, PlayEvent::Building("play".into(), 0, None));
    assert!(
        matches!(&play(&model).output.program, Program::Building { what, .. } if what == "compiling play")
    );
    update(&mut model, Message::Tick(Duration::from_millis(300)));
    tell(&mut model, id, PlayEvent::Waiting);
    let waits = |what: &str| what == "waiting for another build";
    assert!(matches!(&play(&model).output.program, Program::Building { what, .. } if waits(what)));
    tell(&mut model, id, PlayEvent::Started);
    tell(&mut model, id, PlayEvent::Printed("one\ntw".into()));
    tell(&mut model, id, PlayEvent::Printed("o\n".into()));
    update(&mut model, Message::Tick(Duration::from_millis(500)));
    tell(&mut model, id, PlayEvent::Ended { how: "exit status 0".into(), success: true });
    assert_eq!(printed(&model), ["one", "two"]);
    let Program::Ended { success: true, took, .. } = &play(&model).output.program else { panic!() };
    assert_eq!(*took, Duration::from_millis(200), "the build does not count");
}

#[test]
fn news_of_a_program_that_was_replaced_is_dropped() {
    let (mut model, old) = running();
    let effects = press(&mut model, &[Key::control('r')]);
    assert_eq!(effects[0], Effect::Cancel(old));
    tell(&mut model, old, PlayEvent::Printed("late".into()));
    assert!(printed(&model).is_empty());
}

#[test]
fn esc_leaves_the_text_then_stops_the_program_then_leads_back() {
    let (mut model, id) = running();
    assert_eq!(context(&model), Context::Editor);
    assert!(plain(&mut model, Code::Esc).is_empty());
    assert_eq!(plain(&mut model, Code::Esc), [Effect::Cancel(id)]);
    tell(&mut model, id, PlayEvent::Ended { how: "stopped".into(), success: false });
    plain(&mut model, Code::Esc);
    assert_eq!(model.screen, Screen::Library);
}

#[test]
fn long_output_is_followed_until_one_scrolls_and_again_at_its_end() {
    let (mut model, id) = running();
    plain(&mut model, Code::Esc);
    for number in 0..200 {
        tell(&mut model, id, PlayEvent::Printed(format!("{number}\n")));
    }
    let end = play(&model).output.scroll;
    assert!(end > 150);
    keys(&mut model, "kk");
    tell(&mut model, id, PlayEvent::Printed("more\n".into()));
    assert_eq!(play(&model).output.scroll, end - 2);
    keys(&mut model, "G");
    tell(&mut model, id, PlayEvent::Printed("more\n".into()));
    assert_eq!(play(&model).output.scroll, end + 2);
}

#[test]
fn what_is_printed_is_bounded() {
    let (mut model, id) = running();
    for _ in 0..20 {
        tell(&mut model, id, PlayEvent::Printed("x\n".repeat(1_000)));
    }
    assert_eq!(play(&model).output.live.lines().len(), 5_000);
}

#[test]
fn no_size_and_no_press_makes_it_panic() {
    for size in [(40, 10), (80, 24), (139, 12), (140, 10), (300, 80)] {
        let (mut model, id) = running();
        tell(&mut model, id, PlayEvent::Printed("x\n".repeat(100)));
        update(&mut model, Message::Input(Input::Resize(size.0, size.1)));
        for x in (0..size.0).step_by(5) {
            for y in 0..size.1 {
                fixture::point(&mut model, MouseKind::Press, x, y);
                fixture::point(&mut model, MouseKind::ScrollUp, x, y);
                fixture::point(&mut model, MouseKind::Drag, y, x);
            }
        }
        plain(&mut model, Code::Esc);
        keys(&mut model, "jkgGhlicip");
    }
}

#[test]
fn what_was_left_out_is_marked_where_it_was() {
    let mut model = opened();
    let effects = press(&mut model, &[Key::control('r')]);
    let Some(Effect::StartPlay { id, .. }) = effects.last() else { panic!("{effects:?}") };
    let id = *id;
    for event in [
        PlayEvent::Started,
        PlayEvent::Printed("first".into()),
        PlayEvent::Dropped(70_000),
        PlayEvent::Ended { how: "exit status 0".into(), success: true },
    ] {
        update(&mut model, Message::Job(id, JobEvent::Play(event)));
    }
    let lines: Vec<String> = play(&model).output.live.lines().iter().map(crate::text::Line::text).collect();
    assert_eq!(lines, ["first", "… 70000 bytes were left out here"]);
}

#[test]
fn the_crates_are_chosen_and_the_choice_is_kept() {
    let mut model = opened();
    press(&mut model, &[Key::plain(Code::F(7))]);
    assert_eq!(play(&model).set, "service");
    let mut again = Model::new(model.packs.clone(), model.record.clone(), (100, 30), 2_000);
    open(&mut again, None);
    assert_eq!(play(&again).set, "service");
    press(&mut again, &[Key::plain(Code::F(7))]);
    assert_eq!(play(&again).set, "none");
}

#[test]
fn a_changed_copy_of_a_listing_is_known_after_a_restart() {
    let mut model = opened();
    open(&mut model, Some(&listing()));
    keys(&mut model, "// mine ");
    let kept = FilesEvent::PlaygroundRead { pack: "small".into(), text: Some(text(&model)) };
    for first in [None, Some(listing())] {
        let mut again = Model::new(model.packs.clone(), model.record.clone(), (100, 30), 2_000);
        open(&mut again, first.as_ref());
        update(&mut again, Message::Files(kept.clone()));
        open(&mut again, Some(&listing()));
        assert!(text(&again).starts_with("// mine fn main"), "{}", text(&again));
    }
}

#[test]
fn going_from_match_to_match_at_the_output_types_nothing() {
    let mut model = opened();
    press(&mut model, &[Key::control('f'), Key::char('n'), Key::plain(Code::Enter), Key::plain(Code::Esc)]);
    keys(&mut model, "nn");
    assert_eq!((text(&model).as_str(), play(&model).focus.clone()), ("fn main() {}\n", Focus::Output));
    assert_eq!(play(&model).editor.buffer.selection().range().start.column, 1, "round to the first");
}

#[test]
fn what_the_program_before_printed_is_not_shown_beside_a_listing() {
    let (mut model, id) = running();
    tell(&mut model, id, PlayEvent::Printed("one\n".into()));
    open(&mut model, Some(&listing()));
    assert_eq!(printed(&model), ["one"], "it still runs");
    tell(&mut model, id, PlayEvent::Ended { how: "exit status 0".into(), success: true });
    open(&mut model, Some(&Listing { id: "other".into(), code: "fn main() {}\n//\n".into(), ..listing() }));
    assert_eq!((printed(&model), &play(&model).output.program), (Vec::new(), &Program::Never));
}

#[test]
fn after_a_listing_was_run_from_its_text_no_key_types_into_it() {
    let mut model = opened();
    super::run(&mut model, &listing());
    assert_eq!(context(&model), Context::Playground);
    press(&mut model, &[Key::char(' '), Key::plain(Code::PageDown)]);
    assert_eq!(text(&model), listing().code);
}

#[test]
fn a_listing_that_was_undone_no_longer_gives_the_text_its_name() {
    let mut model = opened();
    open(&mut model, Some(&listing()));
    let other = Listing { id: "other".into(), code: "fn main() {}\n//\n".into(), ..listing() };
    open(&mut model, Some(&other));
    let named = |model: &Model| (play(model).listing.clone(), play(model).set.clone());
    let service = |name: &str| (Some(name.to_owned()), "service".to_owned());
    assert_eq!(named(&model), service("other"));
    press(&mut model, &[Key::control('z')]);
    assert_eq!(named(&model), service("strategy-1"));
    press(&mut model, &[Key::control('z')]);
    assert_eq!(named(&model), (None, "none".to_owned()), "one's own");
    assert_eq!(model.record.playgrounds["small"].listing, None, "nor in the next session");
    press(&mut model, &[Key::control('y')]);
    assert_eq!(named(&model), service("strategy-1"));
}

#[test]
fn a_text_that_was_kept_under_a_listing_has_its_own_name_after_undoing() {
    let mut model = fixture::model(vec![fixture::small()], (100, 30));
    open(&mut model, Some(&listing()));
    let kept = FilesEvent::PlaygroundRead { pack: "small".into(), text: Some("mine".into()) };
    update(&mut model, Message::Files(kept));
    press(&mut model, &[Key::control('z')]);
    assert_eq!((text(&model).as_str(), play(&model).listing.as_deref()), ("mine", None));
}

#[test]
fn crates_are_promised_only_where_there_are_some() {
    let with = fixture::small();
    let document = fixture::pack("document", &[("One", &[])]);
    assert!(super::purpose(&with).contains("crates"));
    assert!(!super::purpose(&document).contains("crates"));
}

#[test]
fn what_texts_were_is_remembered_within_reason() {
    let mut model = opened();
    for number in 0..100 {
        let code = format!("fn main() {{ println!(\"{}\"); }}\n", number % 90);
        open(&mut model, Some(&Listing { id: format!("listing-{number}"), code, ..listing() }));
    }
    assert!(play(&model).origins.len() <= super::state::ORIGINS, "{}", play(&model).origins.len());
    press(&mut model, &[Key::control('z')]);
    assert_eq!(play(&model).listing.as_deref(), Some("listing-98"));
}
