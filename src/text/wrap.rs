//! Running text broken into lines at word boundaries.

use std::mem;

use crate::text::style::{Line, Span, Style};
use crate::text::width::{graphemes, prefix, width};

/// A run of text and what is known of it.
pub type Run<A> = (String, A);

/// Wraps spans into lines of at most `cells`, as [`wrap_runs`] does.
///
/// ```
/// use patterns_tui::text::wrap::wrap;
/// use patterns_tui::text::{Line, Span};
///
/// let lines = wrap(&[Span::plain("one rule at a time")], 8);
/// assert_eq!(lines.iter().map(Line::text).collect::<Vec<_>>(), ["one rule", "at a", "time"]);
/// ```
pub fn wrap(spans: &[Span], cells: usize) -> Vec<Line> {
    let runs = spans.iter().map(|span| (span.text.as_str(), span.style));
    let line = |runs: Vec<Run<Style>>| runs.into_iter().map(|(text, style)| Span { text, style }).collect();
    wrap_runs(runs, cells).into_iter().map(|runs| Line { spans: line(runs) }).collect()
}

/// Wraps runs of text at spaces, and between wide characters, into lines of at most `cells`. A word that is wider than
/// a line is broken. A `\n` is a line break that must stand; spaces at the end of a line are dropped.
pub fn wrap_runs<'a, A>(runs: impl IntoIterator<Item = (&'a str, A)>, cells: usize) -> Vec<Vec<Run<A>>>
where
    A: Copy + PartialEq,
{
    let mut wrapping = Wrapping::new(cells);
    for (text, about) in runs {
        for (at, part) in text.split('\n').enumerate() {
            if at > 0 {
                wrapping.word_ends();
                wrapping.line_ends();
            }
            wrapping.text(part, about);
        }
    }
    wrapping.word_ends();
    if !wrapping.line.is_empty() || wrapping.lines.is_empty() {
        wrapping.line_ends();
    }
    wrapping.lines
}

/// Adds text to runs, joining it to the last one where the same is known of both.
pub fn append<A: PartialEq>(runs: &mut Vec<Run<A>>, text: &str, about: A) {
    if text.is_empty() {
        return;
    }
    match runs.last_mut() {
        Some((last, of)) if *of == about => last.push_str(text),
        _ => runs.push((text.to_owned(), about)),
    }
}

struct Wrapping<'a, A> {
    cells: usize,
    lines: Vec<Vec<Run<A>>>,
    line: Vec<Run<A>>,
    line_width: usize,
    /// Spaces between the line and the word, which vanish at a line's end.
    gap: Vec<(&'a str, A)>,
    gap_width: usize,
    /// The word being read, which may run over several runs.
    word: Vec<(&'a str, A)>,
    word_width: usize,
}

impl<'a, A: Copy + PartialEq> Wrapping<'a, A> {
    fn new(cells: usize) -> Self {
        Self {
            cells: cells.max(1),
            lines: Vec::new(),
            line: Vec::new(),
            line_width: 0,
            gap: Vec::new(),
            gap_width: 0,
            word: Vec::new(),
            word_width: 0,
        }
    }

    fn text(&mut self, text: &'a str, about: A) {
        let mut rest = text;
        while !rest.is_empty() {
            let (spaces, behind) = rest.split_at(rest.len() - rest.trim_start_matches(' ').len());
            if !spaces.is_empty() {
                self.word_ends();
                self.gap.push((spaces, about));
                self.gap_width += spaces.len();
            }
            let (word, behind) = behind.split_at(behind.find(' ').unwrap_or(behind.len()));
            self.word(word, about);
            rest = behind;
        }
    }

    fn word(&mut self, text: &'a str, about: A) {
        if text.is_ascii() {
            if !text.is_empty() {
                self.word.push((text, about));
                self.word_width += text.len();
            }
            return;
        }
        for (grapheme, width) in graphemes(text) {
            // Scripts that set no spaces are written in wide characters and may be broken between any two.
            if width > 1 {
                self.word_ends();
            }
            self.word.push((grapheme, about));
            self.word_width += width;
            if width > 1 {
                self.word_ends();
            }
        }
    }

    fn word_ends(&mut self) {
        if self.word.is_empty() {
            return;
        }
        if self.line_width > 0 && self.line_width + self.gap_width + self.word_width > self.cells {
            self.line_ends();
        }
        let indented = self.lines.is_empty() && self.gap_width + self.word_width <= self.cells;
        if self.line_width > 0 || indented {
            for at in 0..self.gap.len() {
                let (text, about) = self.gap[at];
                self.put(text, about);
            }
        }
        self.gap.clear();
        self.gap_width = 0;
        for at in 0..self.word.len() {
            let (text, about) = self.word[at];
            self.put(text, about);
        }
        self.word.clear();
        self.word_width = 0;
    }

    /// Puts a piece on the line, breaking it where it does not fit.
    fn put(&mut self, text: &str, about: A) {
        let whole = width(text);
        if self.line_width + whole <= self.cells {
            append(&mut self.line, text, about);
            self.line_width += whole;
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let room = self.cells - self.line_width.min(self.cells);
            let mut part = prefix(rest, room);
            if part.is_empty() {
                if self.line_width > 0 {
                    self.end_line_within_word();
                    continue;
                }
                // Wider than a whole line: it can only be shown over the edge.
                part = graphemes(rest).next().map_or(rest, |(grapheme, _)| grapheme);
            }
            append(&mut self.line, part, about);
            self.line_width += width(part);
            rest = &rest[part.len()..];
        }
    }

    fn line_ends(&mut self) {
        self.end_line_within_word();
        self.gap.clear();
        self.gap_width = 0;
    }

    fn end_line_within_word(&mut self) {
        self.lines.push(mem::take(&mut self.line));
        self.line_width = 0;
    }
}

#[cfg(test)]
#[path = "wrap_tests.rs"]
mod tests;
