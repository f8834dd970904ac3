//! The rows of the library's list, where they stand, and the shares that its bars show.

use unicode_width::UnicodeWidthStr;

use crate::app::model::Model;
use crate::pack::{Chapter, Exercise, Pack, Section};
use crate::progress::{Place, Record, State};

/// A row that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Where the learner was last.
    Continue,
    /// Where to begin, before anything was opened.
    Start,
    /// A chapter, by its place in the pack.
    Chapter(usize),
    /// The map of the patterns.
    Map,
    /// The playground.
    Playground,
    /// Another pack, by its place among those that are open.
    Pack(usize),
}

/// Before every row: white space, the mark of the chosen row, white space.
pub const MARGIN: u16 = 3;

/// How wide a chapter's number stands, with the white space after it.
pub const NUMBER: u16 = 4;

/// How wide the bar of a chapter's share is where there is room.
pub const BAR: u16 = 12;

/// How wide a share in numbers stands at least, with the white space after it.
pub const COUNT: u16 = 7;

/// Between the columns of a chapter's row, and right of the last.
pub const GAP: u16 = 2;

/// The rows of the title above the exercises.
pub(super) const TITLE: u16 = 1;

/// How much of a chapter is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Exercises passed, out of so many.
    Exercises(usize, usize),
    /// Sections read, out of so many; for a chapter without exercises.
    Sections(usize, usize),
}

/// Every row of the list.
pub fn rows(model: &Model) -> Vec<Row> {
    let pack = model.pack();
    let first = match continued(model) {
        Some(_) => Some(Row::Continue),
        None => (!pack.chapters.is_empty()).then_some(Row::Start),
    };
    let mut rows = Vec::from_iter(first);
    rows.extend((0..pack.chapters.len()).map(Row::Chapter));
    rows.extend((!pack.map.is_empty()).then_some(Row::Map));
    rows.push(Row::Playground);
    rows.extend((0..model.packs.len()).filter(|other| *other != model.pack).map(Row::Pack));
    rows
}

/// Where the learner goes on in the pack at hand: where they were last in it, if that is still there; where that was a chapter, or
/// is not known, the exercise that is in progress; where it was an exercise that has passed, the next one that has not.
pub fn continued(model: &Model) -> Option<Place> {
    let (pack, record) = (model.pack(), &model.record);
    let Some(last) = place(model) else { return in_progress(pack, record) };
    let work = || in_progress(pack, record).filter(|_| last.exercise.is_none());
    Some(next_of(pack, record, last).or_else(work).unwrap_or_else(|| last.clone()))
}

/// Where the learner was last in the pack at hand, if that is still there.
fn place(model: &Model) -> Option<&Place> {
    let place = model.record.place_in(&model.pack().id)?;
    model.pack().chapter(&place.chapter).map(|_| place)
}

/// The exercise to begin with where it is not known where the learner was: the first one, or, where that has passed, the next one
/// that has not.
pub fn first(model: &Model) -> Option<&Exercise> {
    let pack = model.pack();
    let first = pack.first_exercise()?;
    let open = |exercise: &&Exercise| model.record.state(&pack.id, &exercise.id) != State::Passed;
    let from = pack.exercises.iter().position(|exercise| exercise.id == first.id)?;
    let (before, after) = pack.exercises.split_at(from);
    after.iter().chain(before).find(open).or(Some(first))
}

/// The place in a chapter where the learner was last, where they go on with an exercise all the same.
pub fn read_last(model: &Model) -> Option<&Place> {
    let goes_on = continued(model)?.exercise.is_some();
    place(model).filter(|last| goes_on && last.exercise.is_none())
}

/// The exercise that was begun or judged last and has not passed.
fn in_progress(pack: &Pack, record: &Record) -> Option<Place> {
    let begun = |one: &&Exercise| record.state(&pack.id, &one.id) == State::Started;
    let when = |one: &&Exercise| {
        let known = record.exercise(&pack.id, &one.id);
        known.map(|known| known.last.as_ref().map(|judged| judged.at).max(known.started))
    };
    let open = pack.exercises.iter().filter(begun).max_by_key(when);
    open.map(|one| place_of(pack, one))
}

/// The next exercise that has not passed, where the one at this place has.
fn next_of(pack: &Pack, record: &Record, last: &Place) -> Option<Place> {
    let done = |id: &str| record.state(&pack.id, id) == State::Passed;
    let id = last.exercise.as_deref().filter(|id| done(id))?;
    let from = pack.exercises.iter().position(|exercise| exercise.id == id)?;
    let (before, after) = pack.exercises.split_at(from);
    let next = after.iter().chain(before).find(|exercise| !done(&exercise.id))?;
    Some(place_of(pack, next))
}

fn place_of(pack: &Pack, exercise: &Exercise) -> Place {
    Place {
        pack: pack.id.clone(),
        chapter: exercise.section.chapter.clone(),
        section: exercise.section.anchor.clone(),
        exercise: Some(exercise.id.clone()),
        below: 0,
    }
}

/// How much of a chapter is done.
pub fn share(record: &Record, pack: &Pack, chapter: &Chapter) -> Share {
    let exercises = || pack.exercises_of(&chapter.slug);
    let total = exercises().count();
    if total > 0 {
        let passed =
            exercises().filter(|exercise| record.state(&pack.id, &exercise.id) == State::Passed).count();
        return Share::Exercises(passed, total);
    }
    let read = record.read.get(&pack.id);
    if chapter.sections.is_empty() {
        // Its own text counts as one, or it could never be done.
        return Share::Sections(usize::from(read.is_some_and(|read| read.contains(&chapter.slug))), 1);
    }
    let is_read =
        |anchor: &str| read.is_some_and(|read| read.contains(&format!("{}#{anchor}", chapter.slug)));
    let done = chapter.sections.iter().filter(|section| is_read(&section.anchor)).count();
    Share::Sections(done, chapter.sections.len())
}

/// What a chapter's row tells of its contents.
pub fn contents(chapter: &Chapter, dot: &str) -> String {
    let told = |section: &&Section| section.level == 2 && section.title != "Summary";
    let titles: Vec<&str> =
        chapter.sections.iter().filter(told).map(|section| section.title.as_str()).collect();
    titles.join(&format!(" {dot} "))
}

/// How wide the titles of a pack's chapters are.
pub fn titles(pack: &Pack) -> usize {
    pack.chapters.iter().map(|chapter| chapter.title.width()).max().unwrap_or(0)
}

/// A share in numbers.
pub fn count(share: Share) -> String {
    match share {
        Share::Exercises(done, total) => format!("{done}/{total}"),
        Share::Sections(done, total) => format!("{done}/{total} read"),
    }
}

/// How wide the list is in which every chapter's contents stand in full.
pub(super) fn widest(model: &Model) -> u16 {
    let pack = model.pack();
    let columns = usize::from(MARGIN + NUMBER + GAP + BAR + GAP + GAP) + titles(pack);
    let row = |chapter: &Chapter| {
        let count = count(share(&model.record, pack, chapter)).width() + usize::from(GAP);
        columns + count.max(usize::from(COUNT)) + contents(chapter, ".").width()
    };
    u16::try_from(pack.chapters.iter().map(row).max().unwrap_or(0)).unwrap_or(u16::MAX)
}

/// The lines of the list from row `scroll` on: which row stands on each, or none for white space between groups.
pub fn lines(rows: &[Row], scroll: usize) -> Vec<Option<usize>> {
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(scroll) {
        if at > scroll && group(rows[at - 1]) != group(*row) {
            lines.push(None);
        }
        lines.push(Some(at));
    }
    lines
}

/// How many lines all rows take, with one of white space after them.
pub(super) fn height(rows: &[Row]) -> u16 {
    lines(rows, 0).len().saturating_add(1).min(usize::from(u16::MAX)) as u16
}

/// The nearest first row from which the chosen one is in sight.
pub(super) fn scroll_to(rows: &[Row], chosen: usize, scroll: usize, height: u16) -> usize {
    let height = usize::from(height).max(1);
    let all = lines(rows, 0).len();
    if all <= height {
        return 0;
    }
    let in_sight = |scroll: usize| lines(rows, scroll).iter().take(height).any(|row| *row == Some(chosen));
    if chosen <= scroll {
        return chosen;
    }
    (scroll..chosen).find(|scroll| in_sight(*scroll)).unwrap_or(chosen)
}

const fn group(row: Row) -> u8 {
    match row {
        Row::Continue | Row::Start => 0,
        Row::Chapter(_) => 1,
        Row::Map | Row::Playground | Row::Pack(_) => 2,
    }
}
