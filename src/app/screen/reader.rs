//! The reader: a chapter's text in a measured column, its table of contents beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::message::Mouse;
use crate::app::model::Model;
use crate::pack::{Chapter, Pack};
use crate::text::markdown::Markdown;
use crate::text::prose::Page;

mod areas;
mod commands;
mod contents;
mod elsewhere;
mod follow;
mod hints;
mod listings;
mod pointer;
mod search;
mod travel;

#[cfg(test)]
mod tests;

pub use areas::{Areas, areas, card_height, run_mark};
pub use contents::{Entry, EntryKind, Mark, contents, contents_scroll, entry_at_hand};
pub use elsewhere::find_in_chapters;
pub use hints::hints;
pub use listings::{listing_at_hand, listing_of};
pub use search::{Match, Search};
pub use travel::{jump, leave, open, open_listing, resume, section_at_hand, share};

/// The lines behind the text: white space and what comes next.
pub const TAIL: usize = 2;

/// The reader's state: the chapter that is open, and where in the others one was.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The pack's id.
    pub pack: String,
    /// The chapter's slug.
    pub chapter: String,
    /// The chapter laid out for this terminal.
    pub page: Arc<Page>,
    /// The exercises that stand on the page, as insertions in this order.
    pub cards: Vec<String>,
    /// The first line shown.
    pub scroll: usize,
    /// The panel that listens.
    pub focus: Focus,
    /// What was chosen with a key.
    pub chosen: Option<Chosen>,
    /// By how many columns a code block is scrolled sideways.
    pub sideways: BTreeMap<usize, usize>,
    /// What is looked for in the text.
    pub search: Option<Search>,
    /// Whether the scrollbar is held with the mouse.
    pub dragging: bool,
    markdown: Arc<Markdown>,
    /// For each heading of the page, the line behind its section.
    ends: Vec<usize>,
    /// Where one was in each chapter.
    places: BTreeMap<(String, String), Spot>,
    /// Where links were followed from.
    trail: Vec<Spot>,
    /// Where one was before a link out of view was chosen.
    strayed: Option<Spot>,
}

/// The two panels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Focus {
    /// The text.
    #[default]
    Text,
    /// The table of contents.
    Contents {
        /// The chosen entry.
        chosen: usize,
    },
}

/// What was chosen in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// A code block of the page.
    Block(usize),
    /// A link of the page.
    Link(usize),
}

/// A place in a pack's text that holds at any width.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Spot {
    pack: String,
    chapter: String,
    /// The heading above; none above the first.
    anchor: Option<String>,
    /// How many lines below it the shown text began.
    below: usize,
}

/// The pack and the chapter that are open.
pub fn at_hand<'m>(model: &'m Model, reader: &Reader) -> Option<(&'m Arc<Pack>, &'m Chapter)> {
    let pack = model.pack_of(&reader.pack)?;
    Some((pack, pack.chapter(&reader.chapter)?))
}

/// What Enter does in the text now.
pub fn primary(model: &Model) -> Primary {
    follow::primary(model)
}

/// Carries out a command.
pub fn command(model: &mut Model, command: Command) -> Vec<Effect> {
    commands::command(model, command)
}

/// Whether keys go to a text field of this screen before any table row.
pub fn captures(model: &Model) -> bool {
    model.reader.as_ref().is_some_and(|reader| matches!(reader.search, Some(Search { typing: Some(_), .. })))
}

/// Answers a key that no row of the table takes.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    search::key(model, key)
}

/// Takes pasted text.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    search::paste(model, text);
    Vec::new()
}

/// Answers the mouse.
pub fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    pointer::mouse(model, mouse)
}

/// Fits the state to the terminal's size.
pub fn resized(model: &mut Model) {
    travel::lay_out_again(model);
}

/// What can be opened with Enter now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Primary {
    /// The chosen link.
    Follow(String),
    /// The exercise in view.
    Exercise(String),
    /// The next chapter, by its slug: the text is at its end.
    NextChapter(String),
    /// More of the text.
    ReadOn,
    /// Nothing: this is the end of the last chapter.
    Nothing,
}
