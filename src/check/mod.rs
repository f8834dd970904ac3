//! The heart: one exercise, judged. It tells what happens as events and ends in a verdict; it never prints.

pub mod engine;
pub mod event;
pub mod play;
pub mod verdict;
pub mod warm;

pub use engine::{Engine, FormatError, Obstacle, Scope};
pub use event::{Event, Outcome, Report, Subject, TestResult, Wait};
pub use play::{PlayEnd, PlayEvent};
pub use verdict::{Cause, Verdict};
pub use warm::WarmEvent;
