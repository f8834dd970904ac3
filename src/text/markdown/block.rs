//! The blocks and inlines of a parsed document.

use std::ops::Range;

/// A parsed document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markdown {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
}

/// A block and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the source.
    pub source: Range<usize>,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading with its anchor, unique in the document.
    Heading {
        /// 1 to 6.
        level: u8,
        /// From `{#anchor}`; else, for level 3 and deeper, `<anchor of the level-2 heading above>-<slug>`; else the slug.
        anchor: String,
        /// Its text.
        text: Vec<Inline>,
    },
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A code block.
    Code {
        /// The whole info string, as written.
        info: String,
        /// Its text without the fences, `\n` at each line's end.
        text: String,
        /// Where `text` stands in the source: the bytes from the first line of code to the last.
        body: Range<usize>,
    },
    /// A list.
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// Its items.
        items: Vec<Item>,
    },
    /// A quotation or, with a kind, an alert.
    Quote {
        /// The kind of alert.
        alert: Option<Alert>,
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// A table.
    Table {
        /// How each column is aligned.
        alignments: Vec<Alignment>,
        /// The header row.
        header: Vec<Vec<Inline>>,
        /// The other rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// The text of a footnote.
    Footnote {
        /// The label it is referred to by.
        label: String,
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// A thematic break.
    Rule,
    /// Raw HTML, shown as it stands.
    Html(String),
}

/// One item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// Done or not, for an item of a task list.
    pub task: Option<bool>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// The five kinds of alert that GitHub's Markdown knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// The alignment of a table's column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Alignment {
    #[default]
    Left,
    Center,
    Right,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Code.
    Code(String),
    /// Emphasised text.
    Emphasis(Vec<Inline>),
    /// Strongly emphasised text.
    Strong(Vec<Inline>),
    /// Text struck out.
    Strike(Vec<Inline>),
    /// A link.
    Link {
        /// Where it leads: a URL, `#anchor` or `chapter.md#anchor`.
        target: String,
        /// Its text.
        text: Vec<Inline>,
    },
    /// An image, of which a terminal shows the description.
    Image {
        /// Where it stands.
        target: String,
        /// The description.
        text: Vec<Inline>,
    },
    /// A reference to a footnote.
    FootnoteReference(String),
    /// A line break that the author asked for.
    HardBreak,
    /// A line break in the source: a space when laid out.
    SoftBreak,
}
