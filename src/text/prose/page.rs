//! A page: lines, and where on them things stand.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::style::Line;

/// A document laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its lines.
    pub lines: Vec<PageLine>,
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// The line at which each anchor stands: headings', and `fn-…` and `fnref-…` for footnotes and references to them.
    pub anchors: BTreeMap<String, usize>,
    /// Its code blocks in order.
    pub blocks: Vec<CodeBlock>,
    /// Its links in order; one that is broken over two lines stands here twice.
    pub links: Vec<Link>,
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLine {
    /// The line as it is drawn, code without its highlighting.
    pub line: Line,
    /// What it is a line of.
    pub kind: LineKind,
}

/// What a line is a line of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Anything that is wrapped.
    Prose,
    /// The line above a code block that says what it is.
    Title {
        /// Which block.
        block: usize,
    },
    /// A line of code, which may be wider than the page.
    Code {
        /// Which block.
        block: usize,
        /// Which of its lines that are shown.
        row: usize,
    },
    /// A line that the caller put in.
    Inserted {
        /// Which insertion.
        insertion: usize,
        /// Which of its lines.
        row: usize,
    },
}

/// A heading and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its anchor.
    pub anchor: String,
    /// 1 to 6.
    pub level: u8,
    /// Its first line.
    pub line: usize,
}

/// A code block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// The info string.
    pub info: String,
    /// Its language: the first word of the info string.
    pub language: String,
    /// Where its code stands in the Markdown's source.
    pub body: Range<usize>,
    /// The line of its title, if it has one.
    pub title: Option<usize>,
    /// The lines of its code on the page.
    pub lines: Range<usize>,
    /// The columns before the code: margin and gutter.
    pub indent: usize,
    /// Its lines without those that are hidden, fit for a terminal.
    pub shown: Vec<String>,
    /// The width of the widest of them.
    pub width: usize,
}

/// Where a link stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The line.
    pub line: usize,
    /// The columns.
    pub columns: Range<usize>,
    /// A URL, `#anchor` or `chapter.md#anchor`.
    pub target: String,
}

impl Page {
    /// The heading under which a line stands.
    pub fn heading_at(&self, line: usize) -> Option<&Heading> {
        let after = self.headings.partition_point(|heading| heading.line <= line);
        self.headings[..after].last()
    }

    /// The link at a cell.
    pub fn link_at(&self, line: usize, column: usize) -> Option<&Link> {
        let first = self.links.partition_point(|link| link.line < line);
        let of_line = self.links[first..].iter().take_while(|link| link.line == line);
        of_line.into_iter().find(|link| link.columns.contains(&column))
    }
}

impl CodeBlock {
    /// The lines of the block with its title.
    pub fn span(&self) -> Range<usize> {
        self.title.unwrap_or(self.lines.start)..self.lines.end
    }

    /// The shown code as one text.
    pub fn text(&self) -> String {
        let mut text = self.shown.join("\n");
        text.push('\n');
        text
    }
}
