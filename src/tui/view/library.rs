//! The library drawn.

use crate::app::Model;
use crate::app::area::{Area, Frame};
use crate::app::screen::library::{self, BAR, COUNT, GAP, MARGIN, NUMBER, Panel, Row, Share};
use crate::app::screen::overlay::finder::path;
use crate::app::screen::playground;
use crate::pack::Pack;
use crate::progress::{Place, State};
use crate::text::width::{ELLIPSIS, width};
use crate::text::{Line, Role, Span, Style, prose};
use crate::tui::theme::Tint;
use crate::tui::view::{Canvas, root};

/// How wide running text is at most.
const MEASURE: u16 = 76;

/// What the app is for, at length and in short: a beginner reads it whole or not at all.
const PURPOSE: [&str; 2] =
    ["   read a pattern, write it, have it judged by its tests", "   read it, write it, have it judged"];

/// Draws the library.
pub fn draw(model: &Model, frame: Frame, canvas: &mut Canvas<'_>) {
    header(model, frame.header, canvas);
    let areas = library::areas(model);
    list(model, areas.list, canvas);
    if !areas.exercises.is_empty() {
        let area = if areas.list.is_empty() || areas.exercises.x == 0 {
            areas.exercises
        } else {
            canvas.upright(Area { width: 1, ..areas.exercises });
            areas.exercises.split_left(1).1
        };
        exercises(model, area, canvas);
    }
}

fn header(model: &Model, area: Area, canvas: &mut Canvas<'_>) {
    let pack = model.pack();
    let left = Line::from(vec![
        Span::new("patterns-tui", Style::of(Role::Accent).bold()),
        Span::new(format!(" {} ", canvas.marks.dot), Role::Muted),
        Span::new(pack.title.as_str(), Style::of(Role::Text).bold()),
    ]);
    root::header(area, &left, &totals(model, pack, canvas), canvas);
}

fn totals(model: &Model, pack: &Pack, canvas: &Canvas<'_>) -> Line {
    let total = pack.exercises.len();
    if total == 0 {
        let chapters = pack.chapters.len();
        let text = if chapters == 1 { "1 chapter".to_owned() } else { format!("{chapters} chapters") };
        return Line::of(text, Role::Muted);
    }
    let passed = pack
        .exercises
        .iter()
        .filter(|exercise| model.record.state(&pack.id, &exercise.id) == State::Passed)
        .count();
    let records = model.record.exercises.get(&pack.id).into_iter().flatten();
    let minutes = records.map(|(_, record)| record.seconds).sum::<u64>() / 60;
    let mut spans = vec![
        Span::new(format!("{} ", canvas.marks.passed), if passed > 0 { Role::Success } else { Role::Muted }),
        Span::new(format!("{passed} of {total}"), Role::Muted),
    ];
    if minutes > 0 {
        spans.push(Span::new(format!("   {minutes} min spent"), Role::Muted));
    }
    Line::from(spans)
}

fn list(model: &Model, area: Area, canvas: &mut Canvas<'_>) {
    let rows = library::rows(model);
    let scroll = model.library.scroll;
    let lines = library::lines(&rows, scroll);
    let pack = model.pack();
    let title = library::titles(pack).clamp(12, usize::from(area.width / 3).max(12)) as u16;
    for (y, row) in (area.y..area.bottom()).zip(&lines) {
        let Some(at) = *row else { continue };
        let line = Area::new(area.x, y, area.width.saturating_sub(2), 1);
        let chosen = model.library.chosen == at;
        let listens = chosen && model.library.panel == Panel::Chapters;
        if chosen {
            canvas.text(
                line.x + 1,
                y,
                1,
                canvas.marks.chosen,
                if listens { Role::Accent } else { Role::Muted },
            );
        }
        let inner = line.split_left(MARGIN).1;
        match rows[at] {
            Row::Continue => resume(model, inner, canvas),
            Row::Start => start(model, inner, canvas),
            Row::Chapter(chapter) => chapter_row(model, chapter, title, inner, canvas),
            Row::Map => {
                other("Map of the patterns", "what builds on what, and how far you are", inner, canvas);
            }
            Row::Playground => other("Playground", playground::purpose(pack), inner, canvas),
            Row::Pack(pack) => other("Other pack", &model.packs[pack].title, inner, canvas),
        }
        if listens {
            canvas.tint(Area::new(line.x, y, line.width, 1), Tint::Chosen);
        }
    }
    let all = library::lines(&rows, 0).len();
    canvas.scrollbar(Area { x: area.right().saturating_sub(1), width: 1, ..area }, all - lines.len(), all);
    if pack.chapters.is_empty() && area.height > 3 {
        let empty = "This pack has no chapters yet.";
        canvas.text(area.x + MARGIN, area.y + 3, area.width.saturating_sub(MARGIN), empty, Role::Muted);
    }
}

fn resume(model: &Model, area: Area, canvas: &mut Canvas<'_>) {
    let Some(place) = library::continued(model) else { return };
    let pack = model.pack();
    let mut spans = vec![Span::new("Continue   ", Style::of(Role::Accent).bold())];
    spans.extend(whereabouts(model, pack, &place, canvas.marks.dash));
    if let Some(read) = library::read_last(model).and_then(|read| whereabouts_read(pack, read)) {
        let told = format!("   {} last read: {read}", canvas.marks.dash);
        let room = usize::from(area.width).saturating_sub(spans.iter().map(|span| width(&span.text)).sum());
        spans.extend((width(&told) <= room).then(|| Span::new(told, Role::Muted)));
    }
    canvas.line(area, &Line::from(spans), 0);
}

/// The section, or the chapter, that was read last.
fn whereabouts_read<'p>(pack: &'p Pack, place: &Place) -> Option<&'p str> {
    let chapter = pack.chapter(&place.chapter)?;
    let section = chapter.sections.iter().find(|section| section.anchor == place.section);
    Some(section.map_or(chapter.title.as_str(), |section| section.title.as_str()))
}

/// Where the learner was: the section, the exercise and its first step that has not passed.
fn whereabouts(model: &Model, pack: &Pack, place: &Place, dash: &str) -> Vec<Span> {
    let chapter = pack.chapter(&place.chapter);
    let section = chapter.and_then(|chapter| chapter.sections.iter().find(|one| one.anchor == place.section));
    let title =
        section.map(|section| section.title.as_str()).or(chapter.map(|chapter| chapter.title.as_str()));
    let mut spans = vec![Span::plain(title.unwrap_or_default())];
    let Some(exercise) = place.exercise.as_deref().and_then(|id| pack.exercise(id)) else {
        let above = chapter.zip(section).map(|(chapter, section)| path(chapter, &section.anchor));
        spans.extend(above.map(|above| Span::new(format!("   {above}"), Role::Muted)));
        return spans;
    };
    spans.push(Span::plain(format!(": {}", exercise.title)));
    let record = model.record.exercise(&pack.id, &exercise.id);
    let open = exercise.steps.iter().position(|step| {
        !step.tests.iter().all(|test| record.is_some_and(|record| record.passing.contains(test)))
    });
    let text = match open {
        Some(at) => {
            let steps = exercise.steps.len();
            format!(" {dash} step {} of {steps}, {}", at + 1, exercise.steps[at].title)
        }
        None if model.record.state(&pack.id, &exercise.id) == State::Passed => format!(" {dash} passed"),
        None => {
            let tally = record.map(|record| record.tally(exercise)).unwrap_or_default();
            let right = if tally.answered > 0 && tally.answered == tally.all {
                format!(", {} right", tally.right)
            } else {
                String::new()
            };
            format!(" {dash} {} of {} answered{right}", tally.answered, exercise.questions.len())
        }
    };
    spans.push(Span::new(text, Role::Muted));
    spans
}

fn start(model: &Model, area: Area, canvas: &mut Canvas<'_>) {
    let pack = model.pack();
    let mut spans = vec![Span::new("Enter starts with ", Style::of(Role::Accent).bold())];
    if let Some(first) = library::first(model) {
        let section = pack.chapter(&first.section.chapter).and_then(|chapter| {
            chapter.sections.iter().find(|section| section.anchor == first.section.anchor)
        });
        let name = section.map_or(first.title.as_str(), |section| section.title.as_str());
        spans.push(Span::new(name, Style::of(Role::Text).bold()));
        spans.push(Span::new(format!(" ({} min)", first.minutes), Role::Muted));
        let room = usize::from(area.width).saturating_sub(spans.iter().map(|span| width(&span.text)).sum());
        let told = PURPOSE.into_iter().find(|told| width(told) <= room).unwrap_or_default();
        spans.push(Span::new(told, Role::Muted));
    } else if let Some(first) = pack.chapters.first() {
        spans.push(Span::new(first.title.as_str(), Style::of(Role::Text).bold()));
    }
    canvas.line(area, &Line::from(spans), 0);
}

fn chapter_row(model: &Model, at: usize, title: u16, area: Area, canvas: &mut Canvas<'_>) {
    let pack = model.pack();
    let chapter = &pack.chapters[at];
    let share = library::share(&model.record, pack, chapter);
    let (Share::Exercises(done, total) | Share::Sections(done, total)) = share;
    let finished = total > 0 && done == total;
    canvas.text(area.x, area.y, NUMBER.min(area.width), &format!("{:>2}", at + 1), Role::Muted);
    let x = area.x + NUMBER;
    canvas.text(x, area.y, title.min(area.right().saturating_sub(x)), &chapter.title, Role::Text);
    let x = x + title + GAP;
    let bar = if area.width >= 90 { BAR } else { 8 };
    let style = if finished { Role::Success } else { Role::Accent };
    canvas.progress(clip(Area::new(x, area.y, bar, 1), area), done, total, style);
    let x = x + bar + GAP;
    let after = canvas.text(x, area.y, area.right().saturating_sub(x), &library::count(share), Role::Muted);
    let x = (x + COUNT).max(after + GAP);
    let rest = Area { x, width: area.right().saturating_sub(x), ..area };
    canvas.line(rest, &Line::of(library::contents(chapter, canvas.marks.dot), Role::Muted), 0);
}

/// The part of an area that lies left of another's right edge.
fn clip(area: Area, within: Area) -> Area {
    Area { width: area.width.min(within.right().saturating_sub(area.x)), ..area }
}

fn other(name: &str, about: &str, area: Area, canvas: &mut Canvas<'_>) {
    let line = Line::from(vec![Span::plain(format!("{name}   ")), Span::new(about, Role::Muted)]);
    canvas.line(area, &line, 0);
}

fn exercises(model: &Model, area: Area, canvas: &mut Canvas<'_>) {
    let pack = model.pack();
    let (title, area) = area.split_top(1);
    let of = library::exercises(model);
    let Some(chapter) = library::chosen_chapter(model).map(|chapter| &pack.chapters[chapter]) else { return };
    let heading = if of.is_empty() { "No exercises in " } else { "Exercises of " };
    let heading = Line::from(vec![
        Span::new(heading, Role::Muted),
        Span::new(chapter.title.as_str(), Style::of(Role::Text).bold()),
    ]);
    canvas.line(title.split_left(MARGIN).1, &heading, 0);
    let (chosen, scroll) = match model.library.panel {
        Panel::Chapters => (None, 0),
        Panel::Exercises { chosen, scroll } => (Some(chosen), scroll),
    };
    for (y, (at, index)) in (area.y..area.bottom()).zip(of.iter().enumerate().skip(scroll)) {
        let line = Area::new(area.x, y, area.width.saturating_sub(2), 1);
        exercise_row(model, *index, line, canvas);
        if chosen == Some(at) {
            canvas.text(line.x + 1, y, 1, canvas.marks.chosen, Role::Accent);
            canvas.tint(line, Tint::Chosen);
        }
    }
    canvas.scrollbar(Area { x: area.right().saturating_sub(1), width: 1, ..area }, scroll, of.len());
    let below = area.split_top(u16::try_from(of.len()).unwrap_or(u16::MAX)).1;
    opening(model, below.split_left(MARGIN).1, canvas);
}

/// What the chosen one begins with, after a row of white space; cut where it has no room, and left out where that is nearly all.
fn opening(model: &Model, area: Area, canvas: &mut Canvas<'_>) {
    let area = area.split_top(1).1;
    if area.height < 3 {
        return;
    }
    let columns = area.width.saturating_sub(2).min(MEASURE);
    let mut lines = prose::lay_out(&library::opening(model), columns, columns).lines;
    if lines.len() > usize::from(area.height) {
        lines.truncate(usize::from(area.height));
        let last = lines.last_mut().into_iter();
        last.for_each(|last| last.line.spans.push(Span::new(ELLIPSIS, Role::Muted)));
    }
    canvas.lines(Area { width: columns, ..area }, lines.iter().map(|line| &line.line), 0);
}

fn exercise_row(model: &Model, index: usize, line: Area, canvas: &mut Canvas<'_>) {
    let pack = model.pack();
    let exercise = &pack.exercises[index];
    let state = model.record.state(&pack.id, &exercise.id);
    let role = match state {
        State::New => Role::Muted,
        State::Started => Role::Accent,
        State::Passed => Role::Success,
    };
    let difficulty = exercise.difficulty.name();
    let dot = canvas.marks.dot;
    let seen = if model.record.is_revealed(&pack.id, &exercise.id) { "answer revealed" } else { "" };
    let seen = if seen.is_empty() { String::new() } else { format!("{seen} {dot} ") };
    let about = format!("{seen}{difficulty} {dot} {} min", exercise.minutes);
    let (_, inner) = line.split_left(MARGIN);
    let end = canvas.text_right(inner, &about, Role::Muted);
    let x = canvas.text(inner.x, line.y, 2, canvas.marks.state(state), role) + 1;
    canvas.text(x, line.y, end.saturating_sub(x + 1), &exercise.title, Role::Text);
}
