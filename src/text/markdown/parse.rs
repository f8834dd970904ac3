//! The parser: pulldown-cmark's events gathered into blocks.

use std::iter::Peekable;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{
    Alignment as Aligned, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, OffsetIter, Options,
    Parser, Tag,
};

use crate::text::markdown::anchor::Anchors;
use crate::text::markdown::block::{Alert, Alignment, Block, BlockKind, Inline, Item, Markdown};

/// How deep containers may nest; what is deeper joins the block at this depth, so that no input can exhaust the stack.
const DEPTH: usize = 24;

/// Parses Markdown: `CommonMark` with tables, struck-out text, footnotes, task lists, heading attributes and alerts.
///
/// Any text has a parse; none panics.
pub fn parse(source: &str) -> Markdown {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let events = Parser::new_ext(source, options).into_offset_iter().peekable();
    let mut gather = Gather { source, events, anchors: Anchors::default(), task: None };
    Markdown { blocks: gather.blocks(0) }
}

/// The text of inlines without its markup, on one line.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(inlines, &mut text);
    text
}

fn push_plain(inlines: &[Inline], into: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => into.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                push_plain(inner, into);
            }
            Inline::Link { text, .. } | Inline::Image { text, .. } => push_plain(text, into),
            Inline::HardBreak | Inline::SoftBreak => into.push(' '),
            Inline::FootnoteReference(_) => {}
        }
    }
}

struct Gather<'a> {
    source: &'a str,
    events: Peekable<OffsetIter<'a>>,
    anchors: Anchors,
    /// The mark of the task-list item being read.
    task: Option<bool>,
}

impl<'a> Gather<'a> {
    /// The blocks up to the end of the container at hand, which is taken.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut flattened = 0;
        while let Some((event, source)) = self.events.peek().cloned() {
            if is_inline(&event) {
                blocks.push(self.bare_paragraph(depth));
                continue;
            }
            self.events.next();
            match event {
                Event::End(_) if flattened == 0 => return blocks,
                Event::End(_) => flattened -= 1,
                Event::Start(tag) if depth >= DEPTH && is_container(&tag) => flattened += 1,
                Event::Start(tag) => match self.block(tag, &source, depth) {
                    Some(kind) => blocks.push(Block { kind, source }),
                    None => flattened += 1,
                },
                Event::Rule => blocks.push(Block { kind: BlockKind::Rule, source }),
                Event::TaskListMarker(done) => self.task = Some(done),
                Event::Html(html) => blocks.push(Block { kind: BlockKind::Html(html.into_string()), source }),
                _ => {}
            }
        }
        blocks
    }

    /// A block whose start has been taken; `None` for a tag that is no block of ours.
    fn block(&mut self, tag: Tag<'a>, source: &Range<usize>, depth: usize) -> Option<BlockKind> {
        Some(match tag {
            Tag::Paragraph => BlockKind::Paragraph(self.inlines(depth)),
            Tag::Heading { level, id, .. } => self.heading(level, id.as_deref(), depth),
            Tag::CodeBlock(kind) => self.code(kind, source),
            Tag::List(start) => BlockKind::List { start, items: self.items(depth + 1) },
            Tag::BlockQuote(kind) => {
                BlockKind::Quote { alert: kind.map(alert), blocks: self.blocks(depth + 1) }
            }
            Tag::Table(alignments) => self.table(&alignments, depth),
            Tag::FootnoteDefinition(label) => {
                BlockKind::Footnote { label: label.into_string(), blocks: self.blocks(depth + 1) }
            }
            Tag::HtmlBlock => BlockKind::Html(self.html()),
            _ => return None,
        })
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<&str>, depth: usize) -> BlockKind {
        let text = self.inlines(depth);
        let title = plain(&text);
        let level = level as u8;
        let anchor = if depth == 0 {
            self.anchors.give(level, id, &title)
        } else {
            self.anchors.give_nested(level, id, &title)
        };
        BlockKind::Heading { level, anchor, text }
    }

    fn code(&mut self, kind: CodeBlockKind<'a>, source: &Range<usize>) -> BlockKind {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.trim().to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        let mut text = String::new();
        let mut body: Option<Range<usize>> = None;
        for (event, at) in self.events.by_ref() {
            match event {
                Event::Text(piece) => {
                    text.push_str(&piece);
                    body.get_or_insert(at.clone()).end = at.end;
                }
                _ => break,
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let body = body.unwrap_or_else(|| {
            let first_line =
                self.source[source.clone()].find('\n').map_or(source.end, |at| source.start + at + 1);
            first_line..first_line
        });
        BlockKind::Code { info, text, body }
    }

    fn items(&mut self, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), _)) = self.events.next() {
            let outer = self.task.take();
            let blocks = self.blocks(depth);
            items.push(Item { task: mem::replace(&mut self.task, outer), blocks });
        }
        items
    }

    fn table(&mut self, alignments: &[Aligned], depth: usize) -> BlockKind {
        let alignments = alignments.iter().copied().map(alignment).collect();
        let mut rows = Vec::new();
        while let Some((Event::Start(_), _)) = self.events.next() {
            let mut cells = Vec::new();
            while let Some((Event::Start(_), _)) = self.events.next() {
                cells.push(self.inlines(depth));
            }
            rows.push(cells);
        }
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        BlockKind::Table { alignments, header, rows }
    }

    fn html(&mut self) -> String {
        let mut html = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Html(piece) | Event::Text(piece) => html.push_str(&piece),
                _ => break,
            }
        }
        html
    }

    /// The running text of a tight list's item, which no paragraph encloses.
    fn bare_paragraph(&mut self, depth: usize) -> Block {
        let mut text = Vec::new();
        let mut source: Option<Range<usize>> = None;
        while let Some((event, at)) = self.events.next_if(|(event, _)| is_inline(event)) {
            source.get_or_insert(at.clone()).end = at.end;
            self.inline(event, &mut text, depth);
        }
        Block { kind: BlockKind::Paragraph(text), source: source.unwrap_or_default() }
    }

    /// The inlines up to the end of the element at hand, which is taken.
    fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        let mut flattened = 0;
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::End(_) if flattened == 0 => break,
                Event::End(_) => flattened -= 1,
                Event::Start(_) if depth >= DEPTH => flattened += 1,
                event => self.inline(event, &mut inlines, depth),
            }
        }
        inlines
    }

    fn inline(&mut self, event: Event<'a>, into: &mut Vec<Inline>, depth: usize) {
        match event {
            Event::Text(text) => push_text(into, &text),
            Event::Code(code) => into.push(Inline::Code(code.into_string())),
            Event::InlineHtml(html) | Event::Html(html) => push_html(into, &html),
            Event::FootnoteReference(label) => into.push(Inline::FootnoteReference(label.into_string())),
            Event::SoftBreak => into.push(Inline::SoftBreak),
            Event::HardBreak => into.push(Inline::HardBreak),
            Event::TaskListMarker(done) => self.task = Some(done),
            Event::Start(tag) => {
                let inner = self.inlines(depth + 1);
                match tag {
                    Tag::Emphasis => into.push(Inline::Emphasis(inner)),
                    Tag::Strong => into.push(Inline::Strong(inner)),
                    Tag::Strikethrough => into.push(Inline::Strike(inner)),
                    Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                        into.push(Inline::Link { target: format!("mailto:{dest_url}"), text: inner });
                    }
                    Tag::Link { dest_url, .. } => {
                        into.push(Inline::Link { target: dest_url.into_string(), text: inner });
                    }
                    Tag::Image { dest_url, .. } => {
                        into.push(Inline::Image { target: dest_url.into_string(), text: inner });
                    }
                    _ => into.extend(inner),
                }
            }
            _ => {}
        }
    }
}

fn push_text(into: &mut Vec<Inline>, text: &str) {
    match into.last_mut() {
        Some(Inline::Text(last)) => last.push_str(text),
        _ => into.push(Inline::Text(text.to_owned())),
    }
}

/// Shows inline HTML as it stands, but a line break as one and a comment not at all.
fn push_html(into: &mut Vec<Inline>, html: &str) {
    match html {
        "<br>" | "<br/>" | "<br />" => into.push(Inline::HardBreak),
        _ if html.starts_with("<!--") => {}
        _ => push_text(into, html),
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_)
        | Event::Code(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::SoftBreak
        | Event::HardBreak => true,
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        _ => false,
    }
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::List(_) | Tag::Item | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_))
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn alignment(alignment: Aligned) -> Alignment {
    match alignment {
        Aligned::None | Aligned::Left => Alignment::Left,
        Aligned::Center => Alignment::Center,
        Aligned::Right => Alignment::Right,
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
