//! The heart: one exercise, judged. It tells what happens as events and ends in a verdict; it never prints.

mod ahead;
mod answers;
mod build;
pub mod engine;
pub mod event;
mod harness;
mod judge;
mod make;
mod needs;
pub mod obstacle;
mod outlet;
pub mod plan;
pub mod play;
mod quiz;
mod run;
mod signals;
pub mod snippet;
mod stamp;
mod stream;
mod suite;
mod suite_results;
mod suite_run;
mod testify;
mod turns;
pub mod verdict;
pub mod warm;
mod workshop;

pub use engine::{Engine, FormatError};
pub use event::{Event, Report, Subject, TestResult, Wait};
pub use obstacle::Obstacle;
pub use plan::Scope;
pub use play::{PlayEnd, PlayEvent};
pub use signals::signal_name;
pub use snippet::{Trial, TrialEnd};
pub use verdict::{Cause, Outcome, Verdict};
pub use warm::WarmEvent;
