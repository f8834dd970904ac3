//! The library: where one left off, the chapters and their progress, the exercises of the chosen chapter, other packs.

use crate::app::area::{Area, Frame};
use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::message::{Mouse, MouseKind};
use crate::app::model::{Model, Screen};
use crate::app::screen::{map, playground, reader, workbench};
use crate::progress::Place;

mod list;
mod opening;
#[cfg(test)]
mod tests;

pub use list::{
    BAR, COUNT, GAP, MARGIN, NUMBER, Row, Share, contents, continued, count, first, lines, read_last, rows,
    share, titles,
};
pub use opening::opening;

/// The library's state.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The chosen row.
    pub chosen: usize,
    /// The first row shown.
    pub scroll: usize,
    /// The panel that listens.
    pub panel: Panel,
}

/// The two panels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Panel {
    /// The list of chapters.
    #[default]
    Chapters,
    /// The exercises of the chosen chapter.
    Exercises {
        /// The chosen one.
        chosen: usize,
        /// The first one shown.
        scroll: usize,
    },
}

/// Where the panels stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The list; empty where the exercises take its place.
    pub list: Area,
    /// The exercises, their title row included; empty where they are hidden.
    pub exercises: Area,
}

/// The rows above the list: one of white space.
const ABOVE: u16 = 1;
/// From this width on the exercises stand beside the list.
const BESIDE: u16 = 150;
/// The list grows no wider than this, so that the two stay together, unless a row needs more.
const WIDEST: u16 = 132;
/// How wide the exercises are there at least.
const SIDE: u16 = 58;
/// How wide they are at most: a name and its minutes stay together.
const MEASURE: u16 = 92;
/// From so many free rows on the exercises stand below the list.
const BELOW: u16 = 6;

/// What Enter does on the row that leads to where one was.
const RESUME: &str = "resume";

/// Where the panels stand on this screen.
pub fn areas(model: &Model) -> Areas {
    let body = Frame::of(model.size).body.split_top(ABOVE).1;
    let none = Area::default();
    if exercises(model).is_empty() && model.pack().exercises.is_empty() {
        return Areas { list: body, exercises: none };
    }
    if model.size.0 >= BESIDE {
        let (list, beside) = body.split_left((model.size.0 - SIDE).min(WIDEST.max(list::widest(model))));
        return Areas { list, exercises: beside.split_left(MEASURE).0 };
    }
    let wanted = list::height(&rows(model));
    if body.height >= wanted + BELOW {
        let (list, below) = body.split_top(wanted);
        return Areas { list, exercises: below.split_left(MEASURE).0 };
    }
    match model.library.panel {
        Panel::Chapters => Areas { list: body, exercises: none },
        Panel::Exercises { .. } => Areas { list: none, exercises: body },
    }
}

/// The exercises of the chosen chapter, by their place in the pack; none when another kind of row is chosen.
pub fn exercises(model: &Model) -> Vec<usize> {
    let Some(chapter) = chosen_chapter(model) else { return Vec::new() };
    let slug = &model.pack().chapters[chapter].slug;
    let of_it =
        |(at, exercise): (usize, &crate::pack::Exercise)| (exercise.section.chapter == *slug).then_some(at);
    model.pack().exercises.iter().enumerate().filter_map(of_it).collect()
}

/// The chapter whose row is chosen, or that the chosen first row leads to.
pub fn chosen_chapter(model: &Model) -> Option<usize> {
    let slug = match rows(model).get(model.library.chosen)? {
        Row::Chapter(chapter) => return Some(*chapter),
        Row::Continue => continued(model)?.chapter,
        Row::Start => first(model)?.section.chapter.clone(),
        Row::Map | Row::Playground | Row::Pack(_) => return None,
    };
    model.pack().chapters.iter().position(|chapter| chapter.slug == slug)
}

/// Carries out a command.
pub fn command(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Open => return open(model),
        Command::Continue => return go_on(model),
        Command::NextPanel | Command::PreviousPanel => match model.library.panel {
            Panel::Chapters => enter_exercises(model),
            Panel::Exercises { .. } => model.library.panel = Panel::Chapters,
        },
        Command::Right => enter_exercises(model),
        Command::Left | Command::Back => model.library.panel = Panel::Chapters,
        Command::Up => step(model, -1),
        Command::Down => step(model, 1),
        Command::PageUp => step(model, -page(model)),
        Command::PageDown => step(model, page(model)),
        Command::Top => step(model, isize::MIN),
        Command::Bottom => step(model, isize::MAX),
        _ => {}
    }
    Vec::new()
}

/// Answers the mouse: a press chooses, a press on what is chosen opens it.
pub fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    match mouse.kind {
        MouseKind::ScrollUp => step(model, -1),
        MouseKind::ScrollDown => step(model, 1),
        MouseKind::Press | MouseKind::DoublePress => return press(model, mouse),
        _ => {}
    }
    Vec::new()
}

/// Fits the state to the terminal's size.
pub fn resized(model: &mut Model) {
    step(model, 0);
}

/// What can be done now, the primary action first.
pub fn hints(model: &Model) -> Vec<Hint> {
    let open = match (model.library.panel, rows(model).get(model.library.chosen)) {
        (Panel::Exercises { .. }, _) => "open exercise",
        (_, Some(Row::Continue)) => RESUME,
        (_, Some(Row::Start)) => "start",
        _ => "open",
    };
    let mut hints = vec![Hint::named(Command::Open, open)];
    match model.library.panel {
        Panel::Chapters if !exercises(model).is_empty() => {
            hints.push(Hint::named(Command::NextPanel, "exercises"));
        }
        Panel::Chapters => {}
        Panel::Exercises { .. } => hints.push(Hint::of(Command::Back)),
    }
    hints.push(Hint::named(Command::Finder, "find"));
    // Where Enter does it, a second key for it would only take the room of others.
    if open != RESUME && continued(model).is_some() {
        hints.push(Hint::of(Command::Continue));
    }
    hints.push(Hint::of(Command::Help));
    if !model.pack().map.is_empty() {
        hints.push(Hint::of(Command::Map));
    }
    hints.extend([Command::Playground, Command::Quit].map(Hint::of));
    hints
}

/// The row of the list, or the exercise, at a place on the screen.
fn at(model: &Model, mouse: Mouse) -> Option<(Panel, usize)> {
    let areas = areas(model);
    if areas.list.contains(mouse.column, mouse.row) {
        let wanted = usize::from(mouse.row - areas.list.y);
        let lines = list::lines(&rows(model), model.library.scroll);
        return lines.get(wanted).copied().flatten().map(|row| (Panel::Chapters, row));
    }
    let (_, listed) = areas.exercises.split_top(list::TITLE);
    if listed.contains(mouse.column, mouse.row) {
        let scroll = match model.library.panel {
            Panel::Exercises { scroll, .. } => scroll,
            Panel::Chapters => 0,
        };
        let chosen = scroll + usize::from(mouse.row - listed.y);
        return (chosen < exercises(model).len()).then_some((Panel::Exercises { chosen, scroll }, chosen));
    }
    None
}

fn press(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let Some((panel, row)) = at(model, mouse) else { return Vec::new() };
    let again = match panel {
        Panel::Chapters => model.library.panel == Panel::Chapters && model.library.chosen == row,
        Panel::Exercises { .. } => model.library.panel == panel,
    };
    model.library.panel = panel;
    if panel == Panel::Chapters {
        model.library.chosen = row;
    }
    if again { open(model) } else { Vec::new() }
}

fn enter_exercises(model: &mut Model) {
    if model.library.panel == Panel::Chapters && !exercises(model).is_empty() {
        model.library.panel = Panel::Exercises { chosen: 0, scroll: 0 };
    }
}

/// Moves the choice in the panel that listens and keeps it in sight.
fn step(model: &mut Model, by: isize) {
    let count = exercises(model).len();
    if count == 0 {
        model.library.panel = Panel::Chapters;
    }
    let areas = areas(model);
    let rows = rows(model);
    match &mut model.library.panel {
        Panel::Chapters => {
            let library = &mut model.library;
            library.chosen = moved(library.chosen, by, rows.len());
            library.scroll = list::scroll_to(&rows, library.chosen, library.scroll, areas.list.height);
        }
        Panel::Exercises { chosen, scroll } => {
            *chosen = moved(*chosen, by, count);
            let height = usize::from(areas.exercises.height.saturating_sub(list::TITLE)).max(1);
            *scroll = (*scroll).clamp((*chosen + 1).saturating_sub(height), *chosen);
        }
    }
}

fn moved(from: usize, by: isize, count: usize) -> usize {
    from.saturating_add_signed(by).min(count.saturating_sub(1))
}

/// A page of the panel that listens, less a row that stays in view.
fn page(model: &Model) -> isize {
    let areas = areas(model);
    let rows = match model.library.panel {
        Panel::Chapters => areas.list.height,
        Panel::Exercises { .. } => areas.exercises.height.saturating_sub(list::TITLE),
    };
    isize::from(i16::try_from(rows.saturating_sub(1)).unwrap_or(i16::MAX)).max(1)
}

fn open(model: &mut Model) -> Vec<Effect> {
    if let Panel::Exercises { chosen, .. } = model.library.panel {
        let Some(&exercise) = exercises(model).get(chosen) else { return Vec::new() };
        let id = model.pack().exercises[exercise].id.clone();
        return workbench::open(model, &id);
    }
    match rows(model).get(model.library.chosen) {
        Some(Row::Continue) => go_on(model),
        Some(Row::Start) => start(model),
        Some(Row::Chapter(chapter)) => {
            let slug = model.pack().chapters[*chapter].slug.clone();
            // What "continue" passes over for an exercise is found again here.
            let here = |last: &&Place| last.pack == model.pack().id && last.chapter == slug;
            match read_last(model).filter(here).cloned() {
                Some(place) => reader::resume(model, &place),
                None => reader::open(model, &slug, None),
            }
        }
        Some(Row::Map) => map::open(model),
        Some(Row::Playground) => playground::open(model, None),
        Some(Row::Pack(pack)) => {
            model.pack = *pack;
            model.library = Library::default();
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Opens the place where the learner was last.
fn go_on(model: &mut Model) -> Vec<Effect> {
    let Some(place) = continued(model) else { return start(model) };
    match place.exercise.as_ref().filter(|exercise| model.pack().exercise(exercise).is_some()) {
        Some(exercise) => workbench::open(model, exercise),
        None => reader::resume(model, &place),
    }
}

/// Opens the section that the exercise to begin with practises, or the first chapter.
fn start(model: &mut Model) -> Vec<Effect> {
    let pack = model.pack().clone();
    match (first(model).cloned(), pack.chapters.first()) {
        (Some(first), _) => reader::open(model, &first.section.chapter, Some(&first.section.anchor)),
        (None, Some(chapter)) => reader::open(model, &chapter.slug, None),
        (None, None) => Vec::new(),
    }
}

/// Goes back to the library, with what stands open in other screens kept; it may hold other rows than when it was left.
pub fn show(model: &mut Model) {
    model.screen = Screen::Library;
    model.way_back.clear();
    step(model, 0);
}
