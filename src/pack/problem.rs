//! Mistakes in a pack, each with the place where it stands and the text there.

use std::ops::Range;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pack is not loaded.
    Error,
    /// The pack is loaded; its author should look.
    Warning,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file, relative to the pack, with `/` between the parts.
    pub file: String,
    /// Where in the file; `None` when it is about the whole file.
    pub place: Option<Place>,
    /// What is wrong, lower-case and without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place in a text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// In characters, on this line; at least 1.
    pub length: usize,
    /// The whole line as it stands in the file.
    pub text: String,
}

/// All mistakes that were found in a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
}

impl Problem {
    /// An error about a whole file.
    pub fn error(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            file: file.into(),
            place: None,
            message: message.into(),
            help: None,
        }
    }

    /// The same, only as a warning.
    #[must_use]
    pub fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// The same at these bytes of the file's text.
    #[must_use]
    pub fn at(self, text: &str, bytes: Range<usize>) -> Self {
        Self { place: Some(Place::of(text, bytes)), ..self }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

impl Place {
    /// The place of these bytes in a text; whatever lies outside of it or within a character is moved to the nearest start.
    pub fn of(text: &str, bytes: Range<usize>) -> Self {
        let start = text.floor_char_boundary(bytes.start.min(text.len()));
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = text.floor_char_boundary(bytes.end.clamp(start, line_end));
        let line = text[line_start..line_end].trim_end_matches('\r');
        Self {
            line: text[..line_start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            length: text[start..end].chars().count().max(1),
            text: line.to_owned(),
        }
    }
}

impl Problems {
    /// Adds one.
    pub(super) fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Every problem, in the order of files and lines.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.list.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|problem| problem.severity == severity).count()
    }

    /// Whether any of them keeps the pack from being loaded.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Puts them in the order of files and lines and drops repetitions.
    pub(super) fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            let place = |problem: &Problem| problem.place.as_ref().map(|place| (place.line, place.column));
            (&a.file, place(a), a.severity, &a.message).cmp(&(&b.file, place(b), b.severity, &b.message))
        });
        self.list.dedup();
    }

    /// How many there are, in words.
    pub fn summary(&self) -> String {
        let count = |severity, one: &str| match self.count(severity) {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {one}s")),
        };
        let counts: Vec<String> = [count(Severity::Error, "error"), count(Severity::Warning, "warning")]
            .into_iter()
            .flatten()
            .collect();
        if counts.is_empty() { "no problems".to_owned() } else { counts.join(", ") }
    }
}

impl std::error::Error for Problems {}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_over_several_lines_ends_with_the_first() {
        let place = Place::of("ab\r\ncd", 1..6);
        assert_eq!((place.line, place.column, place.length, place.text.as_str()), (1, 2, 2, "ab"));
    }

    #[test]
    fn a_place_outside_the_text_is_its_end() {
        let place = Place::of("é", 1..99);
        assert_eq!((place.line, place.column, place.length), (1, 1, 1));
        assert_eq!(Place::of("a\n", 50..60).line, 2);
    }

    #[test]
    fn they_are_sorted_and_counted() {
        let mut problems = Problems::default();
        problems.push(Problem::error("b", "two"));
        problems.push(Problem::error("a", "one").warning());
        problems.push(Problem::error("b", "two"));
        problems.sort();
        assert_eq!(problems.summary(), "1 error, 1 warning");
        assert_eq!(problems.iter().next().unwrap().file, "a");
    }
}
