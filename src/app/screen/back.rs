//! The way back from a screen to the one that it was opened from.

use crate::app::model::{Model, Screen};
use crate::app::screen::{library, workbench};

/// Goes back to a screen with the pack that is at hand there; to the library where nothing is open in it.
pub fn to(model: &mut Model, screen: Screen) {
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

/// Says that a screen is opened over the text: it leads back there, so that the text must not lead back to it, or the two
/// would do so for ever.
pub fn over_text(model: &mut Model, opened: Screen) {
    if let Some(reader) = model.reader.as_mut().filter(|reader| reader.came_from == opened) {
        reader.came_from = Screen::Library;
    }
}
