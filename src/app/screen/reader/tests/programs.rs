//! Running listings, and finding what is not there.

use super::*;

fn told(model: &Model) -> &str {
    model.notice.as_ref().map_or("", |notice| &notice.text)
}

#[test]
fn the_listing_at_hand_is_the_one_that_runs() {
    let mut model = reading((80, 24));
    let effects = press(&mut model, &[Key::char(']'), Key::char('r')]);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StartPlay { .. })), "{effects:?}");
}

#[test]
fn where_the_listing_at_hand_is_no_program_the_way_to_one_is_told() {
    let mut model = reading((80, 24));
    press(&mut model, &[Key::char(']'), Key::char(']'), Key::char('r')]);
    assert_eq!(model.screen, Screen::Reader, "what is marked is none, though one above it is");
    assert_eq!(told(&model), "the listing at hand is not a program of its own; [ leads to one that is");
    press(&mut model, &[Key::char('G'), Key::char('r')]);
    assert_eq!(told(&model), "no listing is in view; [ leads to one that is");
}

#[test]
fn a_listing_that_runs_nowhere_is_opened_in_the_playground() {
    let mut model = reading((80, 24));
    let chapter = &mut Arc::make_mut(&mut model.packs[0]).chapters[1];
    chapter.listings.iter_mut().for_each(|listing| listing.run = false);
    chapter.listings[1].file = Some("helper.rs".to_owned());
    press(&mut model, &[Key::char(']'), Key::char(']'), Key::char('r')]);
    assert_eq!(told(&model), "helper.rs is not a program of its own; e opens it in the playground");
}

#[test]
fn a_chapter_without_listings_says_so() {
    let mut model = model(vec![small()], (80, 24));
    open(&mut model, "testing", None);
    press(&mut model, &[Key::char('r')]);
    assert_eq!(told(&model), "this chapter has no listing");
}

#[test]
fn the_run_mark_can_be_clicked() {
    let mut model = reading((80, 24));
    press(&mut model, &[Key::char(']')]);
    let areas = areas(&model);
    let line = reader(&model).page.blocks[0].title.unwrap() - reader(&model).scroll;
    let effects = point(&mut model, MouseKind::Press, run_mark(&areas).start, areas.text.y + line as u16);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StartPlay { .. })), "{effects:?}");
}

#[test]
fn what_is_not_in_the_chapter_is_said_to_be_elsewhere_at_best() {
    let mut model = reading((80, 24));
    press(&mut model, &[Key::char('n')]);
    assert_eq!(told(&model), "nothing is looked for; / finds in this chapter");
    press(&mut model, &"/zq".chars().map(Key::char).collect::<Vec<_>>());
    press(&mut model, &[Key::plain(Code::Enter)]);
    assert_eq!(told(&model), "in no chapter of this pack; ^P searches all names");
    for key in [Key::char('n'), Key::char('N')] {
        press(&mut model, &[key]);
        assert_eq!(told(&model), "not in this chapter; ^P searches all names");
    }
    assert_eq!(
        reader(&model).search.as_ref().map(|search| search.query.as_str()),
        Some("zq"),
        "and it stays"
    );
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!((reader(&model).search.as_ref(), model.screen), (None, Screen::Reader));
    press(&mut model, &[Key::char('/'), Key::plain(Code::Enter)]);
    assert_eq!(reader(&model).search, None, "nothing was looked for");
}

#[test]
fn the_way_back_stands_before_what_is_wanted_less() {
    let model = reading((80, 24));
    let placed = crate::app::bar::place(&model, 80);
    let has = |command| placed.iter().any(|one| one.hint.command == command);
    assert!(has(crate::app::Command::Back), "{placed:?}");
    let mut play = reading((80, 24));
    press(&mut play, &[Key::char('r')]);
    let id = play.playground.as_ref().and_then(|play| play.output.program.job()).expect("it is built");
    let ended = crate::app::message::PlayEvent::Ended { how: "exit status 0".into(), success: true };
    update(&mut play, Message::Job(id, crate::app::message::JobEvent::Play(ended)));
    let placed = crate::app::bar::place(&play, 80);
    assert!(placed.iter().any(|one| one.hint.command == crate::app::Command::Back), "{placed:?}");
}
