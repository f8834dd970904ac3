//! The sandbox: the cargo workspaces that exercises are built in, and the learner's files in them.
//!
//! It places, reads, writes, resets and watches files and keeps every version of them. It never runs cargo.

mod carry_over;
pub mod disk;
pub mod editor;
pub mod error;
pub mod history;
pub mod learner;
pub mod lockfile;
pub mod shared;
pub mod side;
pub mod stamp;
mod starter;
pub mod template;
#[cfg(test)]
pub(crate) mod testing;
pub mod watch;
pub mod workspace;

pub use error::SandboxError;
pub use history::{History, Version};
pub use learner::{CrateFile, PLAYGROUND_TEXT};
pub use side::{Answer, Linking, Snippet};
pub use watch::Watch;
pub use workspace::{Placed, Sandbox, Tree};
