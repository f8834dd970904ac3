//! Lines of prose on a terminal that is narrower than they are: broken between words, where a terminal breaks them anywhere.

use crate::text::width::{line_width, width, window};
use crate::text::wrap::wrap;
use crate::text::{Line, Span};

/// The line in as many as it takes, each as far from the left as the first. One with a word that is wider than that, such
/// as a path, stays whole: a terminal breaks it so that it can be copied.
pub(super) fn fold(line: &Line, columns: usize) -> Vec<Line> {
    let text = line.text();
    let indent = width(&text) - width(text.trim_start_matches(' '));
    let cells = columns.saturating_sub(indent);
    let is_too_wide = |word: &str| width(word) > cells;
    if line_width(line) <= columns || text.split(' ').any(is_too_wide) {
        return vec![line.clone()];
    }
    let indented = |line: Line| Line { spans: [vec![Span::plain(" ".repeat(indent))], line.spans].concat() };
    wrap(&window(line, indent, usize::MAX).spans, cells).into_iter().map(indented).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str, columns: usize) -> Vec<String> {
        fold(&Line::from(vec![Span::plain(text)]), columns).iter().map(Line::text).collect()
    }

    #[test]
    fn a_line_is_broken_between_words_below_its_beginning() {
        assert_eq!(folded("  what do three units cost", 14), ["  what do", "  three units", "  cost"]);
    }

    #[test]
    fn what_fits_or_could_not_be_copied_stays_as_it_is() {
        assert_eq!(folded("  a   table", 11), ["  a   table"]);
        assert_eq!(folded("watching /a/very/long/path ends", 12), ["watching /a/very/long/path ends"]);
    }
}
