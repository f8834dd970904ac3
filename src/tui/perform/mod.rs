//! Effects performed: the only part of the front that touches files, processes and the system.
//!
//! Nothing here waits on the loop's thread: files have a worker of their own, which does one thing after the other, and
//! jobs are tasks. What comes of an effect goes back to the app as a message.

pub mod editor;
pub mod files;
pub mod jobs;
pub mod keeper;
pub mod performer;
pub mod worker;

pub use performer::{Performer, Request};
