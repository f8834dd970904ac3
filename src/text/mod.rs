//! Text from elsewhere made safe, laid out and given meaning, without a terminal: Markdown, ANSI, code, differences.
//!
//! Pure: it reads no file, knows no terminal and names no colour. A [`Style`] says what a piece of text *is*;
//! each front decides how that looks.

pub mod ansi;
pub mod code;
pub mod control;
pub mod diagnostic;
pub mod diff;
pub mod markdown;
pub mod prose;
pub mod remarks;
pub mod style;
pub mod width;
pub mod wrap;

pub use control::sanitise;
pub use style::{AnsiColor, Line, Role, Span, Style, Syntax};

#[cfg(test)]
mod hostile_tests;
