//! What stands left of the text: quotation bars, bullets, indentation.

use crate::text::style::{Span, Style};
use crate::text::width::width;

/// Deeper margins are left out where they would leave less room than this.
const LEAST_ROOM: usize = 8;

/// The margins of the blocks that are open, from the outermost.
#[derive(Debug, Default)]
pub(super) struct Margins {
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    /// Stands before the first line only.
    lead: Option<Span>,
    /// Stands before every other line.
    rest: Span,
    width: usize,
}

impl Margins {
    /// Opens a margin, if `measure` leaves room for it.
    pub(super) fn open(&mut self, lead: Option<Span>, rest: Span, measure: usize) {
        let wide = width(&rest.text);
        if self.width() + wide + LEAST_ROOM > measure {
            self.parts.push(Part { lead: None, rest: Span::default(), width: 0 });
        } else {
            self.parts.push(Part { lead, rest, width: wide });
        }
    }

    /// Closes the innermost margin.
    pub(super) fn close(&mut self) {
        self.parts.pop();
    }

    /// The columns they take.
    pub(super) fn width(&self) -> usize {
        self.parts.iter().map(|part| part.width).sum()
    }

    /// The spans before the next line with text; uses the leads up.
    pub(super) fn next(&mut self) -> Vec<Span> {
        let spans = self.parts.iter_mut().map(|part| part.lead.take().unwrap_or_else(|| part.rest.clone()));
        spans.filter(|span| !span.text.is_empty()).collect()
    }

    /// The spans before an empty line.
    pub(super) fn empty(&self) -> Vec<Span> {
        let parts = self.parts.iter().filter(|part| part.width > 0);
        let mut spans: Vec<Span> = parts.map(|part| part.rest.clone()).collect();
        while spans.last().is_some_and(|span| span.text.trim().is_empty()) {
            spans.pop();
        }
        spans
    }

    /// Whether a bullet still waits for its line.
    pub(super) fn has_lead(&self) -> bool {
        self.parts.iter().any(|part| part.lead.is_some())
    }
}

/// Spaces of this width.
pub(super) fn spaces(cells: usize) -> Span {
    Span::new(" ".repeat(cells), Style::default())
}
