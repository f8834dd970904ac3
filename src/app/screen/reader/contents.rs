//! The table of contents: the chapter's sections with their marks, those of the section at hand unfolded.

use crate::app::model::Model;
use crate::app::screen::reader::{Reader, at_hand, travel};
use crate::pack::{Chapter, Exercise, Pack, Section};
use crate::progress::State;

/// An entry of the contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it leads to.
    pub kind: EntryKind,
    /// Its title.
    pub title: String,
    /// 0 for a pattern, 1 and more for its parts.
    pub depth: usize,
    /// What is known of it.
    pub mark: Mark,
}

/// What an entry leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// A section, by its anchor.
    Section(String),
    /// An exercise, by its id.
    Exercise(String),
}

/// What is known of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A section without exercises that was not read to its end.
    None,
    /// A section that was read to its end.
    Read,
    /// An exercise, or all those of a section together.
    Exercise(State),
}

/// The entries that are shown now.
pub fn contents(model: &Model) -> Vec<Entry> {
    let Some(reader) = &model.reader else { return Vec::new() };
    let Some((pack, chapter)) = at_hand(model, reader) else { return Vec::new() };
    let open = parent(chapter, travel::section(reader));
    let mut entries = Vec::new();
    let mut unfolded = false;
    for (at, section) in chapter.sections.iter().enumerate() {
        if section.level <= 2 {
            unfolded = open == Some(at);
        } else if !unfolded || section.level > 3 {
            continue;
        }
        let below = chapter.sections[at + 1..].iter().take_while(|next| next.level > section.level).count();
        let parts = &chapter.sections[at..=at + below];
        entries.push(entry(model, pack, chapter, section, parts));
        let last_part = chapter.sections.get(at + 1).is_none_or(|next| next.level <= 2);
        if unfolded && last_part {
            entries.extend(exercise_entries(model, pack, chapter, open));
        }
    }
    entries
}

/// The entry of the section that is being read.
pub fn entry_at_hand(model: &Model, entries: &[Entry]) -> usize {
    let Some(reader) = &model.reader else { return 0 };
    let of = |anchor: &str| {
        entries.iter().position(|entry| matches!(&entry.kind, EntryKind::Section(of) if of == anchor))
    };
    // Deep headings have no entry of their own: the nearest one above counts.
    let read = reader.page.headings.iter().filter(|heading| heading.line <= reader.scroll + 2);
    read.rev().find_map(|heading| of(&heading.anchor)).unwrap_or(0)
}

/// The first entry shown in so many rows, with the one that matters in sight and, where possible, amid the others.
pub fn contents_scroll(entries: usize, at: usize, rows: usize) -> usize {
    at.saturating_sub(rows / 2).min(entries.saturating_sub(rows))
}

/// The section of level 2 that a section belongs to.
fn parent(chapter: &Chapter, anchor: &str) -> Option<usize> {
    let at = chapter.sections.iter().position(|section| section.anchor == anchor)?;
    (0..=at).rev().find(|at| chapter.sections[*at].level <= 2)
}

fn entry(model: &Model, pack: &Pack, chapter: &Chapter, section: &Section, parts: &[Section]) -> Entry {
    let practised = |exercise: &&Exercise| parts.iter().any(|part| part.anchor == exercise.section.anchor);
    let states: Vec<State> = pack
        .exercises_of(&chapter.slug)
        .filter(practised)
        .map(|exercise| model.record.state(&pack.id, &exercise.id))
        .collect();
    let read = model.record.read.get(&pack.id);
    let mark = if section.level <= 2 && !states.is_empty() {
        Mark::Exercise(together(&states))
    } else if read.is_some_and(|read| read.contains(&format!("{}#{}", chapter.slug, section.anchor))) {
        Mark::Read
    } else {
        Mark::None
    };
    Entry {
        kind: EntryKind::Section(section.anchor.clone()),
        title: section.title.clone(),
        depth: usize::from(section.level > 2),
        mark,
    }
}

fn exercise_entries(model: &Model, pack: &Pack, chapter: &Chapter, open: Option<usize>) -> Vec<Entry> {
    let of_it = |exercise: &&Exercise| parent(chapter, &exercise.section.anchor) == open;
    let entry = |exercise: &Exercise| Entry {
        kind: EntryKind::Exercise(exercise.id.clone()),
        title: exercise.title.clone(),
        depth: 1,
        mark: Mark::Exercise(model.record.state(&pack.id, &exercise.id)),
    };
    pack.exercises_of(&chapter.slug).filter(of_it).map(entry).collect()
}

fn together(states: &[State]) -> State {
    if states.iter().all(|state| *state == State::Passed) {
        State::Passed
    } else if states.iter().all(|state| *state == State::New) {
        State::New
    } else {
        State::Started
    }
}

/// The exercise that comes next in the chapter, from the section that is being read on, else the last one before it.
pub(super) fn exercise_nearby(model: &Model, reader: &Reader) -> Option<String> {
    let (pack, chapter) = at_hand(model, reader)?;
    let place = |anchor: &str| chapter.sections.iter().position(|section| section.anchor == anchor);
    let here = place(travel::section(reader));
    let of = |exercise: &&Exercise| place(&exercise.section.anchor);
    let next = pack.exercises_of(&chapter.slug).filter(|one| of(one) >= here).min_by_key(of);
    let last = || pack.exercises_of(&chapter.slug).max_by_key(of);
    next.or_else(last).map(|exercise| exercise.id.clone())
}

/// The exercise of the section that is being read: of the part at hand, else of its pattern.
pub(super) fn exercise_of_section(model: &Model, reader: &Reader) -> Option<String> {
    let (pack, chapter) = at_hand(model, reader)?;
    let anchor = travel::section(reader);
    let open = parent(chapter, anchor);
    let here = pack.exercises_of(&chapter.slug).find(|exercise| exercise.section.anchor == anchor);
    let near = || pack.exercises_of(&chapter.slug).find(|e| parent(chapter, &e.section.anchor) == open);
    here.or_else(near).map(|exercise| exercise.id.clone())
}
