//! What keeps foreign code harmless: the supervisor of every child process, its limits, what a run may touch.
//!
//! It knows no cargo, no exercise and no screen. It never decides what a child's end means.

pub mod limits;
pub mod supervise;

pub use limits::Limits;
pub use supervise::{SUPERVISE, supervise};
