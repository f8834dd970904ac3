//! The text of a buffer: lines without their ends, and the one way to change them.

use std::ops::Range;

use crate::app::editor::grapheme;
use crate::app::editor::position::Position;

/// Lines of text; there is always at least one, and none holds a line feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    lines: Vec<String>,
}

impl Text {
    /// The lines of `text`, which must have been filtered.
    pub fn new(text: &str) -> Self {
        Self { lines: text.split('\n').map(str::to_owned).collect() }
    }

    /// All lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// One line; empty beyond the end.
    pub fn line(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", String::as_str)
    }

    /// The number of the last line.
    pub fn last(&self) -> usize {
        self.lines.len() - 1
    }

    /// Whether it is this text.
    pub fn is(&self, text: &str) -> bool {
        text.split('\n').eq(self.lines.iter())
    }

    /// The place after the last character.
    pub fn end(&self) -> Position {
        Position::new(self.last(), self.line(self.last()).len())
    }

    /// The nearest place that exists and cuts no grapheme in two.
    pub fn clamp(&self, place: Position) -> Position {
        if place.line > self.last() {
            return self.end();
        }
        Position::new(place.line, grapheme::floor(self.line(place.line), place.column))
    }

    /// The text between two places.
    pub fn slice(&self, range: Range<Position>) -> String {
        let Range { start, end } = range;
        if start.line == end.line {
            return self.line(start.line)[start.column..end.column].to_owned();
        }
        let mut text = self.line(start.line)[start.column..].to_owned();
        for line in &self.lines[start.line + 1..end.line] {
            text.push('\n');
            text.push_str(line);
        }
        text.push('\n');
        text.push_str(&self.line(end.line)[..end.column]);
        text
    }

    /// Puts `with` in the place of a stretch and returns where it ends.
    pub(super) fn replace(&mut self, range: Range<Position>, with: &str) -> Position {
        let Range { start, end } = range;
        let after = start.after(with);
        if start.line == end.line && !with.contains('\n') {
            self.lines[start.line].replace_range(start.column..end.column, with);
            return after;
        }
        let tail = self.lines[end.line].split_off(end.column);
        self.lines[start.line].truncate(start.column);
        let mut parts = with.split('\n');
        self.lines[start.line].push_str(parts.next().unwrap_or_default());
        let more: Vec<String> = parts.map(str::to_owned).collect();
        self.lines.splice(start.line + 1..=end.line, more);
        self.lines[after.line].push_str(&tail);
        after
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, line) in self.lines.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            f.write_str(line)?;
        }
        Ok(())
    }
}
