//! Documents laid out: blocks in order, what is put in at the end of sections, footnotes at the end of all.

use std::mem;

use crate::text::markdown::{Block, BlockKind, Markdown};
use crate::text::prose::blocks::{before, shows};
use crate::text::prose::footnotes::texts;
use crate::text::prose::margin::spaces;
use crate::text::prose::page::{LineKind, Page};
use crate::text::prose::setter::Setter;
use crate::text::style::{Line, Role, Span};
use crate::text::width::width;

/// Lines that are put in at the end of a section: before the next heading of the same or a higher level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// The section's anchor; where there is none such, the lines stand at the document's end.
    pub anchor: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// How a document is to be laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'a> {
    /// The columns that prose may take.
    pub measure: u16,
    /// The columns that tables may take; code takes what it needs.
    pub width: u16,
    /// Whether marks and lines are drawn in plain ASCII.
    pub ascii: bool,
    /// What is put in at the end of sections.
    pub insertions: &'a [Insertion],
}

/// Lays a document out with prose in `measure` columns and tables in `width`.
///
/// ```
/// use patterns_tui::text::{markdown, prose};
///
/// let page = prose::lay_out(&markdown::parse("# Strategy\n\nOne rule\nper type.\n"), 72, 80);
/// let lines: Vec<String> = page.lines.iter().map(|line| line.line.text()).collect();
/// assert_eq!(lines, ["Strategy", "", "One rule per type."]);
/// ```
pub fn lay_out(markdown: &Markdown, measure: u16, width: u16) -> Page {
    Layout { measure, width, ascii: false, insertions: &[] }.page(markdown)
}

impl Layout<'_> {
    /// The document laid out.
    pub fn page(&self, markdown: &Markdown) -> Page {
        let mut document =
            Document { insertions: self.insertions, setter: Setter::new(self), sections: Vec::new() };
        document.blocks(&markdown.blocks);
        document.setter.page
    }
}

/// A document being laid out.
struct Document<'a> {
    insertions: &'a [Insertion],
    setter: Setter,
    /// The open sections with something to put in at their end: level and insertion.
    sections: Vec<(u8, usize)>,
}

impl Document<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        let mut waiting = vec![true; self.insertions.len()];
        let mut first = true;
        for block in blocks {
            if !shows(&block.kind) {
                continue;
            }
            if let BlockKind::Heading { level, anchor, .. } = &block.kind {
                self.sections_end(*level);
                for (at, insertion) in self.insertions.iter().enumerate().rev() {
                    if insertion.anchor == *anchor && mem::take(&mut waiting[at]) {
                        self.sections.push((*level, at));
                    }
                }
            }
            if !first {
                self.setter.gap(before(&block.kind));
            }
            first = false;
            self.setter.block(block);
        }
        self.sections_end(0);
        for at in (0..self.insertions.len()).filter(|at| waiting[*at]) {
            self.insertion(at);
        }
        self.all_footnotes(blocks);
    }

    /// Puts in what stands at the end of the open sections of this level and deeper.
    fn sections_end(&mut self, level: u8) {
        while let Some((_, at)) = self.sections.pop_if(|(of, _)| *of >= level) {
            self.insertion(at);
        }
    }

    fn insertion(&mut self, insertion: usize) {
        self.setter.gap(1);
        for (row, line) in self.insertions[insertion].lines.iter().enumerate() {
            self.setter.line(line.spans.clone(), LineKind::Inserted { insertion, row });
        }
        self.setter.gap(1);
    }

    fn all_footnotes(&mut self, blocks: &[Block]) {
        let (labels, texts) = texts(blocks);
        if texts.is_empty() {
            return;
        }
        for label in &labels {
            // A text that nothing refers to is still shown, behind those that are referred to and have a number already.
            self.setter.footnotes.refer(label);
        }
        self.setter.gap(2);
        self.setter.rule();
        self.setter.gap(1);
        let mut number = 1;
        while let Some(label) = self.setter.footnotes.label(number).map(str::to_owned) {
            if let Some(blocks) = texts.get(label.as_str()) {
                self.setter.settle_gap();
                self.setter.page.anchors.insert(format!("fn-{label}"), self.setter.page.lines.len());
                let lead = Span::new(format!("[{number}] "), Role::Muted);
                let rest = spaces(width(&lead.text));
                self.setter.margins.open(Some(lead), rest, self.setter.measure);
                self.setter.blocks(blocks);
                self.setter.margins.close();
            }
            number += 1;
        }
    }
}
