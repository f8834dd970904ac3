//! The texts of the repository and of the built-in pack: links arrive, lines keep within their width, diagrams close, words are
//! spelled right.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod diagrams;
mod documents;
mod links;
mod spelling;
mod widths;

/// Fails with every complaint, if there are any.
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{} complaints:\n{}\n", complaints.len(), complaints.join("\n"));
}
