//! How wide text is in terminal cells, and cutting, padding and wrapping by it.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::style::{Line, Span, Style};

/// What stands at the end of a text that was cut.
pub const ELLIPSIS: &str = "…";

/// The cells that a text takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { graphemes(text).map(|(_, width)| width).sum() }
}

/// The characters as a reader sees them, each with its width in cells.
pub fn graphemes(text: &str) -> impl DoubleEndedIterator<Item = (&str, usize)> {
    text.graphemes(true).map(|grapheme| (grapheme, grapheme.width()))
}

/// The cells that a line takes.
pub fn line_width(line: &Line) -> usize {
    line.spans.iter().map(|span| width(&span.text)).sum()
}

/// The longest beginning of a text that fits into `cells`.
pub fn prefix(text: &str, cells: usize) -> &str {
    if text.is_ascii() {
        return &text[..cells.min(text.len())];
    }
    let mut taken = 0;
    let mut end = 0;
    for (grapheme, width) in graphemes(text) {
        taken += width;
        if taken > cells {
            break;
        }
        end += grapheme.len();
    }
    &text[..end]
}

/// A text in at most `cells`; what was cut ends in an ellipsis.
pub fn clip(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    match cells {
        0 => String::new(),
        _ => format!("{}{ELLIPSIS}", prefix(text, cells - 1)),
    }
}

/// A text in exactly `cells`: cut, or filled with spaces on the right.
pub fn pad(text: &str, cells: usize) -> String {
    let mut text = clip(text, cells);
    let missing = cells.saturating_sub(width(&text));
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// The part of a line from cell `from` on, in at most `cells`. A wide character cut in half becomes a space.
pub fn window(line: &Line, from: usize, cells: usize) -> Line {
    let end = from.saturating_add(cells);
    let mut at = 0;
    let mut spans = Vec::with_capacity(line.spans.len());
    for span in &line.spans {
        if at >= end {
            break;
        }
        let text = if span.text.is_ascii() {
            let start = from.saturating_sub(at).min(span.text.len());
            let stop = (end - at).min(span.text.len());
            let part = span.text[start..stop.max(start)].to_owned();
            at += span.text.len();
            part
        } else {
            wide_window(&span.text, &mut at, from, end)
        };
        if !text.is_empty() {
            spans.push(Span { text, style: span.style });
        }
    }
    Line { spans }
}

fn wide_window(text: &str, at: &mut usize, from: usize, end: usize) -> String {
    let mut part = String::new();
    for (grapheme, width) in graphemes(text) {
        let (start, stop) = (*at, *at + width);
        *at = stop;
        if start >= from && stop <= end {
            part.push_str(grapheme);
        } else {
            let halves = stop.min(end).saturating_sub(start.max(from));
            part.extend(std::iter::repeat_n(' ', halves));
        }
    }
    part
}

/// Wraps runs of text at word boundaries into lines of at most `cells`. A word that is wider than a line is broken.
/// A `\n` in a span's text is a line break that must stand; spaces at the end of a line are dropped.
pub fn wrap(spans: &[Span], cells: usize) -> Vec<Line> {
    let mut wrapping = Wrapping { cells: cells.max(1), ..Wrapping::default() };
    for span in spans {
        for (at, part) in span.text.split('\n').enumerate() {
            if at > 0 {
                wrapping.word_ends();
                wrapping.line_ends();
            }
            wrapping.text(part, span.style);
        }
    }
    wrapping.word_ends();
    if !wrapping.line.spans.is_empty() || wrapping.lines.is_empty() {
        wrapping.line_ends();
    }
    wrapping.lines
}

#[derive(Default)]
struct Wrapping {
    cells: usize,
    lines: Vec<Line>,
    line: Line,
    line_width: usize,
    /// Spaces between the line and the word, which vanish at a line's end.
    gap: Vec<Span>,
    gap_width: usize,
    /// The word being read, which may run over several spans.
    word: Vec<Span>,
    word_width: usize,
}

impl Wrapping {
    fn text(&mut self, text: &str, style: Style) {
        let mut rest = text;
        while !rest.is_empty() {
            let spaces = rest.len() - rest.trim_start_matches(' ').len();
            if spaces > 0 {
                self.word_ends();
                append(&mut self.gap, &rest[..spaces], style);
                self.gap_width += spaces;
                rest = &rest[spaces..];
                continue;
            }
            let end = rest.find(' ').unwrap_or(rest.len());
            self.word(&rest[..end], style);
            rest = &rest[end..];
        }
    }

    fn word(&mut self, text: &str, style: Style) {
        if text.is_ascii() {
            append(&mut self.word, text, style);
            self.word_width += text.len();
            return;
        }
        // Scripts without spaces may be broken between any two of their wide characters.
        for (grapheme, width) in graphemes(text) {
            if width > 1 {
                self.word_ends();
            }
            append(&mut self.word, grapheme, style);
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
        let gap = if self.line_width == 0 && !self.lines.is_empty() { 0 } else { self.gap_width };
        if self.line_width > 0 && self.line_width + gap + self.word_width > self.cells {
            self.line_ends();
        }
        if self.line_width == 0 && !self.lines.is_empty() {
            self.gap.clear();
        }
        self.gap_width = 0;
        for span in std::mem::take(&mut self.gap) {
            self.put(&span.text, span.style);
        }
        for span in std::mem::take(&mut self.word) {
            self.put(&span.text, span.style);
        }
        self.word_width = 0;
    }

    /// Puts a piece on the line, breaking it where it does not fit.
    fn put(&mut self, text: &str, style: Style) {
        let mut rest = text;
        while !rest.is_empty() {
            let room = self.cells - self.line_width.min(self.cells);
            let mut part = prefix(rest, room);
            if part.is_empty() {
                if self.line_width > 0 {
                    self.line_ends();
                    continue;
                }
                // Wider than a whole line: it cannot be shown otherwise than over the edge.
                part = graphemes(rest).next().map_or(rest, |(grapheme, _)| grapheme);
            }
            append(&mut self.line.spans, part, style);
            self.line_width += width(part);
            rest = &rest[part.len()..];
        }
    }

    fn line_ends(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.line_width = 0;
        self.gap.clear();
        self.gap_width = 0;
    }
}

/// Adds text to runs, joining it to the last one of the same style.
pub fn append(spans: &mut Vec<Span>, text: &str, style: Style) {
    if text.is_empty() {
        return;
    }
    match spans.last_mut() {
        Some(last) if last.style == style => last.text.push_str(text),
        _ => spans.push(Span::new(text, style)),
    }
}

#[cfg(test)]
#[path = "width_tests.rs"]
mod tests;
