//! How a document falls into chapters: at its top headings, or at the second ones below a single title.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::text::markdown::{self, Block, BlockKind, Inline, Item};

/// With more headings than this it is no book but a list, and stays in one piece.
const MAX_PARTS: usize = 400;
/// How many link reference definitions are looked after.
const MAX_DEFINITIONS: usize = 1_000;
/// A longer line, in bytes, is none of them.
const LONGEST_DEFINITION: usize = 2_000;

/// A document's title and parts.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// The text of the heading that stands for the whole document.
    pub(super) title: Option<String>,
    /// The parts; none if the document is not to be divided.
    pub(super) parts: Vec<Part<'a>>,
    /// Link reference definitions, as in `[name]: https://…`, and where they stand.
    pub(super) definitions: Vec<Definition<'a>>,
}

/// A link reference definition.
#[derive(Debug)]
pub(super) struct Definition<'a> {
    /// Where its line begins.
    pub(super) at: usize,
    /// What a reference to it says, as [`labels`] gives it.
    pub(super) label: String,
    pub(super) line: &'a str,
}

/// What stands in square brackets anywhere in a text: its references are among it.
pub(super) fn labels(text: &str) -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    let mut open = None;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open = Some(at + 1),
            b']' => labels.extend(open.take().map(|start| label(&text[start..at]))),
            _ => {}
        }
    }
    labels
}

/// A label as it is compared: case and white space do not count.
fn label(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A part of a document that becomes a chapter.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) title: String,
    pub(super) bytes: Range<usize>,
    text: &'a str,
    /// The headings in it that move up a level, from the start of the part.
    promote: Vec<Range<usize>>,
}

/// A heading at the top level of the document.
struct Heading {
    level: u8,
    title: String,
    bytes: Range<usize>,
}

/// Finds the title and the parts of a document.
pub(super) fn outline(source: &str) -> Outline<'_> {
    let parsed = markdown::parse(source);
    let headings: Vec<Heading> = parsed.blocks.iter().filter_map(heading).collect();
    let count = |level| headings.iter().filter(|heading| heading.level == level).count();
    let definitions = definitions(source, &parsed.blocks);
    let title = match count(1) {
        1 => headings.iter().find(|heading| heading.level == 1).map(|heading| heading.title.clone()),
        0 if headings.len() == 1 => Some(headings[0].title.clone()),
        _ => None,
    }
    .filter(|title| !title.trim().is_empty());
    let divide_at = match (count(1), count(2)) {
        (2..=MAX_PARTS, _) => 1,
        (0 | 1, 2..=MAX_PARTS) => 2,
        _ => return Outline { title, parts: Vec::new(), definitions },
    };
    let cut = Cut { source, blocks: &parsed.blocks, headings: &headings, level: divide_at };
    let parts = cut.parts(title.as_deref());
    Outline { title, parts, definitions }
}

fn heading(block: &Block) -> Option<Heading> {
    let BlockKind::Heading { level, text, .. } = &block.kind else { return None };
    Some(Heading { level: *level, title: markdown::plain(text), bytes: block.source.clone() })
}

/// A document about to be cut at the headings of one level.
struct Cut<'a, 'b> {
    source: &'a str,
    blocks: &'b [Block],
    headings: &'b [Heading],
    level: u8,
}

impl<'a> Cut<'a, '_> {
    fn parts(&self, title: Option<&str>) -> Vec<Part<'a>> {
        let cuts: Vec<&Heading> =
            self.headings.iter().filter(|heading| heading.level == self.level).collect();
        let mut parts = Vec::new();
        let first = cuts.first().map_or(0, |heading| heading.bytes.start);
        let says_something = |bytes: &Range<usize>| {
            self.blocks_in(bytes)
                .any(|block| !matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Rule))
        };
        if says_something(&(0..first)) {
            parts.push(self.part(title.unwrap_or("Introduction"), 0..first));
        }
        for (number, heading) in cuts.iter().enumerate() {
            let end = cuts.get(number + 1).map_or(self.source.len(), |next| next.bytes.start);
            let bytes = heading.bytes.start..end;
            if !self.is_contents(&bytes) {
                parts.push(self.part(&heading.title, bytes));
            }
        }
        parts
    }

    fn part(&self, title: &str, bytes: Range<usize>) -> Part<'a> {
        let promote = self
            .headings
            .iter()
            .filter(|heading| bytes.contains(&heading.bytes.start))
            .filter(|heading| self.level > 1 && heading.level >= self.level)
            .map(|heading| heading.bytes.start - bytes.start..heading.bytes.end - bytes.start)
            .collect();
        Part { title: title.to_owned(), text: &self.source[bytes.clone()], bytes, promote }
    }

    /// Whether a part is a table of contents: below its heading, nothing but links into the document.
    fn is_contents(&self, bytes: &Range<usize>) -> bool {
        let mut lists = 0;
        let all = self.blocks_in(bytes).all(|block| match &block.kind {
            BlockKind::List { items, .. } => {
                lists += 1;
                items.iter().all(is_entry)
            }
            BlockKind::Rule => true,
            BlockKind::Heading { .. } => block.source.start == bytes.start,
            _ => false,
        });
        all && lists > 0
    }

    fn blocks_in(&self, bytes: &Range<usize>) -> impl Iterator<Item = &Block> {
        let index = |at: usize| self.blocks.partition_point(|block| block.source.start < at);
        self.blocks[index(bytes.start)..index(bytes.end)].iter()
    }
}

/// Whether an item of a list is only a link to a heading, or a list of such below one.
fn is_entry(item: &Item) -> bool {
    item.blocks.iter().all(|block| match &block.kind {
        BlockKind::Paragraph(text) => {
            matches!(&text[..], [Inline::Link { target, .. }] if target.starts_with('#'))
        }
        BlockKind::List { items, .. } => items.iter().all(is_entry),
        _ => false,
    })
}

/// The lines that define what a reference links to. They are no blocks, so they stand between blocks.
fn definitions<'a>(source: &'a str, blocks: &[Block]) -> Vec<Definition<'a>> {
    let mut definitions = Vec::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let at = start;
        start += line.len();
        if line.len() > LONGEST_DEFINITION || definitions.len() >= MAX_DEFINITIONS {
            continue;
        }
        let Some((name, _)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")) else {
            continue;
        };
        let before = blocks.partition_point(|block| block.source.start <= at);
        let in_block = before > 0 && blocks[before - 1].source.contains(&at);
        if !name.starts_with('^') && !in_block {
            definitions.push(Definition { at, label: label(name), line: line.trim_end() });
        }
    }
    definitions
}

impl Part<'_> {
    /// The part's text, with its headings moved up so that its own is the first of a chapter.
    pub(super) fn promoted(&self) -> String {
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for heading in &self.promote {
            text.push_str(&self.text[done..heading.start]);
            text.push_str(&promoted(&self.text[heading.clone()]));
            done = heading.end;
        }
        text.push_str(&self.text[done..]);
        text
    }
}

/// One heading a level higher, whichever way it is written.
fn promoted(heading: &str) -> String {
    if let Some(rest) = heading.trim_start().strip_prefix('#') {
        return rest.to_owned();
    }
    // The only underlined heading below the first level is the second, underlined with hyphens.
    let body = heading.trim_end();
    let (text, underline) = body.rsplit_once('\n').unwrap_or((body, ""));
    format!("{text}\n{}{}", underline.replace('-', "="), &heading[body.len()..])
}
