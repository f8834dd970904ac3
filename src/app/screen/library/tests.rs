//! The library by keys and mouse: these keys, this state, these effects.

use super::{Panel, Row, areas, continued, first, rows};
use crate::app::fixture::{model, pack, point, press, small};
use crate::app::message::MouseKind;
use crate::app::model::Screen;
use crate::app::screen::{reader, workbench};
use crate::app::{Code, Key};
use crate::progress::{Change, Place};

fn keys(text: &str) -> Vec<Key> {
    text.chars().map(Key::char).collect()
}

#[test]
fn the_choice_stays_within_the_rows() {
    let mut model = model(vec![small()], (80, 24));
    press(&mut model, &keys("k"));
    assert_eq!(model.library.chosen, 0);
    press(&mut model, &keys("G"));
    assert_eq!(model.library.chosen, rows(&model).len() - 1);
    press(&mut model, &keys("jg"));
    assert_eq!(model.library.chosen, 0);
}

#[test]
fn tab_goes_to_the_exercises_of_the_chosen_chapter_and_back() {
    let mut model = model(vec![small()], (80, 24));
    press(&mut model, &keys("jj"));
    press(&mut model, &[Key::plain(Code::Tab), Key::char('j'), Key::char('j'), Key::char('j')]);
    assert_eq!(model.library.panel, Panel::Exercises { chosen: 2, scroll: 0 });
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(model.library.panel, Panel::Chapters);
}

#[test]
fn another_pack_becomes_the_one_at_hand() {
    let mut model = model(vec![small(), pack("other", &[("One", &["A"])])], (80, 24));
    press(&mut model, &keys("G"));
    press(&mut model, &[Key::plain(Code::Enter)]);
    assert_eq!(model.pack, 1);
    assert_eq!(model.library.chosen, 0);
    assert!(rows(&model).contains(&Row::Pack(0)));
}

#[test]
fn a_press_chooses_the_row_below_the_pointer() {
    let mut model = model(vec![small()], (80, 24));
    let list = areas(&model).list;
    point(&mut model, MouseKind::Press, 10, list.y + 3);
    assert_eq!(rows(&model)[model.library.chosen], Row::Chapter(1));
    assert_eq!(model.screen, Screen::Library);
    let exercises = areas(&model).exercises;
    point(&mut model, MouseKind::Press, 10, exercises.y + 2);
    assert_eq!(model.library.panel, Panel::Exercises { chosen: 1, scroll: 0 });
    point(&mut model, MouseKind::Press, 10, list.y + 1);
    assert_eq!(rows(&model)[model.library.chosen], Row::Chapter(1), "white space chooses nothing");
}

#[test]
fn the_choice_is_in_sight_at_every_size() {
    let many: Vec<(String, Vec<&str>)> = (0..300).map(|n| (format!("Chapter {n}"), vec!["P"])).collect();
    let many: Vec<(&str, &[&str])> = many.iter().map(|(title, of)| (title.as_str(), of.as_slice())).collect();
    for height in [10, 13, 24, 60] {
        let mut model = model(vec![pack("many", &many)], (80, height));
        for key in ["j", "j", " ", " ", "j", "b", "k", "G", "k", "g"] {
            press(&mut model, &keys(key));
            let lines = super::lines(&rows(&model), model.library.scroll);
            let shown = usize::from(areas(&model).list.height);
            assert!(
                lines.iter().take(shown).any(|line| *line == Some(model.library.chosen)),
                "{key} at {height}"
            );
        }
    }
}

#[test]
fn an_empty_pack_is_survived() {
    let mut model = model(vec![pack("empty", &[])], (80, 24));
    press(&mut model, &keys("jkGgc]"));
    press(&mut model, &[Key::plain(Code::Tab), Key::plain(Code::Left), Key::plain(Code::Right)]);
    assert_eq!(model.library.chosen, 0);
}

#[test]
fn after_a_pass_one_goes_on_with_the_next_exercise() {
    let mut model = model(vec![small()], (80, 24));
    let first = model.pack().exercises[0].clone();
    let place = Place {
        pack: "small".into(),
        chapter: first.section.chapter,
        section: first.section.anchor,
        exercise: Some(first.id.clone()),
        below: 0,
    };
    model.record.last = Some(place.clone());
    assert_eq!(continued(&model), Some(place));
    let (pack, passing) = ("small".to_owned(), None);
    model.record.apply(&Change::Checked { pack, exercise: first.id, passed: true, passing, tests: 0 }, 1);
    let next = model.pack().exercises[1].id.clone();
    assert_eq!(continued(&model).and_then(|place| place.exercise), Some(next));
}

#[test]
fn coming_back_with_another_pack_chooses_one_of_its_rows() {
    let mut model =
        model(vec![small(), pack("bare", &[("One", &[])]), pack("other", &[("One", &["A"])])], (80, 24));
    press(&mut model, &keys("G"));
    model.pack = 2;
    workbench::open(&mut model, "a");
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(model.screen, Screen::Library);
    assert!(model.library.chosen < rows(&model).len(), "{} is no row", model.library.chosen);
}

#[test]
fn exercises_that_are_not_there_do_not_hold_the_keys() {
    let mut model = model(vec![small(), pack("bare", &[("One", &[])])], (80, 24));
    press(&mut model, &keys("j"));
    press(&mut model, &[Key::plain(Code::Tab)]);
    assert_ne!(model.library.panel, Panel::Chapters);
    model.pack = 1;
    reader::open(&mut model, "one", None);
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!((model.screen, model.library.panel), (Screen::Library, Panel::Chapters));
}

#[test]
fn a_look_at_a_chapter_does_not_make_an_exercise_in_progress_be_forgotten() {
    let mut model = model(vec![small()], (80, 24));
    let id = model.pack().exercises[2].id.clone();
    model.record.apply(&Change::Started { pack: "small".into(), exercise: id.clone() }, 1);
    reader::open(&mut model, "testing", None);
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(continued(&model).and_then(|place| place.exercise), Some(id.clone()));
    assert_eq!(super::read_last(&model).map(|place| place.chapter.as_str()), Some("testing"));
    press(&mut model, &keys("c"));
    assert_eq!(model.workbench.as_ref().map(|bench| bench.key.exercise.clone()), Some(id));
}

#[test]
fn the_chapter_read_last_opens_where_one_was_from_its_row_too() {
    let mut model = model(vec![small()], (40, 10));
    let id = model.pack().exercises[2].id.clone();
    model.record.apply(&Change::Started { pack: "small".into(), exercise: id }, 1);
    reader::open(&mut model, "service-layer", Some("builder"));
    press(&mut model, &[Key::plain(Code::Esc)]);
    let scroll = |model: &crate::app::Model| model.reader.as_ref().map(|reader| reader.scroll);
    let before = scroll(&model);
    model.reader = None;
    model.library.chosen = rows(&model).iter().position(|row| *row == Row::Chapter(1)).expect("it is listed");
    press(&mut model, &[Key::plain(Code::Enter)]);
    assert!(before > Some(0) && scroll(&model) == before, "{before:?} {:?}", scroll(&model));
}

#[test]
fn a_page_of_exercises_is_as_long_as_their_panel() {
    let mut model = model(vec![small()], (40, 10));
    press(&mut model, &keys("jj"));
    press(&mut model, &[Key::plain(Code::Tab), Key::plain(Code::PageDown)]);
    assert!(matches!(model.library.panel, Panel::Exercises { chosen: 2, .. }), "{:?}", model.library.panel);
}

#[test]
fn a_look_into_another_pack_does_not_cost_the_way_back_into_this_one() {
    let mut model = model(vec![small(), pack("document", &[("One", &["A"])])], (80, 24));
    workbench::open(&mut model, "command");
    press(&mut model, &[Key::plain(Code::Esc)]);
    let place = continued(&model);
    model.pack = 1;
    reader::open(&mut model, "one", None);
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert_eq!(continued(&model).map(|place| place.pack), Some("document".to_owned()));
    model.pack = 0;
    assert!(place.is_some() && continued(&model) == place, "{:?}", continued(&model));
}

#[test]
fn where_nobody_knows_where_one_was_the_first_row_leads_past_what_has_passed() {
    let mut model = model(vec![small()], (80, 24));
    assert_eq!(first(&model).map(|first| first.id.as_str()), Some("layers"));
    for exercise in ["layers", "shared-state"] {
        let (pack, exercise) = ("small".to_owned(), exercise.to_owned());
        model.record.apply(&Change::Checked { pack, exercise, passed: true, passing: None, tests: 0 }, 1);
    }
    assert_eq!(rows(&model)[0], Row::Start);
    assert_eq!(first(&model).map(|first| first.id.as_str()), Some("strategy"));
    press(&mut model, &[Key::plain(Code::Enter)]);
    assert_eq!(model.reader.as_ref().map(|reader| reader.chapter.as_str()), Some("service-layer"));
}

#[test]
fn the_list_is_as_wide_as_its_contents_need_while_the_exercises_keep_their_room() {
    let patterns = ["The tests of a service", "The tests of its parts", "What the tests need", "The whole"];
    let long = || pack("long", &[("Testing", &[patterns, patterns].concat())]);
    let wide = |size: u16, pack| {
        let areas = areas(&model(vec![pack], (size, 60)));
        (areas.list.width, areas.exercises.x)
    };
    assert_eq!(wide(240, small()), (132, 132));
    let (list, beside) = wide(400, long());
    let needed = 3 + 4 + 7 + 2 + 12 + 2 + 7 + (8 * 17 + 7 * 3 + 2 * (5 + 5 + 2)) as u16;
    assert!(list > 132 && list.abs_diff(needed) < 30 && beside == list, "{list} {needed}");
    assert_eq!(wide(200, long()).0, 200 - 58, "the exercises keep their least width");
}
