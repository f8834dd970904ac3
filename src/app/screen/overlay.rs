//! What stands above a screen: help, the finder, a question.

use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::message::Mouse;
use crate::app::model::Model;

/// What stands above a screen.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// The keys of the screen beneath.
    Help {
        /// The first row shown.
        scroll: usize,
    },
}

/// Shows the keys of this screen.
pub fn open_help(model: &mut Model) -> Vec<Effect> {
    model.overlay = Some(Overlay::Help { scroll: 0 });
    Vec::new()
}

/// Opens the finder.
pub fn open_finder(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// Answers a key.
pub fn key(model: &mut Model, _key: Key) -> Vec<Effect> {
    model.overlay = None;
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

/// What can be done now, the primary action first.
pub fn hints(_overlay: &Overlay) -> Vec<Hint> {
    vec![Hint::named(Command::Back, "close")]
}
