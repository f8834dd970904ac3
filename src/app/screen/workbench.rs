//! The workbench.

use std::time::Duration;

use crate::app::bar::{Activity, Hint};
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::keymap::Context;
use crate::app::message::{FilesEvent, JobEvent, JobId, Mouse};
use crate::app::model::Model;

/// The workbench's state.
#[derive(Debug, Clone, Default)]
pub struct Workbench {}

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

/// The context whose keys hold in this screen now.
pub fn context(_model: &Model) -> Context {
    Context::Panels
}

/// Answers the passing of time.
pub fn tick(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// Takes news of a job.
pub fn job(_model: &mut Model, _id: JobId, _event: &JobEvent) -> Vec<Effect> {
    Vec::new()
}

/// Saves and stops what must be before the app ends.
pub fn leave(_model: &mut Model) -> Vec<Effect> {
    Vec::new()
}

/// Opens an exercise of the pack at hand.
pub fn open(_model: &mut Model, _exercise: &str) -> Vec<Effect> {
    Vec::new()
}

/// Takes news of the learner's files.
pub fn files(_model: &mut Model, _event: FilesEvent) -> Vec<Effect> {
    Vec::new()
}

/// When this screen wants to be woken next.
pub fn next_tick(_model: &Model) -> Option<Duration> {
    None
}

/// What can be done now, the primary action first.
pub fn hints(_model: &Model) -> Vec<Hint> {
    Vec::new()
}

/// What this screen has running.
pub fn activity(_model: &Model) -> Option<Activity> {
    None
}

/// Carries out a command that was asked about with [`crate::app::screen::overlay::ask`], after a yes.
pub fn confirmed(_model: &mut Model, _command: Command) -> Vec<Effect> {
    Vec::new()
}
