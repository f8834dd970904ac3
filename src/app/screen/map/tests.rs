//! The map by keys and mouse: these keys, this state, these effects.

use super::{areas, chosen};
use crate::app::fixture::{model, pack, point, press, small, with_map};
use crate::app::message::{Input, Message, MouseKind};
use crate::app::model::{Model, Screen};
use crate::app::screen::reader;
use crate::app::{Code, Command, Effect, Key, update};
use crate::pack::Pack;

const ENTER: Key = Key::plain(Code::Enter);
const ESC: Key = Key::plain(Code::Esc);

fn keys(text: &str) -> Vec<Key> {
    text.chars().map(Key::char).collect()
}

/// Layers first; Shared state and Command need them; Mocks need both of these; Strategy and Builder stand alone.
fn mapped() -> Pack {
    with_map(
        small(),
        &[
            ("architecture#layers", &[]),
            ("architecture#shared-state", &[0]),
            ("service-layer#strategy", &[]),
            ("service-layer#command", &[0]),
            ("service-layer#builder", &[]),
            ("testing#mocks", &[1, 3]),
        ],
    )
}

fn on_map(size: (u16, u16)) -> Model {
    let mut model = model(vec![mapped()], size);
    press(&mut model, &keys("m"));
    assert_eq!(model.screen, Screen::Map);
    model
}

fn name(model: &Model) -> &str {
    chosen(model).map_or("", |(_, pattern)| &pattern.name)
}

#[test]
fn arrows_go_along_the_lines() {
    let mut model = on_map((80, 24));
    press(&mut model, &keys("g"));
    while name(&model) != "layers" {
        let before = name(&model).to_owned();
        press(&mut model, &keys("l"));
        assert_ne!(name(&model), before, "the layers stand in the first row");
    }
    press(&mut model, &keys("jj"));
    assert_eq!(name(&model), "mocks");
    press(&mut model, &keys("k"));
    assert!(["shared-state", "command"].contains(&name(&model)));
    press(&mut model, &keys("k"));
    assert_eq!(name(&model), "layers");
}

#[test]
fn tab_comes_by_every_pattern_and_stops_at_the_last() {
    let mut model = on_map((80, 24));
    press(&mut model, &keys("g"));
    let mut seen = vec![name(&model).to_owned()];
    for _ in 1..6 {
        press(&mut model, &[Key::plain(Code::Tab)]);
        seen.push(name(&model).to_owned());
    }
    let last = seen.last().cloned();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 6);
    press(&mut model, &[Key::plain(Code::Tab)]);
    assert_eq!(Some(name(&model)), last.as_deref());
}

#[test]
fn enter_jumps_to_the_section_and_escape_leads_back_to_the_pattern_on_the_map() {
    let mut model = on_map((80, 24));
    press(&mut model, &keys("G"));
    assert_eq!(name(&model), "mocks");
    press(&mut model, &[ENTER]);
    assert_eq!(model.screen, Screen::Reader);
    let reader = model.reader.as_ref().expect("a chapter was opened");
    assert_eq!(reader.chapter, "testing");
    press(&mut model, &[ESC]);
    assert_eq!((model.screen, name(&model)), (Screen::Map, "mocks"));
    press(&mut model, &[ESC]);
    assert_eq!(model.screen, Screen::Library);
}

#[test]
fn a_map_that_is_opened_from_a_chapter_that_it_led_to_is_left_but_once() {
    let mut model = on_map((80, 24));
    press(&mut model, &[ENTER]);
    press(&mut model, &keys("m"));
    let screens: Vec<Screen> = (0..3)
        .map(|_| {
            press(&mut model, &[ESC]);
            model.screen
        })
        .collect();
    assert_eq!(screens, [Screen::Reader, Screen::Library, Screen::Library]);
}

#[test]
fn the_map_leads_into_its_own_pack_whatever_was_read_since() {
    let mut model = model(vec![mapped(), pack("other", &[("One", &["A"])])], (80, 24));
    reader::open(&mut model, "service-layer", Some("command"));
    press(&mut model, &keys("mGo"));
    assert_eq!(model.screen, Screen::Workbench);
    model.pack = 1;
    reader::open(&mut model, "one", None);
    press(&mut model, &[ESC, ESC]);
    assert_eq!((model.screen, model.pack), (Screen::Map, 0));
    press(&mut model, &[ENTER]);
    assert_eq!(model.reader.as_ref().map(|reader| reader.chapter.as_str()), Some("testing"));
}

#[test]
fn from_the_reader_it_opens_at_the_pattern_at_hand_and_a_jump_can_be_taken_back() {
    // So low that the chapter does not fit, and scrolls to where it is opened.
    let mut model = model(vec![mapped()], (80, 10));
    reader::open(&mut model, "service-layer", Some("command"));
    press(&mut model, &keys("m"));
    assert_eq!(name(&model), "command");
    press(&mut model, &keys("m"));
    assert_eq!(model.screen, Screen::Reader, "the same key closes it");
    press(&mut model, &keys("mG"));
    press(&mut model, &[ENTER]);
    assert_eq!(model.reader.as_ref().map(|reader| reader.chapter.as_str()), Some("testing"));
    press(&mut model, &[ESC]);
    let reader = model.reader.as_ref().map(|reader| reader.chapter.as_str());
    assert_eq!((model.screen, reader), (Screen::Reader, Some("service-layer")));
}

#[test]
fn the_exercise_of_a_pattern_opens_and_leads_back_to_the_map() {
    let mut model = on_map((80, 24));
    press(&mut model, &keys("G"));
    let effects = press(&mut model, &keys("o"));
    assert_eq!(model.screen, Screen::Workbench);
    let opened = |effect: &Effect| matches!(effect, Effect::OpenExercise(key) if key.exercise == "mocks");
    assert!(effects.iter().any(opened), "{effects:?}");
    press(&mut model, &[ESC]);
    assert_eq!(model.screen, Screen::Map);
}

#[test]
fn a_press_chooses_and_another_opens() {
    let mut model = on_map((120, 36));
    let area = areas(&model).picture;
    let map = model.map.as_ref().expect("the map is open");
    let (at, own) = (5, map.picture.boxes[5]);
    assert_ne!(map.chosen, at);
    let (x, y) = (area.x + own.x + 2, area.y + own.y);
    point(&mut model, MouseKind::Press, x, y);
    assert_eq!((name(&model), model.screen), ("mocks", Screen::Map));
    point(&mut model, MouseKind::Press, x, y);
    assert_eq!(model.screen, Screen::Reader);
}

#[test]
fn what_is_chosen_stays_in_view_on_the_smallest_terminal() {
    let mut model = on_map((40, 10));
    press(&mut model, &keys("g"));
    for _ in 0..6 {
        let area = areas(&model).picture;
        let map = model.map.as_ref().expect("the map is open");
        let own = map.picture.boxes[map.chosen];
        assert!(own.y >= map.scroll.1 && own.bottom() <= map.scroll.1 + area.height, "{own:?} {map:?}");
        press(&mut model, &[Key::plain(Code::Tab)]);
    }
    update(&mut model, Message::Input(Input::Resize(200, 60)));
    assert_eq!(model.map.as_ref().map(|map| map.scroll), Some((0, 0)));
}

#[test]
fn a_pack_without_a_map_says_so() {
    let mut model = model(vec![small()], (80, 24));
    press(&mut model, &keys("m"));
    assert_eq!(model.screen, Screen::Library);
    assert!(
        model
            .notice
            .as_ref()
            .is_some_and(|notice| notice.text == "Rust service patterns has no map of patterns")
    );
}

#[test]
fn the_finder_finds_the_map() {
    let mut model = model(vec![mapped()], (80, 24));
    press(&mut model, &keys("/map of the patterns"));
    press(&mut model, &[ENTER]);
    assert_eq!(model.screen, Screen::Map, "{}", Command::Map.help());
}

#[test]
fn the_map_and_the_playground_are_found_from_everywhere_and_lead_back_once() {
    let mut model = on_map((120, 36));
    press(&mut model, &keys("o"));
    assert_eq!(model.screen, Screen::Workbench);
    for (query, screen) in [("playground", Screen::Playground), ("map of the patterns", Screen::Map)] {
        press(&mut model, &[Key::control('p')]);
        press(&mut model, &keys(query));
        press(&mut model, &[Key::plain(Code::Enter)]);
        assert_eq!(model.screen, screen);
    }
    // The map was open before: it stands on the way back once, or Esc would never reach the library.
    let way = [Screen::Playground, Screen::Workbench, Screen::Library];
    assert!(model.way_back.iter().rev().eq(&way), "{:?}", model.way_back);
}
