//! How far the learner is with a pattern, and what its box says of that.

use crate::app::model::Model;
use crate::pack::{Chapter, Exercise, Pack, Pattern, Section};
use crate::progress::State;
use crate::text::width::clip;

/// The longest name that a box shows in full.
const NAME: usize = 28;

/// How far the learner is with a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether its section was read to the end.
    pub read: bool,
    /// Exercises that passed.
    pub passed: usize,
    /// Out of so many.
    pub total: usize,
    /// All exercises together.
    pub state: State,
}

/// How far the learner is with a pattern.
pub fn standing(model: &Model, pack: &Pack, pattern: &Pattern) -> Standing {
    let read = model.record.read.get(&pack.id);
    let read = read.is_some_and(|read| read.contains(&pattern.section.to_string()));
    let states: Vec<State> =
        exercises(pack, pattern).map(|exercise| model.record.state(&pack.id, &exercise.id)).collect();
    let passed = states.iter().filter(|state| **state == State::Passed).count();
    let state = if states.iter().all(|state| *state == State::New) {
        State::New
    } else if passed == states.len() {
        State::Passed
    } else {
        State::Started
    };
    Standing { read, passed, total: states.len(), state }
}

/// What stands in a pattern's box after its mark: its name and, with `counts`, how many of its exercises passed.
pub fn label(pattern: &Pattern, standing: Standing, counts: bool) -> (String, String) {
    let count = match standing.total {
        _ if !counts => String::new(),
        0 => String::new(),
        total => format!(" {}/{total}", standing.passed),
    };
    (clip(&pattern.name, NAME), count)
}

/// The exercises that practise a pattern or a part of it.
pub fn exercises<'p>(pack: &'p Pack, pattern: &'p Pattern) -> impl Iterator<Item = &'p Exercise> + Clone {
    let parts = pack.chapter(&pattern.section.chapter).map_or(&[][..], |chapter| parts(chapter, pattern));
    let of_it = |exercise: &&Exercise| parts.iter().any(|part| part.anchor == exercise.section.anchor);
    pack.exercises.iter().filter(|exercise| exercise.section.chapter == pattern.section.chapter).filter(of_it)
}

/// The pattern of whose section a place is a part.
pub(super) fn pattern_of(pack: &Pack, chapter: &str, anchor: &str) -> Option<usize> {
    let found = pack.chapter(chapter)?;
    pack.map.iter().position(|pattern| {
        pattern.section.chapter == chapter && parts(found, pattern).iter().any(|part| part.anchor == anchor)
    })
}

/// A pattern's section and those within it.
fn parts<'c>(chapter: &'c Chapter, pattern: &Pattern) -> &'c [Section] {
    let Some(at) = chapter.sections.iter().position(|section| section.anchor == pattern.section.anchor)
    else {
        return &[];
    };
    let level = chapter.sections[at].level;
    let within = chapter.sections[at + 1..].iter().take_while(|section| section.level > level).count();
    &chapter.sections[at..=at + within]
}
