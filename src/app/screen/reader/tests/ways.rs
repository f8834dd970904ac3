//! From a chapter elsewhere and back.

use super::*;
use crate::app::screen::{library, playground, workbench};

#[test]
fn after_an_exercise_of_another_pack_listings_run_in_their_own() {
    let mut model = reading((80, 24));
    model.packs.push(Arc::new(crate::app::fixture::pack("other", &[("One", &["A"])])));
    model.pack = 1;
    workbench::open(&mut model, "a");
    press(&mut model, &[Key::plain(Code::Esc)]);
    let effects = press(&mut model, &[Key::char(']'), Key::char('r')]);
    let own = |effect: &Effect| matches!(effect, Effect::StartPlay { pack, .. } if pack == "small");
    assert!(effects.iter().any(own), "{effects:?}");
}

#[test]
fn a_chapter_that_is_looked_up_from_the_playground_leads_back_there_but_once() {
    let mut model = reading((80, 24));
    let esc = |model: &mut Model| {
        press(model, &[Key::plain(Code::Esc)]);
        model.screen
    };
    library::show(&mut model);
    playground::open(&mut model, None);
    open(&mut model, "service-layer", None);
    assert_eq!([esc(&mut model), esc(&mut model)], [Screen::Playground; 2], "from the text to the output");
    assert_eq!(esc(&mut model), Screen::Library);
    playground::open(&mut model, None);
    open(&mut model, "service-layer", None);
    press(&mut model, &[Key::char('p'), Key::plain(Code::Esc)]);
    assert_eq!([esc(&mut model), esc(&mut model)], [Screen::Reader, Screen::Library]);
}

#[test]
fn a_link_far_away_is_left_to_where_one_was() {
    let mut pack = crate::app::fixture::pack("far", &[("Notes", &[])]);
    pack.chapters[0].source = format!("# Notes\n{}[far](https://x.org)\n", "\nText.\n".repeat(90)).into();
    let mut model = model(vec![pack], (80, 24));
    open(&mut model, "notes", None);
    let scroll = |model: &Model| reader(model).scroll;
    press(&mut model, &[Key::char(' ')]);
    let before = scroll(&model);
    press(&mut model, &[Key::char('.')]);
    assert!(scroll(&model) > before + 100);
    press(&mut model, &[Key::char('.'), Key::plain(Code::Esc)]);
    assert_eq!((scroll(&model), model.screen), (before, Screen::Reader));
    // Whoever has read on from there is not thrown back.
    press(&mut model, &[Key::char('.'), Key::char('b'), Key::char('b')]);
    let on = scroll(&model);
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(scroll(&model), on);
}

#[test]
fn beyond_the_last_chapter_and_before_the_first_it_says_so() {
    let mut model = reading((80, 24));
    for (keys, told) in [(">>", "this is the last chapter"), ("<<<", "this is the first chapter")] {
        press(&mut model, &keys.chars().map(Key::char).collect::<Vec<_>>());
        assert_eq!(model.notice.as_ref().map(|notice| notice.text.as_str()), Some(told));
    }
}

#[test]
fn a_chapter_without_sections_is_read_when_its_text_was() {
    let mut pack = crate::app::fixture::pack("plain", &[("Notes", &[])]);
    for source in ["# Notes\n", ""] {
        pack.chapters[0].source = format!("{source}{}", "\nText.\n".repeat(40)).into();
        let mut model = model(vec![pack.clone()], (80, 24));
        let share = |model: &Model| library::share(&model.record, model.pack(), &model.pack().chapters[0]);
        assert_eq!(share(&model), library::Share::Sections(0, 1));
        open(&mut model, "notes", None);
        press(&mut model, &[Key::char(' ')]);
        assert_eq!(share(&model), library::Share::Sections(0, 1));
        press(&mut model, &[Key::char(' '); 8]);
        assert_eq!(share(&model), library::Share::Sections(1, 1));
    }
}

#[test]
fn what_is_not_in_this_chapter_is_found_in_another_and_esc_leads_back() {
    let mut pack = crate::app::fixture::pack("two", &[("First", &["A"]), ("Second", &["B"])]);
    pack.chapters[0].source = format!("# First\n{}", "\nText.\n".repeat(90)).into();
    pack.chapters[1].source = format!("# Second\n{}\nA very long day.\n", "\nMore text.\n".repeat(90)).into();
    let mut model = model(vec![pack], (80, 24));
    open(&mut model, "first", None);
    press(&mut model, &[Key::char(' ')]);
    let before = reader(&model).scroll;
    press(&mut model, &"/very long".chars().map(Key::char).collect::<Vec<_>>());
    press(&mut model, &[Key::plain(Code::Enter)]);
    let found = reader(&model).search.as_ref().unwrap().matches[0].line;
    assert_eq!(reader(&model).chapter, "second");
    assert!((reader(&model).scroll..reader(&model).scroll + 22).contains(&found), "it is in view");
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(reader(&model).search, None);
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!((reader(&model).chapter.as_str(), reader(&model).scroll), ("first", before));
}
