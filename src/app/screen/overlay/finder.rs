//! The finder: sections, listings, exercises and commands by a few letters of their names.

use std::sync::Arc;

use crate::app::area::{Area, Frame};
use crate::app::editor::grapheme;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::message::{Mouse, MouseKind, NoticeLevel};
use crate::app::model::Model;
use crate::app::screen::{reader, workbench};
use crate::app::update;
use crate::pack::Pack;

mod items;
mod search;

pub use items::{Item, Kind, Target, path};

/// The longest text that is searched for.
const LONGEST: usize = 64;

/// The shortest text that is offered to be looked for in the chapters: one or two letters are everywhere.
const SHORTEST_TEXT: usize = 3;

/// Rows of the finder that are no results: its border, the line of input, a rule.
const CHROME: u16 = 4;

/// The finder's state.
#[derive(Debug, Clone)]
pub struct Finder {
    /// What is searched for.
    pub query: String,
    /// Everything that can be found by its name, and last the search for a text in the chapters.
    pub items: Vec<Item>,
    /// How many have a name.
    named: usize,
    /// The pack whose chapters are searched.
    pack: Arc<Pack>,
    /// What was found, the best first, by place among the items.
    pub found: Vec<usize>,
    /// The chosen result.
    pub chosen: usize,
    /// The first result shown.
    pub scroll: usize,
}

impl Finder {
    /// A finder over all that the model holds.
    pub fn over(model: &Model) -> Self {
        let items = items::of(model);
        let found = (0..items.len()).collect();
        let pack = model.pack().clone();
        Self { query: String::new(), named: items.len(), items, pack, found, chosen: 0, scroll: 0 }
    }

    /// Adds text to what is searched for; line breaks and other control characters count as spaces.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.query.chars().count());
        self.query.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(room));
        self.search();
    }

    /// Moves the choice and keeps it among `rows` that are shown.
    pub fn step(&mut self, by: isize, rows: usize) {
        self.chosen = self.chosen.saturating_add_signed(by).min(self.found.len().saturating_sub(1));
        self.scroll = self.scroll.clamp((self.chosen + 1).saturating_sub(rows.max(1)), self.chosen);
    }

    fn search(&mut self) {
        self.items.truncate(self.named);
        let (found, is_held) = search::search(&self.items, &self.query);
        self.found = found;
        let text = self.query.trim();
        if text.chars().count() >= SHORTEST_TEXT {
            // What the chapters say comes before names that only resemble it.
            let at = if is_held || !self.is_said(text) { self.found.len() } else { 0 };
            self.found.insert(at, self.items.len());
            self.items.push(items::in_chapters(text));
        }
        self.chosen = 0;
        self.scroll = 0;
    }

    /// Whether a chapter says this text, as far as its source tells.
    fn is_said(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.pack.chapters.iter().any(|chapter| chapter.source.to_lowercase().contains(&text))
    }

    fn erase(&mut self, word: bool) {
        grapheme::pop(&mut self.query);
        while word && self.query.chars().next_back().is_some_and(|c| c != ' ') {
            grapheme::pop(&mut self.query);
        }
        self.search();
    }
}

/// Where the finder stands: always the same, so that nothing jumps while results change.
pub(super) fn area(body: Area) -> Area {
    body.centered(90.min(body.width.saturating_sub(2)), 24.min(body.height))
}

/// How many results are shown.
pub(super) fn rows(area: Area) -> usize {
    usize::from(area.height.saturating_sub(CHROME))
}

/// The rows of the results.
pub fn results(area: Area) -> Area {
    let (_, rest) = area.split_top(3);
    rest.split_bottom(1).0
}

pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let shown = rows(area(Frame::of(model.size).body));
    let page = isize::try_from(shown).unwrap_or(1);
    let Some(super::Overlay::Finder(finder)) = &mut model.overlay else { return Vec::new() };
    match (key.code, key.control) {
        (Code::Esc, _) | (Code::Char('c' | 'p'), true) => model.overlay = None,
        (Code::Enter, _) => return go(model),
        (Code::Tab, _) if key.shift => finder.step(-1, shown),
        (Code::Up, _) | (Code::Char('k'), true) => finder.step(-1, shown),
        (Code::Down | Code::Tab, _) | (Code::Char('n' | 'j'), true) => finder.step(1, shown),
        (Code::PageUp, _) => finder.step(-page, shown),
        (Code::PageDown, _) => finder.step(page, shown),
        (Code::Home, _) => finder.step(isize::MIN, shown),
        (Code::End, _) => finder.step(isize::MAX, shown),
        (Code::Backspace, control) => finder.erase(control),
        (Code::Char('w'), true) => finder.erase(true),
        (Code::Char('u'), true) => {
            finder.query.clear();
            finder.search();
        }
        (Code::Char(c), false) if !key.alt => finder.insert(c.encode_utf8(&mut [0; 4])),
        _ => {}
    }
    Vec::new()
}

pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let area = area(Frame::of(model.size).body);
    let (listed, shown) = (results(area), rows(area));
    let Some(super::Overlay::Finder(finder)) = &mut model.overlay else { return Vec::new() };
    match mouse.kind {
        MouseKind::ScrollUp => finder.step(-1, shown),
        MouseKind::ScrollDown => finder.step(1, shown),
        MouseKind::Press | MouseKind::DoublePress if listed.contains(mouse.column, mouse.row) => {
            let pressed = finder.scroll + usize::from(mouse.row - listed.y);
            if pressed < finder.found.len() {
                finder.chosen = pressed;
                return go(model);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Goes to the chosen result, or carries it out.
fn go(model: &mut Model) -> Vec<Effect> {
    let Some(super::Overlay::Finder(finder)) = model.overlay.take() else { return Vec::new() };
    let Some(item) = finder.found.get(finder.chosen).and_then(|at| finder.items.get(*at)) else {
        model.overlay = Some(super::Overlay::Finder(finder));
        return Vec::new();
    };
    match &item.target {
        Target::Section { pack, chapter, anchor } => {
            model.pack = *pack;
            reader::open(model, chapter, anchor.as_deref())
        }
        Target::Listing { pack, chapter, listing } => {
            model.pack = *pack;
            reader::open_listing(model, chapter, listing)
        }
        Target::Exercise { pack, exercise } => {
            model.pack = *pack;
            workbench::open(model, exercise)
        }
        Target::Command(command) => update::on_command(model, *command),
        Target::Text(text) => {
            let found = reader::find_in_chapters(model, text);
            if found.is_none() {
                let why = format!("\u{201c}{text}\u{201d} is in no chapter of this pack");
                model.note(NoticeLevel::Info, why);
                model.overlay = Some(super::Overlay::Finder(finder));
            }
            found.unwrap_or_default()
        }
    }
}
