//! What the compiler said, as values: spans for the editor, the rendered text for reading, fixes to apply.

use serde::{Deserialize, Serialize};

/// One message of the compiler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How grave it is.
    pub level: Level,
    /// Its code, as in `E0038` or `unused_variables`.
    pub code: Option<String>,
    /// The first line.
    pub message: String,
    /// The whole text as rustc draws it, with ANSI colours.
    pub rendered: String,
    /// The long text of `rustc --explain`, where the code has one.
    pub explanation: Option<String>,
    /// The places it speaks of.
    pub spans: Vec<SourceSpan>,
    /// Changes that the compiler offers.
    pub suggestions: Vec<Suggestion>,
}

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The build fails.
    Error,
    /// It does not.
    Warning,
    /// A remark.
    Note,
    /// Advice.
    Help,
}

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSpan {
    /// Relative to the crate, with `/` between the parts; as rustc named it where it lies outside.
    pub file: String,
    /// The first line, from 1.
    pub line_start: usize,
    /// The last line, from 1.
    pub line_end: usize,
    /// The first character of the first line, from 1, in characters.
    pub column_start: usize,
    /// The character after the last one of the last line, from 1, in characters.
    pub column_end: usize,
    /// Whether this is the place the message is about.
    pub primary: bool,
    /// What the compiler says of the place.
    pub label: Option<String>,
}

/// A change that the compiler offers, in one or more places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What it does.
    pub message: String,
    /// The places and what to put there, from the end of the file to its start.
    pub edits: Vec<(SourceSpan, String)>,
    /// Whether rustc is sure enough for a machine to apply it.
    pub machine_applicable: bool,
}
