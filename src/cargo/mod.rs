//! cargo, rustc and the test binaries as processes: how they are called, what they say, how they end.
//!
//! It knows no exercise and no pack, and prints nothing.

pub mod diagnostic;

pub use diagnostic::{Diagnostic, Level, SourceSpan, Suggestion};
