//! From Markdown to a chapter: sections and listings, and the links that must lead somewhere.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::pack::embedded;
use crate::pack::fields::Text;
use crate::pack::info::{self, Info, Named};
use crate::pack::marks;
use crate::pack::model::{Chapter, Claim, Listing, Section};
use crate::pack::problem::{Problem, Problems};
use crate::pack::shared_text::SharedText;
use crate::text::markdown::{self, Block, BlockKind, Inline};

/// The dependency set of a listing that names none.
const DEFAULT_SET: &str = "none";
/// So many mistakes of a kind are told of one chapter.
const MANY: usize = 20;
/// The template's set with the most crates.
const RICH_SET: &str = "service";

/// A chapter and what the rest of the pack is checked against.
#[derive(Debug)]
pub(super) struct Outline {
    pub(super) chapter: Chapter,
    /// Every anchor, that of the title too.
    pub(super) anchors: BTreeSet<String>,
    /// Link targets and the bytes of the block that each stands in.
    pub(super) links: Vec<(String, Range<usize>)>,
    /// Where the headings of level 1 stand.
    titles: Vec<Range<usize>>,
    /// Where the info string of each listing stands.
    infos: Vec<Range<usize>>,
    /// Where images are said to be, and the bytes of the block that each stands in.
    pub(super) images: Vec<(String, Range<usize>)>,
    /// Where anchors stand that were asked for and had been given to another heading.
    taken: Vec<Range<usize>>,
    /// Where fences stand that no other one closes.
    unclosed: Vec<Range<usize>>,
}

/// Reads a chapter of a pack and reports what is wrong in it.
pub(super) fn read(
    slug: &str,
    file: &str,
    source: &SharedText,
    sets: &[&str],
    problems: &mut Problems,
) -> Outline {
    let text = Text { file, text: source };
    let mut outline = outline(slug, source);
    match &outline.titles[..] {
        [] => {
            let help = "begin with a line such as `# Service layer`";
            problems.push(text.error(0..0, "the chapter has no title").help(help));
        }
        // Nobody reads them all, and to find the line of each takes a look at the whole text.
        [_, others @ ..] => others.iter().take(MANY).for_each(|title| {
            let problem = text.error(title.clone(), "a chapter has one title, this is another");
            problems.push(problem.help("write `##` for a section"));
        }),
    }
    check_marks(&outline, text, problems);
    let mut ids = BTreeSet::new();
    for (listing, bytes) in outline.chapter.listings.iter_mut().zip(&outline.infos) {
        if problems.is_full() {
            break;
        }
        let within = |part: Range<usize>| bytes.start + part.start..bytes.start + part.end;
        let (info, mistakes) = info::parse(&text.text[bytes.clone()]);
        for mistake in mistakes {
            let problem = text.error(within(mistake.bytes), mistake.message);
            problems.push(Problem { help: mistake.help, ..problem });
        }
        if let Some(Named { name, bytes }) =
            info.set.as_ref().filter(|set| !sets.contains(&set.name.as_str()))
        {
            let message = format!("unknown dependency set `{name}`");
            let help = problems.suggest(name, sets);
            problems.push(text.error(within(bytes.clone()), message).help(help));
        }
        let at = info.id.as_ref().map_or(bytes.clone(), |id| within(id.bytes.clone()));
        apply(info, listing);
        if !ids.insert(listing.id.clone()) {
            let problem = text.error(at, format!("another listing has the id `{}`", listing.id));
            problems.push(problem.help("give each listing of a chapter an id of its own"));
        }
    }
    outline
}

/// Reports anchors that are taken and fences that are not closed: a parser makes the best of both.
fn check_marks(outline: &Outline, text: Text<'_>, problems: &mut Problems) {
    for anchor in outline.taken.iter().take(MANY) {
        let message = format!("another heading has the anchor `{}`", &text.text[anchor.clone()]);
        let problem = text.error(anchor.clone(), message);
        problems.push(problem.help("give each heading of a chapter an anchor of its own"));
    }
    for fence in outline.unclosed.iter().take(MANY) {
        let problem = text.error(fence.clone(), "this fence is never closed");
        problems.push(problem.help("close it with a line of the same marks, and no fewer"));
    }
}

/// Lets an info string say what a listing is.
fn apply(info: Info, listing: &mut Listing) {
    if let Some(id) = info.id {
        listing.id = id.name;
    }
    listing.file = info.file;
    listing.run = info.run;
    let unsaid = if info.run { Claim::Compiles } else { Claim::Nothing };
    listing.claim = info.claim.unwrap_or(unsaid);
    if let Some(set) = info.set {
        listing.set = set.name;
    }
}

impl Chapter {
    /// A chapter from any Markdown. Of an info string only the language counts, a Rust listing with a `main` can be run,
    /// and its dependency set is the template's that has the crates it names.
    pub fn from_markdown(slug: &str, source: impl Into<SharedText>) -> Self {
        let mut chapter = outline(slug, &source.into()).chapter;
        let crates = embedded::template_crates(RICH_SET);
        for listing in &mut chapter.listings {
            listing.run = listing.language == "rust" && has_main(&listing.code);
            if listing.run && crates.iter().any(|name| listing.code.contains(&format!("{name}::"))) {
                RICH_SET.clone_into(&mut listing.set);
            }
        }
        chapter
    }
}

fn has_main(code: &str) -> bool {
    code.lines().any(|line| {
        let line = line.trim_start_matches("pub ").trim_start_matches("async ");
        line.starts_with("fn main()")
    })
}

/// Headings, listings and links, without judging any of them.
fn outline(slug: &str, source: &SharedText) -> Outline {
    let parsed = markdown::parse(source);
    let chapter = Chapter {
        slug: slug.to_owned(),
        title: String::new(),
        source: source.clone(),
        sections: Vec::new(),
        listings: Vec::new(),
    };
    let mut outline = Outline {
        chapter,
        anchors: BTreeSet::new(),
        links: Vec::new(),
        titles: Vec::new(),
        infos: Vec::new(),
        images: Vec::new(),
        taken: Vec::new(),
        unclosed: Vec::new(),
    };
    outline.blocks(&parsed.blocks);
    outline
}

impl Outline {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { level, anchor, text } => {
                    if *level == 1 {
                        self.titles.push(block.source.clone());
                    }
                    let title = markdown::plain(text);
                    self.taken.extend(marks::taken(&self.chapter.source, &block.source, anchor, &title));
                    self.heading(*level, anchor, title);
                    self.inlines(text, &block.source);
                }
                BlockKind::Code { text, body, .. } => self.listing(block.source.clone(), text, body.clone()),
                BlockKind::Paragraph(text) => self.inlines(text, &block.source),
                BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
                BlockKind::Quote { blocks, .. } | BlockKind::Footnote { blocks, .. } => self.blocks(blocks),
                BlockKind::Table { header, rows, .. } => {
                    header
                        .iter()
                        .chain(rows.iter().flatten())
                        .for_each(|cell| self.inlines(cell, &block.source));
                }
                BlockKind::Rule | BlockKind::Html(_) => {}
            }
        }
    }

    fn heading(&mut self, level: u8, anchor: &str, title: String) {
        self.anchors.insert(anchor.to_owned());
        if self.chapter.title.is_empty() {
            self.chapter.title.clone_from(&title);
        }
        if level > 1 {
            self.chapter.sections.push(Section { anchor: anchor.to_owned(), title, level });
        }
    }

    fn listing(&mut self, block: Range<usize>, text: &str, body: Range<usize>) {
        self.unclosed.extend(marks::unclosed(&self.chapter.source, &block));
        let info = info_string(&self.chapter.source, block);
        let language = markdown::language(&self.chapter.source[info.clone()]).to_lowercase();
        let number = self.chapter.listings.len() + 1;
        let code = if language == "rust" { unhidden(text) } else { text.to_owned() };
        self.infos.push(info);
        self.chapter.listings.push(Listing {
            id: format!("{}-{number}", self.chapter.slug),
            language,
            file: None,
            claim: Claim::Nothing,
            run: false,
            set: DEFAULT_SET.to_owned(),
            code,
            section: self.chapter.sections.last().map(|section| section.anchor.clone()).unwrap_or_default(),
            body,
        });
    }

    fn inlines(&mut self, inlines: &[Inline], block: &Range<usize>) {
        for inline in inlines {
            match inline {
                Inline::Link { target, text } => {
                    self.links.push((target.clone(), block.clone()));
                    self.inlines(text, block);
                }
                Inline::Image { target, text } => {
                    self.images.push((target.clone(), block.clone()));
                    self.inlines(text, block);
                }
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                    self.inlines(inner, block);
                }
                _ => {}
            }
        }
    }
}

/// The bytes of a code block's info string; empty for a block that is set off by indentation.
fn info_string(source: &str, block: Range<usize>) -> Range<usize> {
    let first_line = source[block.clone()].lines().next().unwrap_or_default();
    let fence = first_line.trim_start();
    let Some(mark) = fence.chars().next().filter(|mark| "`~".contains(*mark)) else {
        return block.start..block.start;
    };
    let info = fence.trim_start_matches(mark);
    if fence.len() - info.len() < 3 {
        return block.start..block.start;
    }
    let start = block.start + first_line.len() - info.trim_start().len();
    start..start + info.trim().len()
}

/// A listing's whole code: hidden lines without their marks.
fn unhidden(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for line in text.lines() {
        code.push_str(markdown::hidden(line).unwrap_or(line));
        code.push('\n');
    }
    code
}

#[cfg(test)]
mod tests;
