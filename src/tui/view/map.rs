//! The map of the patterns drawn.

use crate::app::Model;
use crate::app::area::{Area, Frame};
use crate::app::diagram::Arms;
use crate::app::screen::map::{self, Map, Standing, label, standing};
use crate::pack::{Pack, Pattern};
use crate::progress::State;
use crate::text::{Line, Role, Span, Style};
use crate::tui::theme::Tint;
use crate::tui::view::{Canvas, root};

/// Draws the map.
pub fn draw(model: &Model, frame: Frame, canvas: &mut Canvas<'_>) {
    let Some(map) = &model.map else { return };
    let Some(pack) = map::at_hand(model, map) else { return };
    header(model, pack, frame.header, canvas);
    let areas = map::areas(model);
    let window = Window { area: areas.picture, scroll: map.scroll };
    wires(map, &window, canvas);
    for (at, pattern) in pack.map.iter().enumerate() {
        let standing = standing(model, pack, pattern);
        if let Some(own) = map.picture.boxes.get(at) {
            pattern_box(pattern, (standing, map.counts), *own, at == map.chosen, &window, canvas);
        }
    }
    joints(map, &window, canvas);
    canvas.scrollbar(areas.track, usize::from(map.scroll.1), usize::from(map.picture.height));
    details(model, map, pack, areas.details, canvas);
}

/// The part of the picture that is shown, and where.
struct Window {
    area: Area,
    scroll: (u16, u16),
}

impl Window {
    /// Where a cell of the picture stands on the screen, if it is shown.
    fn cell(&self, x: u16, y: u16) -> Option<(u16, u16)> {
        let (x, y) = (x.checked_sub(self.scroll.0)?, y.checked_sub(self.scroll.1)?);
        (x < self.area.width && y < self.area.height).then_some((self.area.x + x, self.area.y + y))
    }

    fn put(&self, (x, y): (u16, u16), mark: &str, style: impl Into<Style>, canvas: &mut Canvas<'_>) {
        if let Some((x, y)) = self.cell(x, y) {
            canvas.cell(x, y, mark, style);
        }
    }

    /// Draws a line of a box: what lies left of the window is left out, what is too long is cut.
    fn line(&self, x: u16, y: u16, width: u16, line: &Line, canvas: &mut Canvas<'_>) {
        let hidden = self.scroll.0.saturating_sub(x).min(width);
        if let Some((column, row)) = self.cell(x + hidden, y).filter(|_| hidden < width) {
            let room = (width - hidden).min(self.area.right() - column);
            canvas.line(Area::new(column, row, room, 1), line, usize::from(hidden));
        }
    }
}

fn header(model: &Model, pack: &Pack, area: Area, canvas: &mut Canvas<'_>) {
    let left = Line::from(vec![
        Span::new(pack.title.as_str(), Style::of(Role::Text).bold()),
        Span::new(format!(" {} ", canvas.marks.arrow), Role::Muted),
        Span::new("Map of the patterns", Style::of(Role::Accent).bold()),
    ]);
    let done = |pattern: &&Pattern| mark_of(standing(model, pack, pattern)) == Mark::Passed;
    let done = pack.map.iter().filter(done).count();
    let right = Line::from(vec![
        Span::new(format!("{} ", canvas.marks.passed), if done > 0 { Role::Success } else { Role::Muted }),
        Span::new(format!("{done} of {} patterns", pack.map.len()), Role::Muted),
    ]);
    root::header(area, &left, &right, canvas);
}

/// How far a pattern is, in one mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Read,
    Started,
    Passed,
}

const fn mark_of(standing: Standing) -> Mark {
    match (standing.state, standing.read) {
        (State::Passed, _) => Mark::Passed,
        (State::New, true) if standing.total == 0 => Mark::Passed,
        (State::Started, _) => Mark::Started,
        (State::New, true) => Mark::Read,
        (State::New, false) => Mark::New,
    }
}

const fn look(mark: Mark, canvas: &Canvas<'_>) -> (&'static str, Role) {
    match mark {
        Mark::New => (canvas.marks.waiting, Role::Muted),
        Mark::Read => (canvas.marks.full, Role::Accent),
        Mark::Started => (canvas.marks.half, Role::Accent),
        Mark::Passed => (canvas.marks.passed, Role::Success),
    }
}

/// Draws all lines, then those of the chosen pattern in the accent colour over them.
fn wires(map: &Map, window: &Window, canvas: &mut Canvas<'_>) {
    for (cell, arms) in &map.picture.wires {
        window.put(*cell, canvas.marks.joints[arms.index()], Role::Muted, canvas);
    }
    let own = map.picture.routes.iter().filter(|route| route.from == map.chosen || route.to == map.chosen);
    for route in own {
        for (cell, arms) in map.picture.seen(route) {
            window.put(cell, canvas.marks.joints[arms.index()], Style::of(Role::Accent).bold(), canvas);
        }
    }
}

fn pattern_box(
    pattern: &Pattern,
    (standing, counts): (Standing, bool),
    own: Area,
    chosen: bool,
    window: &Window,
    canvas: &mut Canvas<'_>,
) {
    let border = if chosen { Style::of(Role::Accent).bold() } else { Style::of(Role::Muted) };
    let (right, bottom) = (own.right() - 1, own.bottom() - 1);
    let middle = own.y + own.height / 2;
    // Sides without a top and a bottom would look like lines that join boxes.
    if own.height > 1 {
        for x in [own.x, right] {
            window.put((x, middle), canvas.marks.vertical, border, canvas);
        }
        let [top_left, top_right, bottom_left, bottom_right] = canvas.marks.corners;
        for x in own.x + 1..right {
            window.put((x, own.y), canvas.marks.horizontal, border, canvas);
            window.put((x, bottom), canvas.marks.horizontal, border, canvas);
        }
        window.put((own.x, own.y), top_left, border, canvas);
        window.put((right, own.y), top_right, border, canvas);
        window.put((own.x, bottom), bottom_left, border, canvas);
        window.put((right, bottom), bottom_right, border, canvas);
    }
    let (mark, role) = look(mark_of(standing), canvas);
    let (name, count) = label(pattern, standing, counts);
    let pointer = if chosen { canvas.marks.chosen } else { " " };
    let style = if chosen { Style::of(Role::Text).bold() } else { Style::of(Role::Text) };
    let line = Line::from(vec![
        Span::new(pointer, Role::Accent),
        Span::new(mark, role),
        Span::plain(" "),
        Span::new(name, style),
        Span::new(count, Role::Muted),
    ]);
    let inner = own.width - 2;
    window.line(own.x + 1, middle, inner, &line, canvas);
    if chosen && let Some((x, y)) = window.cell(own.x + 1, middle) {
        canvas.tint(Area::new(x, y, inner.min(window.area.right() - x), 1), Tint::Chosen);
    }
}

/// Joins the lines to the borders of the boxes.
fn joints(map: &Map, window: &Window, canvas: &mut Canvas<'_>) {
    let sides = Arms::LEFT.and(Arms::RIGHT);
    for route in &map.picture.routes {
        let (Some(first), Some(last)) = (route.cells.first(), route.cells.last()) else { continue };
        for (node, cell, y, arm) in [
            (route.from, first, first.1.saturating_sub(1), Arms::DOWN),
            (route.to, last, last.1 + 1, Arms::UP),
        ] {
            let tall = map.picture.boxes.get(node).is_some_and(|own| own.height > 1);
            if tall {
                let own = route.from == map.chosen || route.to == map.chosen;
                let style = if own { Style::of(Role::Accent).bold() } else { Style::of(Role::Muted) };
                window.put((cell.0, y), canvas.marks.joints[sides.and(arm).index()], style, canvas);
            }
        }
    }
}

fn details(model: &Model, map: &Map, pack: &Pack, area: Area, canvas: &mut Canvas<'_>) {
    let Some(pattern) = pack.map.get(map.chosen) else { return };
    let standing = standing(model, pack, pattern);
    let chapter = pack.chapter(&pattern.section.chapter).map_or("", |chapter| chapter.title.as_str());
    let (mark, role) = look(mark_of(standing), canvas);
    let dot = canvas.marks.dot;
    let read = if standing.read { "read" } else { "not read" };
    let exercises = match (standing.passed, standing.total) {
        (_, 0) => "no exercise".to_owned(),
        (passed, 1) => if passed == 1 { "its exercise passed" } else { "1 exercise to do" }.to_owned(),
        (passed, total) => format!("{passed} of {total} exercises passed"),
    };
    let first = Line::from(vec![
        Span::new(format!("{mark} "), role),
        Span::new(pattern.name.as_str(), Style::of(Role::Text).bold()),
        Span::new(format!("   {chapter} {dot} {read} {dot} {exercises}"), Role::Muted),
    ]);
    let (_, area) = area.split_left(1);
    canvas.line(Area { height: 1, ..area }, &first, 0);
    let names = |of: Vec<&str>| of.join(", ");
    let needs = names(pattern.needs.iter().filter_map(|at| Some(pack.map.get(*at)?.name.as_str())).collect());
    let needed = |other: &&Pattern| other.needs.contains(&map.chosen);
    let leads = names(pack.map.iter().filter(needed).map(|other| other.name.as_str()).collect());
    let mut spans = Vec::new();
    for (what, names) in [("builds on ", needs), ("leads to ", leads)] {
        if !names.is_empty() {
            spans.push(Span::new(what, Role::Muted));
            spans.push(Span::plain(format!("{names}   ")));
        }
    }
    canvas.line(Area::new(area.x, area.y + 1, area.width, 1), &Line::from(spans), 0);
}
