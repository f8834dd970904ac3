//! The way back: from a screen to the one that it was opened from.

use crate::app::model::{Model, Screen};
use crate::app::screen::{library, workbench};

/// Shows a screen; Esc leads from there to the one at hand. Each screen stands on the way back once, at its last place: no two
/// lead to each other for ever.
pub fn show(model: &mut Model, screen: Screen) {
    if model.screen != screen {
        let left = std::mem::replace(&mut model.screen, screen);
        model.way_back.retain(|other| *other != screen && *other != left);
        model.way_back.push(left);
    }
}

/// Goes one screen back, with the pack that is at hand there; to the library where nothing is open in it.
pub fn go(model: &mut Model) {
    let screen = model.way_back.pop().unwrap_or(Screen::Library);
    let pack = match screen {
        Screen::Library => None,
        Screen::Reader => model.reader.as_ref().map(|reader| reader.pack.clone()),
        Screen::Workbench => model.workbench.as_ref().map(|bench| bench.key.pack.clone()),
        Screen::Playground => model.playground.as_ref().map(|play| play.pack.clone()),
        Screen::Map => model.map.as_ref().map(|map| map.pack.clone()),
    };
    let Some(pack) = pack else { return library::show(model) };
    model.take_up(&pack);
    model.screen = screen;
    if screen == Screen::Workbench {
        workbench::come_back(model);
    }
}
