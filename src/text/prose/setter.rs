//! The page as it grows: lines behind margins, empty lines between them, links where they stand.

use std::ops::Range;

use crate::text::markdown::Inline;
use crate::text::prose::footnotes::Footnotes;
use crate::text::prose::inline::{About, Inliner, broken};
use crate::text::prose::layout::Layout;
use crate::text::prose::margin::Margins;
use crate::text::prose::page::{LineKind, Link, Page, PageLine};
use crate::text::style::{Line, Span, Style};
use crate::text::width::{append, width};
use crate::text::wrap::Run;

/// The page as it grows.
pub(super) struct Setter {
    pub(super) measure: usize,
    pub(super) width: usize,
    pub(super) ascii: bool,
    pub(super) page: Page,
    pub(super) margins: Margins,
    pub(super) footnotes: Footnotes,
    pub(super) targets: Vec<String>,
    /// Empty lines before the next one.
    gap: usize,
}

impl Setter {
    /// An empty page.
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        Self {
            measure: usize::from(layout.measure.min(layout.width)).max(8),
            width: usize::from(layout.width).max(8),
            ascii: layout.ascii,
            page: Page::default(),
            margins: Margins::default(),
            footnotes: Footnotes::default(),
            targets: Vec::new(),
            gap: 0,
        }
    }

    /// Inlines as runs, in a style where they have none of their own.
    pub(super) fn runs(&mut self, text: &[Inline], style: Style) -> Vec<Run<About>> {
        let mut runs = Inliner::new(&mut self.targets, &mut self.footnotes);
        runs.push(text, About { style, link: None });
        runs.runs
    }

    /// Sets running text, wrapped to the measure.
    pub(super) fn text(&mut self, runs: &[Run<About>]) {
        let room = self.measure.saturating_sub(self.margins.width());
        for line in broken(runs, room) {
            self.runs_line(line);
        }
    }

    /// Sets one line of runs and notes where its links stand.
    pub(super) fn runs_line(&mut self, runs: Vec<Run<About>>) {
        let number = self.next_line();
        let mut column = self.margins.width();
        let mut spans = Vec::new();
        for (text, about) in runs {
            let end = column + width(&text);
            if let Some(target) = about.link {
                self.link(number, column..end, target);
            }
            append(&mut spans, &text, about.style);
            column = end;
        }
        self.line(spans, LineKind::Prose);
    }

    fn link(&mut self, line: usize, columns: Range<usize>, target: usize) {
        let target = &self.targets[target];
        if let Some(label) = target.strip_prefix("#fn-") {
            self.page.anchors.entry(format!("fnref-{label}")).or_insert(line);
        }
        match self.page.links.last_mut() {
            Some(last)
                if last.line == line && last.columns.end == columns.start && last.target == *target =>
            {
                last.columns.end = columns.end;
            }
            _ => self.page.links.push(Link { line, columns, target: target.clone() }),
        }
    }

    /// The number of the next line, after the empty ones before it are set.
    pub(super) fn next_line(&mut self) -> usize {
        self.settle_gap();
        self.page.lines.len()
    }

    /// Sets a line behind the margins and returns its number.
    pub(super) fn line(&mut self, spans: Vec<Span>, kind: LineKind) -> usize {
        let number = self.next_line();
        let mut line = self.margins.next();
        line.extend(spans);
        self.page.lines.push(PageLine { line: Line { spans: line }, kind });
        number
    }

    /// Asks for so many empty lines before the next one.
    pub(super) fn gap(&mut self, lines: usize) {
        self.gap = self.gap.max(lines);
    }

    /// Sets the empty lines that were asked for.
    pub(super) fn settle_gap(&mut self) {
        let lines = std::mem::take(&mut self.gap);
        if self.page.lines.is_empty() {
            return;
        }
        for _ in 0..lines {
            let line = Line { spans: self.margins.empty() };
            self.page.lines.push(PageLine { line, kind: LineKind::Prose });
        }
    }
}
