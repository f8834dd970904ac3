//! What the finder finds.

use crate::app::command::Command;
use crate::app::keymap::{self, BINDINGS, Context};
use crate::app::model::{Model, Screen};
use crate::app::screen::overlay::help::{about, idle};
use crate::app::update;
use crate::pack::{Chapter, Pack, Section};

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub title: String,
    /// Where it stands, or the key of a command.
    pub place: String,
    /// Where it leads.
    pub target: Target,
}

/// The kinds of thing that can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Chapter,
    Section,
    Exercise,
    Listing,
    Command,
    Text,
}

/// Where something found leads.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it; pack is its place among those that are open")]
pub enum Target {
    Section { pack: usize, chapter: String, anchor: Option<String> },
    Listing { pack: usize, chapter: String, listing: String },
    Exercise { pack: usize, exercise: String },
    Command(Command),
    Text(String),
}

impl Kind {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Exercise => "exercise",
            Self::Listing => "listing",
            Self::Command => "command",
            Self::Text => "text",
        }
    }
}

/// Everything that can be found: of the pack at hand, of the other packs, and the commands that hold now.
pub(super) fn of(model: &Model) -> Vec<Item> {
    let mut items = Vec::new();
    let others = (0..model.packs.len()).filter(|other| *other != model.pack);
    for at in std::iter::once(model.pack).chain(others) {
        let pack = &model.packs[at];
        for chapter in &pack.chapters {
            chapter_items(&mut items, at, chapter);
        }
        items.extend(exercises(at, pack));
        for chapter in &pack.chapters {
            items.extend(listings(at, chapter));
        }
    }
    items.extend(commands(model.screen, update::context(model), !model.pack().map.is_empty()));
    items
}

/// The search for a text in what the chapters say.
pub(super) fn in_chapters(query: &str) -> Item {
    Item {
        kind: Kind::Text,
        title: format!("Find \u{201c}{query}\u{201d} in this pack's chapters"),
        place: String::new(),
        target: Target::Text(query.to_owned()),
    }
}

fn chapter_items(items: &mut Vec<Item>, pack: usize, chapter: &Chapter) {
    let target = |anchor| Target::Section { pack, chapter: chapter.slug.clone(), anchor };
    let title = chapter.title.clone();
    items.push(Item { kind: Kind::Chapter, title, place: String::new(), target: target(None) });
    items.extend(chapter.sections.iter().map(|section| Item {
        kind: Kind::Section,
        title: section.title.clone(),
        place: path(chapter, &section.anchor),
        target: target(Some(section.anchor.clone())),
    }));
}

/// Where a section stands: the pattern that it is a part of, and the chapter.
pub fn path(chapter: &Chapter, anchor: &str) -> String {
    let at = chapter.sections.iter().position(|section| section.anchor == anchor).unwrap_or(0);
    let level = chapter.sections.get(at).map_or(0, |section| section.level);
    let above =
        chapter.sections[..at].iter().rev().find(|section| section.level < level && section.level > 1);
    above.map_or_else(|| chapter.title.clone(), |above| format!("{} · {}", above.title, chapter.title))
}

/// What stands in a section: the section, and where that stands.
fn below(chapter: &Chapter, section: &Section) -> String {
    format!("{} · {}", section.title, path(chapter, &section.anchor))
}

fn exercises(at: usize, pack: &Pack) -> impl Iterator<Item = Item> {
    pack.exercises.iter().map(move |exercise| Item {
        kind: Kind::Exercise,
        title: exercise.title.clone(),
        place: exercise.id.clone(),
        target: Target::Exercise { pack: at, exercise: exercise.id.clone() },
    })
}

fn listings(pack: usize, chapter: &Chapter) -> impl Iterator<Item = Item> {
    chapter.listings.iter().map(move |listing| {
        let section = chapter.sections.iter().find(|section| section.anchor == listing.section);
        Item {
            kind: Kind::Listing,
            title: listing.file.as_ref().unwrap_or(&listing.id).clone(),
            place: section.map_or_else(|| chapter.title.clone(), |section| below(chapter, section)),
            target: Target::Listing { pack, chapter: chapter.slug.clone(), listing: listing.id.clone() },
        }
    })
}

/// The commands with a key here, without those that only move or say nothing without their key; and the screens that open from
/// everywhere.
fn commands(screen: Screen, context: Context, mapped: bool) -> impl Iterator<Item = Item> {
    let beside = if screen == Screen::Playground { Context::Playground } else { Context::Panels };
    let holds = move |command: Command| {
        let of = |context| BINDINGS.iter().any(|row| row.context == context && row.command == command);
        let held = of(context) || of(Context::Anywhere) || (context == Context::Editor && of(beside));
        let leads = match command {
            Command::Map => mapped && screen != Screen::Map,
            Command::Playground => screen != Screen::Playground,
            _ => false,
        };
        leads || (held && !idle(screen, context, command))
    };
    Command::ALL.iter().filter(move |command| !moves(**command) && holds(**command)).map(move |command| {
        Item {
            kind: Kind::Command,
            title: named(*command, about(screen, context, *command)),
            place: keymap::key_for(context, *command).map(|key| key.to_string()).unwrap_or_default(),
            target: Target::Command(*command),
        }
    })
}

/// What a command does, after what the bottom line calls it where the sentence does not say so: it is looked for by both.
fn named(command: Command, about: &str) -> String {
    let title = command.title();
    let lower = about.to_lowercase();
    let said = lower.split(|c: char| !c.is_alphanumeric());
    if title.split(' ').all(|word| said.clone().any(|said| said == word)) {
        return about.to_owned();
    }
    let mut letters = title.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let mut rest = about.chars();
    let lowered = rest.next().into_iter().flat_map(char::to_lowercase);
    let title: String = first.chain(letters).collect();
    format!("{title}: {}{}", lowered.collect::<String>(), rest.as_str())
}

const fn moves(command: Command) -> bool {
    use Command::{
        Advance, Answer, Back, Bottom, Down, Finder, Left, NextPanel, Open, PageDown, PageUp, PreviousPanel,
        Right, Top, Up,
    };
    matches!(
        command,
        Open | Advance
            | Answer
            | Back
            | Finder
            | Up
            | Down
            | Left
            | Right
            | PageUp
            | PageDown
            | Top
            | Bottom
            | NextPanel
            | PreviousPanel
    )
}
