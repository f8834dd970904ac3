//! Mistakes in a pack, each with the place where it stands and the text there.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::pack::suggest::{count, suggest};

/// So many errors of a pack are told, and so many warnings.
const MOST: usize = 1000;
/// For the first of so many problems of a file the nearest name is looked for, which takes longer than all else.
const SUGGESTED: usize = 32;
/// So many bytes of a very long line are shown before a place in it.
const BEFORE: usize = 60;
/// So many are shown from the place on.
const BEHIND: usize = 140;

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
    /// The line as it stands in the file; of a very long one the part around the place, between ellipses.
    pub text: String,
    /// By how many characters `text` begins later than the line.
    pub cut: usize,
}

/// All mistakes that were found in a pack, or in a part of one.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    /// The pack's directory, where it has one.
    pub(super) directory: Option<PathBuf>,
    list: Vec<Problem>,
    /// What all parts of the pack share, so that many of them together find no more than one could.
    found: Arc<Found>,
}

/// How many were found in the whole pack, those that were not kept included.
#[derive(Debug, Default)]
struct Found {
    errors: AtomicUsize,
    warnings: AtomicUsize,
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

    /// The same at the first line of the file's text: it is about the file, not about what it says.
    #[must_use]
    pub fn at_top(self, text: &str) -> Self {
        self.at(text, 0..text.find('\n').unwrap_or(text.len()))
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
        let (shown, cut) = around(line, (start - line_start).min(line.len()));
        Self {
            line: text[..line_start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            length: text[start..end].chars().count().max(1),
            text: shown,
            cut,
        }
    }
}

/// A line, and of a very long one what stands around a byte of it; with the number of characters that are cut before it.
fn around(line: &str, at: usize) -> (String, usize) {
    if line.len() <= BEFORE + BEHIND {
        return (line.to_owned(), 0);
    }
    let start = line.floor_char_boundary(at.saturating_sub(BEFORE));
    let end = line.floor_char_boundary((at + BEHIND).min(line.len()));
    let (open, cut) = if start > 0 { ("…", line[..start].chars().count() - 1) } else { ("", 0) };
    let close = if end < line.len() { "…" } else { "" };
    (format!("{open}{}{close}", &line[start..end]), cut)
}

impl Problems {
    /// No problems yet, of the pack in this directory.
    pub(super) fn of_pack(directory: Option<PathBuf>) -> Self {
        Self { directory, ..Self::default() }
    }

    /// No problems yet, of a part that is read by itself; they count with those of the whole.
    pub(super) fn of_a_part(&self) -> Self {
        Self { found: Arc::clone(&self.found), ..Self::default() }
    }

    /// Adds one, up to a number that nobody reads to its end.
    pub(super) fn push(&mut self, problem: Problem) {
        let found = match problem.severity {
            Severity::Error => &self.found.errors,
            Severity::Warning => &self.found.warnings,
        };
        if found.fetch_add(1, Ordering::Relaxed) < MOST {
            self.list.push(problem);
        }
    }

    /// Adds those of a part, which are counted already.
    pub(super) fn append(&mut self, part: Self) {
        self.list.extend(part.list);
    }

    /// Finds those of a part that is read by itself.
    pub(super) fn by_itself<R>(&mut self, look: impl FnOnce(&mut Self) -> R) -> R {
        let mut part = self.of_a_part();
        let result = look(&mut part);
        self.append(part);
        result
    }

    /// Advice for an unknown name: the nearest known one, or else all of them. The nearest is looked for as long as somebody reads
    /// so far.
    pub(super) fn suggest(&self, written: &str, known: &[&str]) -> String {
        if self.list.len() < SUGGESTED { suggest(written, known) } else { count(known) }
    }

    /// Whether there are so many errors that no more are wanted; whoever might find one for each line of a file asks first.
    pub(super) fn is_full(&self) -> bool {
        self.found.errors.load(Ordering::Relaxed) >= MOST
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
        match counts.as_slice() {
            [] => "no problems".to_owned(),
            counts if self.is_full() => format!("{} and maybe more", counts.join(", ")),
            counts => counts.join(", "),
        }
    }
}

impl PartialEq for Problems {
    fn eq(&self, other: &Self) -> bool {
        (&self.directory, &self.list) == (&other.directory, &other.list)
    }
}

impl Eq for Problems {}

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
    fn of_a_very_long_line_the_part_around_the_place_is_shown() {
        let text = format!("é{}x{}\n", "a".repeat(5_000), "b".repeat(5_000));
        let at = text.find('x').unwrap();
        let place = Place::of(&text, at..at + 1);
        assert_eq!((place.column, place.length), (5_002, 1));
        assert!(place.text.len() < 300 && place.text.starts_with("…a") && place.text.ends_with("b…"));
        assert_eq!(place.text.chars().nth(place.column - 1 - place.cut), Some('x'));
        let last = Place::of(&text, text.len() - 1..text.len());
        assert!(last.column - 1 - last.cut <= last.text.chars().count() && last.text.ends_with('b'));
    }

    #[test]
    fn more_than_anybody_reads_are_not_kept() {
        let mut problems = Problems::default();
        (0..2 * MOST).for_each(|n| problems.push(Problem::error(n.to_string(), "wrong")));
        assert_eq!(problems.summary(), format!("{MOST} errors and maybe more"));

        let mut problems = Problems::default();
        (0..2 * MOST).for_each(|n| problems.push(Problem::error(n.to_string(), "odd").warning()));
        problems.push(Problem::error("x", "wrong"));
        assert!(problems.has_errors() && problems.count(Severity::Warning) == MOST);
    }

    #[test]
    fn the_parts_of_a_pack_together_find_no_more_than_one() {
        let mut problems = Problems::default();
        let parts = (0..300).map(|n| {
            let mut part = problems.of_a_part();
            (0..10).for_each(|at| part.push(Problem::error(format!("{n}/{at}"), "wrong")));
            part
        });
        let parts: Vec<_> = parts.collect();
        assert_eq!(parts.iter().map(|part| part.iter().count()).sum::<usize>(), MOST);
        for part in parts {
            problems.append(part);
        }
        assert_eq!(problems.summary(), format!("{MOST} errors and maybe more"));
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
