//! `list`: chapters, sections and exercises, and how far the learner is.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::failure::{EXIT_OK, Failure};
use crate::headless::command::Format;
use crate::headless::console::Console;
use crate::headless::session::Session;
use crate::pack::{Chapter, Exercise, Kind, Listing, Pack, Section};
use crate::progress::{ExerciseRecord, Record, State};
use crate::text::width::{clip, pad, width};
use crate::text::{Line, Role, Span, Style, sanitise};

/// Lists everything.
pub(super) fn run(format: Format, listings: bool, session: &mut Session) -> Result<u8, Failure> {
    let record = session.record()?;
    match format {
        Format::Human => {
            for pack in &session.packs {
                write_pack(pack, &record, listings, &mut session.console);
            }
            let any = |pack: &Arc<Pack>| pack.chapters.iter().any(|chapter| !chapter.listings.is_empty());
            if !listings && session.packs.iter().any(any) {
                session.console.note("`patterns-tui list --listings` lists the listings too");
            }
        }
        Format::Json => {
            let packs: Vec<_> = session.packs.iter().map(|pack| pack_value(pack, &record)).collect();
            let list = json!({ "schema": 1, "type": "list", "packs": packs });
            session.console.raw(&format!("{list:#}\n"));
        }
    }
    Ok(EXIT_OK)
}

fn write_pack(pack: &Pack, record: &Record, listings: bool, console: &mut Console) {
    let passed = pack
        .exercises
        .iter()
        .filter(|exercise| record.state(&pack.id, &exercise.id) == State::Passed)
        .count();
    let mut title = vec![
        Span::new(sanitise(&pack.title), Style::of(Role::Heading(1)).bold()),
        Span::new(format!("  {} {}", pack.id, pack.version), Role::Muted),
    ];
    if !pack.exercises.is_empty() {
        title.push(Span::plain(format!("  {passed} of {} exercises passed", pack.exercises.len())));
    }
    console.line(&Line::from(title));
    let names = pack.exercises.iter().map(|exercise| width(&exercise.id)).max().unwrap_or(0);
    let titles = pack.exercises.iter().map(|exercise| width(&exercise.title)).max().unwrap_or(0).min(48);
    for (at, chapter) in pack.chapters.iter().enumerate() {
        console.blank();
        console.line(&Line::from(vec![
            Span::new(
                format!("{}  {}", at + 1, sanitise(&chapter.title)),
                Style::of(Role::Heading(2)).bold(),
            ),
            Span::new(format!("  {}", chapter.slug), Role::Muted),
        ]));
        let listed = Listed { pack, record, listings, names, titles, columns: console.columns() };
        listed.write_what_is_in(chapter, "", console);
        for section in chapter.sections.iter().filter(|section| section.level == 2) {
            write_section(chapter, section, pack, record, console);
            listed.write_what_is_in(chapter, &section.anchor, console);
        }
    }
}

fn write_section(chapter: &Chapter, section: &Section, pack: &Pack, record: &Record, console: &mut Console) {
    let name = format!("{}#{}", chapter.slug, section.anchor);
    let read = record.read.get(&pack.id).is_some_and(|read| read.contains(&name));
    let mark = if read { console.mark("✓", "+") } else { " " };
    console.line(&Line::from(vec![
        Span::new(format!("   {mark} "), Role::Success),
        Span::plain(sanitise(&section.title)),
        Span::new(format!("  {name}"), Role::Muted),
    ]));
}

struct Listed<'a> {
    pack: &'a Pack,
    record: &'a Record,
    /// Whether the listings are listed.
    listings: bool,
    /// The columns that ids take.
    names: usize,
    /// The columns that titles take where there is room.
    titles: usize,
    /// The columns of the terminal.
    columns: usize,
}

impl Listed<'_> {
    /// The listings and the exercises of a level-2 section and of the sections below it.
    fn write_what_is_in(&self, chapter: &Chapter, anchor: &str, console: &mut Console) {
        for listing in chapter.listings.iter().filter(|_| self.listings) {
            if top_section(chapter, &listing.section) == anchor {
                write_listing(listing, console);
            }
        }
        for exercise in self.pack.exercises_of(&chapter.slug) {
            if top_section(chapter, &exercise.section.anchor) == anchor {
                self.write(exercise, console);
            }
        }
    }

    fn write(&self, exercise: &Exercise, console: &mut Console) {
        let state = self.record.state(&self.pack.id, &exercise.id);
        let (mark, role) = mark_of(state, console);
        let mut words = format!("{} · {} min", exercise.difficulty.name(), exercise.minutes);
        let room = self.columns.saturating_sub(BESIDE + self.names);
        // The mark says it too.
        if room >= self.titles + LONGEST + STATE {
            words.extend([" · ", word(state)]);
        }
        if self.pack.opt_in(&exercise.set).is_some() {
            words += " · crates on request";
        }
        if self.record.is_revealed(&self.pack.id, &exercise.id) {
            words += " · answer revealed";
        }
        let titles = self.titles.min(room.saturating_sub(LONGEST.max(width(&words)))).max(12);
        let title = clip(&sanitise(&exercise.title), titles);
        console.line(&Line::from(vec![
            Span::new(format!("       {mark} "), role),
            Span::new(pad(&exercise.id, self.names), Role::Accent),
            Span::plain(format!("  {}  ", pad(&title, titles))),
            Span::new(if console.ascii() { words.replace('·', "-") } else { words }, Role::Muted),
        ]));
    }
}

/// The columns around a name and a title.
const BESIDE: usize = 13;

/// The columns of the longest words on an exercise, `medium · 600 min`, and of those on its state, ` · not started`.
const LONGEST: usize = 16;
const STATE: usize = 14;

fn write_listing(listing: &Listing, console: &mut Console) {
    let language = if listing.language.is_empty() { "text" } else { &listing.language };
    let run = if listing.run { ", can be run" } else { "" };
    let file = listing.file.as_ref().map(|file| format!("  {}", sanitise(file))).unwrap_or_default();
    console.line(&Line::from(vec![
        Span::new(format!("       {} ", console.mark("›", ">")), Role::Muted),
        Span::plain(sanitise(&listing.id)),
        Span::new(format!("{file}  {}{run}", sanitise(language)), Role::Muted),
    ]));
}

/// The level-2 section that a section stands in; empty before the first and where there is none of this name.
fn top_section<'a>(chapter: &'a Chapter, anchor: &str) -> &'a str {
    let Some(at) = chapter.sections.iter().position(|section| section.anchor == anchor) else { return "" };
    let above = chapter.sections[..=at].iter().rev().find(|section| section.level == 2);
    above.map_or("", |section| &section.anchor)
}

/// The mark of a state and what it means.
pub(super) fn mark_of(state: State, console: &Console) -> (&'static str, Role) {
    match state {
        State::New => (console.mark("○", "o"), Role::Muted),
        State::Started => (console.mark("◐", "~"), Role::Accent),
        State::Passed => (console.mark("✓", "+"), Role::Success),
    }
}

fn word(state: State) -> &'static str {
    match state {
        State::New => "not started",
        State::Started => "started",
        State::Passed => "passed",
    }
}

/// A kind of exercise in words.
pub(super) fn kind(of: Kind) -> &'static str {
    match of {
        Kind::Implement => "implement",
        Kind::Repair => "repair",
        Kind::Test => "test",
        Kind::Quiz => "quiz",
    }
}

fn pack_value(pack: &Pack, record: &Record) -> Value {
    let chapters: Vec<_> = pack.chapters.iter().map(|chapter| chapter_value(pack, chapter, record)).collect();
    json!({
        "id": pack.id,
        "title": pack.title,
        "version": pack.version.to_string(),
        "chapters": chapters,
    })
}

fn chapter_value(pack: &Pack, chapter: &Chapter, record: &Record) -> Value {
    let read = record.read.get(&pack.id);
    let sections: Vec<_> = chapter
        .sections
        .iter()
        .map(|section| {
            let name = format!("{}#{}", chapter.slug, section.anchor);
            json!({
                "name": name,
                "title": section.title,
                "level": section.level,
                "read": read.is_some_and(|read| read.contains(&name)),
            })
        })
        .collect();
    let listings: Vec<_> = chapter
        .listings
        .iter()
        .map(|listing| json!({ "id": listing.id, "language": listing.language, "run": listing.run }))
        .collect();
    let exercises: Vec<_> =
        pack.exercises_of(&chapter.slug).map(|exercise| exercise_value(pack, exercise, record)).collect();
    json!({
        "slug": chapter.slug,
        "title": chapter.title,
        "sections": sections,
        "listings": listings,
        "exercises": exercises,
    })
}

fn exercise_value(pack: &Pack, exercise: &Exercise, record: &Record) -> Value {
    let known = record.exercise(&pack.id, &exercise.id);
    // A pack may ask other questions now, and have other tests.
    let passing = |known: &ExerciseRecord| match exercise.kind {
        Kind::Quiz => known.tally(exercise).right,
        _ => exercise.tests_in_order().filter(|test| known.passing.contains(*test)).count(),
    };
    let state = match record.state(&pack.id, &exercise.id) {
        State::New => "new",
        State::Started => "started",
        State::Passed => "passed",
    };
    json!({
        "id": exercise.id,
        "title": exercise.title,
        "section": exercise.section.to_string(),
        "kind": kind(exercise.kind),
        "difficulty": exercise.difficulty.name(),
        "minutes": exercise.minutes,
        "dependencies": exercise.set,
        "state": state,
        "revealed": known.is_some_and(|known| known.revealed),
        "tests": exercise.tests_in_order().count(),
        "passing": known.map_or(0, passing),
        "attempts": known.map_or(0, |known| known.attempts),
    })
}
