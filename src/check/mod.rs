//! The heart: one exercise, judged. It tells what happens as events and ends in a verdict; it never prints.

pub mod event;
pub mod verdict;

pub use event::{Event, Outcome, Report, Subject, TestResult, Wait};
pub use verdict::{Cause, Verdict};
