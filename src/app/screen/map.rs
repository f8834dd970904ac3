//! The map: the patterns of a pack as a picture of what builds on what, to walk over and to jump from.

use std::sync::Arc;

use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::diagram::Picture;
use crate::app::effect::Effect;
use crate::app::message::{Mouse, MouseKind, NoticeLevel};
use crate::app::model::{Model, Screen};
use crate::app::screen::{back, library, reader, workbench};
use crate::pack::{Pack, Pattern};

mod areas;
mod standing;
#[cfg(test)]
mod tests;
mod walk;

pub use areas::{Areas, areas};
pub use standing::{Standing, exercises, label, standing};
use walk::Way;

/// The map's state.
#[derive(Debug, Clone)]
pub struct Map {
    /// The pack's id.
    pub pack: String,
    /// The patterns laid out for this terminal.
    pub picture: Arc<Picture>,
    /// Whether its boxes say how many exercises passed.
    pub counts: bool,
    /// The chosen pattern, by its place on the map.
    pub chosen: usize,
    /// The first column and row of the picture that is shown.
    pub scroll: (u16, u16),
}

/// The pack whose map is open.
pub fn at_hand<'m>(model: &'m Model, map: &Map) -> Option<&'m Arc<Pack>> {
    model.pack_of(&map.pack)
}

/// Opens the map of the pack at hand; from the reader that of the pack that is being read, at the pattern at hand.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let came_from = model.screen;
    let place = match (&model.reader, came_from) {
        (Some(reader), Screen::Reader) => {
            Some((reader.pack.clone(), reader.chapter.clone(), reader::section_at_hand(reader)))
        }
        _ => library::continued(model).map(|place| (place.pack, place.chapter, place.section)),
    };
    let id = match (&place, came_from) {
        (Some((pack, ..)), Screen::Reader) => pack.clone(),
        _ => model.pack().id.clone(),
    };
    let Some(pack) = model.pack_of(&id).cloned() else { return Vec::new() };
    if pack.map.is_empty() {
        // It may be a document, and is not called a pack.
        model.note(NoticeLevel::Info, format!("{} has no map of patterns", pack.title));
        return Vec::new();
    }
    let effects = if came_from == Screen::Reader { reader::leave(model) } else { Vec::new() };
    let here = place
        .filter(|(of, ..)| *of == id)
        .and_then(|(_, chapter, anchor)| standing::pattern_of(&pack, &chapter, &anchor));
    model.map = Some(Map { pack: id, picture: Arc::default(), counts: true, chosen: 0, scroll: (0, 0) });
    back::show(model, Screen::Map);
    areas::lay_out(model);
    let first = model.map.as_ref().and_then(|map| map.picture.layers.first()?.first().copied());
    choose(model, here.or(first).unwrap_or(0));
    effects
}

/// Carries out a command.
pub fn command(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Open => return go(model),
        Command::OpenExercise => return practise(model),
        Command::Back => return go_back(model),
        Command::Up => walk(model, Way::Up),
        Command::Down => walk(model, Way::Down),
        Command::Left => walk(model, Way::Left),
        Command::Right => walk(model, Way::Right),
        Command::NextPanel => walk(model, Way::Next),
        Command::PreviousPanel => walk(model, Way::Previous),
        Command::Top => walk(model, Way::First),
        Command::Bottom => walk(model, Way::Last),
        Command::PageUp => areas::scroll(model, -areas::page(model)),
        Command::PageDown => areas::scroll(model, areas::page(model)),
        _ => {}
    }
    Vec::new()
}

/// Answers the mouse: a press chooses a box, a press on the chosen one opens it.
pub fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    match mouse.kind {
        MouseKind::ScrollUp => areas::scroll(model, -3),
        MouseKind::ScrollDown => areas::scroll(model, 3),
        MouseKind::Press | MouseKind::DoublePress => {
            let pressed = areas::pattern_at(model, mouse.column, mouse.row);
            let chosen = model.map.as_ref().map(|map| map.chosen);
            match pressed {
                Some(at) if chosen == Some(at) => return go(model),
                Some(at) => choose(model, at),
                None => {}
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Fits the state to the terminal's size.
pub fn resized(model: &mut Model) {
    areas::lay_out(model);
    if let Some(chosen) = model.map.as_ref().map(|map| map.chosen) {
        choose(model, chosen);
    }
}

/// What can be done now, the primary action first.
pub fn hints(model: &Model) -> Vec<Hint> {
    let mut hints = vec![Hint::named(Command::Open, "read")];
    if exercise(model).is_some() {
        hints.push(Hint::of(Command::OpenExercise));
    }
    hints.extend([Hint::named(Command::NextPanel, "next pattern"), Hint::named(Command::Finder, "find")]);
    hints.extend([Command::Back, Command::Help].map(Hint::of));
    hints
}

/// The chosen pattern and its pack.
pub fn chosen(model: &Model) -> Option<(&Arc<Pack>, &Pattern)> {
    let map = model.map.as_ref()?;
    let pack = at_hand(model, map)?;
    Some((pack, pack.map.get(map.chosen)?))
}

fn walk(model: &mut Model, way: Way) {
    let Some(map) = &model.map else { return };
    let Some(pack) = at_hand(model, map) else { return };
    let to = walk::step(&map.picture, &pack.map, map.chosen, way);
    choose(model, to);
}

fn choose(model: &mut Model, at: usize) {
    if let Some(map) = &mut model.map {
        map.chosen = at;
    }
    areas::show_chosen(model);
}

/// Opens the section of the chosen pattern.
fn go(model: &mut Model) -> Vec<Effect> {
    let Some((pack, pattern)) = chosen(model) else { return Vec::new() };
    let (id, section) = (pack.id.clone(), pattern.section.clone());
    let over_text = model.way_back.last() == Some(&Screen::Reader);
    if over_text && model.reader.as_ref().is_some_and(|reader| reader.pack == id) {
        back::go(model);
        return reader::jump(model, &section.chapter, &section.anchor);
    }
    model.take_up(&id);
    reader::open(model, &section.chapter, Some(&section.anchor))
}

/// The exercise of the chosen pattern to go on with: the first that has not passed, else the first.
fn exercise(model: &Model) -> Option<String> {
    let (pack, pattern) = chosen(model)?;
    let open = |id: &str| model.record.state(&pack.id, id) != crate::progress::State::Passed;
    let mut all = exercises(pack, pattern);
    let first = all.clone().next();
    all.find(|exercise| open(&exercise.id)).or(first).map(|exercise| exercise.id.clone())
}

fn practise(model: &mut Model) -> Vec<Effect> {
    let Some(id) = exercise(model) else {
        model.note(NoticeLevel::Info, "this pattern has no exercise");
        return Vec::new();
    };
    if let Some(pack) = model.map.as_ref().map(|map| map.pack.clone()) {
        model.take_up(&pack);
    }
    workbench::open(model, &id)
}

fn go_back(model: &mut Model) -> Vec<Effect> {
    back::go(model);
    Vec::new()
}
