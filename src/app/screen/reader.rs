//! The reader.

use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::message::Mouse;
use crate::app::model::Model;

/// The reader's state.
#[derive(Debug, Clone, Default)]
pub struct Reader {}

/// Carries out a command.
pub fn command(_model: &mut Model, _command: Command) -> Vec<Effect> {
    Vec::new()
}

/// Whether keys go to a text field of this screen before any table row.
pub fn captures(_model: &Model) -> bool {
    false
}

/// Answers a key that no row of the table takes.
pub fn key(_model: &mut Model, _key: Key) -> Vec<Effect> {
    Vec::new()
}

/// Takes pasted text.
pub fn paste(_model: &mut Model, _text: &str) -> Vec<Effect> {
    Vec::new()
}

/// Answers the mouse.
pub fn mouse(_model: &mut Model, _mouse: Mouse) -> Vec<Effect> {
    Vec::new()
}

/// Fits the state to the terminal's size.
pub fn resized(_model: &mut Model) {}

/// Opens a chapter of the pack at hand, at a section if one is named.
pub fn open(_model: &mut Model, _chapter: &str, _anchor: Option<&str>) -> Vec<Effect> {
    Vec::new()
}

/// What can be done now, the primary action first.
pub fn hints(_model: &Model) -> Vec<Hint> {
    Vec::new()
}

/// Opens a chapter of the pack at hand at a listing, by its id.
pub fn open_listing(model: &mut Model, chapter: &str, listing: &str) -> Vec<Effect> {
    let section = model.pack().chapter(chapter).and_then(|chapter| chapter.listing(listing));
    let section = section.map(|listing| listing.section.clone());
    open(model, chapter, section.as_deref())
}
