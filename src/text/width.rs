//! How wide text is in terminal cells, and cutting and padding by it.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::style::{Line, Span, Style};

/// What stands at the end of a text that was cut.
pub const ELLIPSIS: &str = "…";

/// The cells that a text takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { graphemes(text).map(|(_, width)| width).sum() }
}

/// The cells that one character as a reader sees it takes: all that is laid out and drawn is measured by this.
pub fn of(grapheme: &str) -> usize {
    grapheme.width()
}

/// The characters as a reader sees them, each with its width in cells.
pub fn graphemes(text: &str) -> impl DoubleEndedIterator<Item = (&str, usize)> {
    text.graphemes(true).map(|grapheme| (grapheme, of(grapheme)))
}

/// The cells that a line takes.
pub fn line_width(line: &Line) -> usize {
    line.spans.iter().map(|span| width(&span.text)).sum()
}

/// The longest beginning of a text that fits into `cells`.
pub fn prefix(text: &str, cells: usize) -> &str {
    // Only the beginning is looked at, for a long text is cut many times. Of ASCII characters, one that another one follows
    // stands alone.
    let beginning = text.as_bytes().get(..cells.saturating_add(1)).unwrap_or(text.as_bytes());
    if beginning.is_ascii() {
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

/// The longest end of a text that fits into `cells`.
pub fn suffix(text: &str, cells: usize) -> &str {
    let mut left = cells;
    let mut from = text.len();
    for (grapheme, width) in graphemes(text).rev() {
        let Some(rest) = left.checked_sub(width) else { break };
        left = rest;
        from -= grapheme.len();
    }
    &text[from..]
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

/// Adds text to spans, joining it to the last one of the same style.
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
