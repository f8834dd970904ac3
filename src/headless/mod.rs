//! The command line's front: one file for each subcommand, and the reporters that turn a check's events into text.
//!
//! Results go to standard output, talk goes to standard error. It judges nothing itself, and it never talks to the app.

pub mod command;
pub mod console;
pub mod ink;
pub mod listings;
pub mod names;
pub mod session;

mod at_hand;
mod check;
mod diff;
mod doctor;
mod findings;
mod fold;
mod hint;
mod list;
mod play;
mod printer;
mod prose;
mod quiz;
mod report;
mod reset;
mod run;
mod show;
mod solution;
mod start;
mod warm;
mod watch;

pub use command::{Check, CheckFormat, Command, Format, Hint, Which};
pub use console::Console;
pub use run::run;
pub use session::Session;
