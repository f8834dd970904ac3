//! The library: packs, chapters and their progress.

use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::message::Mouse;
use crate::app::model::Model;

/// The library's state.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The chosen row.
    pub chosen: usize,
}

/// Carries out a command.
pub fn command(_model: &mut Model, _command: Command) -> Vec<Effect> {
    Vec::new()
}

/// Answers the mouse.
pub fn mouse(_model: &mut Model, _mouse: Mouse) -> Vec<Effect> {
    Vec::new()
}

/// Fits the state to the terminal's size.
pub fn resized(_model: &mut Model) {}

/// What can be done now, the primary action first.
pub fn hints(_model: &Model) -> Vec<Hint> {
    [Command::Open, Command::Finder, Command::Playground, Command::Help, Command::Quit].map(Hint::of).to_vec()
}
