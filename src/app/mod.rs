//! The app as a pure state machine: a message in, a changed model and effects out.
//!
//! It never performs input or output, never draws, knows no terminal, no process, no file and no clock: time comes
//! in with messages, and everything that touches the world leaves as an [`Effect`].

pub mod area;
pub mod bar;
pub mod command;
pub mod diagram;
pub mod drafts;
pub mod editor;
pub mod effect;
#[cfg(test)]
pub(crate) mod fixture;
pub mod key;
pub mod keymap;
pub mod message;
pub mod model;
pub mod saving;
pub mod screen;
pub mod update;

pub use command::Command;
pub use effect::Effect;
pub use key::{Code, Key};
pub use message::Message;
pub use model::Model;
pub use update::update;
