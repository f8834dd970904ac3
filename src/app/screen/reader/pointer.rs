//! The mouse in the reader.

use crate::app::effect::Effect;
use crate::app::message::{Mouse, MouseKind};
use crate::app::model::Model;
use crate::app::screen::reader::areas::{Areas, areas, run_mark};
use crate::app::screen::reader::contents::{contents, contents_scroll, entry_at_hand};
use crate::app::screen::reader::{Chosen, Focus, follow, listings, travel};
use crate::text::prose::LineKind;

/// How many lines the wheel scrolls.
const WHEEL: isize = 3;

/// Answers the mouse.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let areas = areas(model);
    let Some(reader) = &mut model.reader else { return Vec::new() };
    let in_contents = areas.contents.contains(mouse.column, mouse.row)
        && (!areas.tabs || matches!(reader.focus, Focus::Contents { .. }));
    match mouse.kind {
        MouseKind::Release => reader.dragging = false,
        MouseKind::Drag if reader.dragging => drag(model, &areas, mouse.row),
        MouseKind::ScrollUp | MouseKind::ScrollDown if in_contents => {
            turn_contents(model, mouse.kind == MouseKind::ScrollDown);
        }
        MouseKind::ScrollUp => return travel::step(model, -WHEEL),
        MouseKind::ScrollDown => return travel::step(model, WHEEL),
        MouseKind::ScrollLeft | MouseKind::ScrollRight => {
            if let Some(block) = block_at(model, &areas, mouse) {
                listings::sideways_by(model, block, mouse.kind == MouseKind::ScrollRight);
            }
        }
        MouseKind::Press | MouseKind::DoublePress if in_contents => {
            return press_contents(model, &areas, mouse);
        }
        MouseKind::Press | MouseKind::DoublePress if areas.track.contains(mouse.column, mouse.row) => {
            reader.dragging = true;
            drag(model, &areas, mouse.row);
        }
        MouseKind::Press | MouseKind::DoublePress => return press_text(model, &areas, mouse),
        MouseKind::Drag => {}
    }
    Vec::new()
}

/// Scrolls so far down as the row is down the scrollbar.
fn drag(model: &mut Model, areas: &Areas, row: u16) {
    let Some(reader) = &model.reader else { return };
    let last = travel::last_scroll(model, reader);
    let room = usize::from(areas.track.height.saturating_sub(1)).max(1);
    let at = usize::from(row.saturating_sub(areas.track.y)).min(room);
    travel::go_to_line(model, last * at / room);
}

fn turn_contents(model: &mut Model, down: bool) {
    let entries = contents(model);
    let here = match model.reader.as_ref().map(|reader| reader.focus) {
        Some(Focus::Contents { chosen }) => chosen,
        _ => entry_at_hand(model, &entries),
    };
    let chosen = if down { here + 1 } else { here.saturating_sub(1) };
    if let Some(reader) = &mut model.reader {
        reader.focus = Focus::Contents { chosen: chosen.min(entries.len().saturating_sub(1)) };
    }
}

fn press_contents(model: &mut Model, areas: &Areas, mouse: Mouse) -> Vec<Effect> {
    let entries = contents(model);
    let at = match model.reader.as_ref().map(|reader| reader.focus) {
        Some(Focus::Contents { chosen }) => chosen,
        _ => entry_at_hand(model, &entries),
    };
    let first = contents_scroll(entries.len(), at, usize::from(areas.contents.height));
    follow::entry(model, first + usize::from(mouse.row - areas.contents.y))
}

fn line_at(model: &Model, areas: &Areas, mouse: Mouse) -> Option<usize> {
    let reader = model.reader.as_ref()?;
    let inside = areas.text.contains(mouse.column, mouse.row);
    inside.then(|| reader.scroll + usize::from(mouse.row - areas.text.y))
}

fn block_at(model: &Model, areas: &Areas, mouse: Mouse) -> Option<usize> {
    let line = line_at(model, areas, mouse)?;
    match model.reader.as_ref()?.page.lines.get(line)?.kind {
        LineKind::Code { block, .. } | LineKind::Title { block } => Some(block),
        LineKind::Prose | LineKind::Inserted { .. } => None,
    }
}

fn press_text(model: &mut Model, areas: &Areas, mouse: Mouse) -> Vec<Effect> {
    let line = line_at(model, areas, mouse);
    let Some(reader) = &mut model.reader else { return Vec::new() };
    reader.focus = Focus::Text;
    let Some(line) = line else { return Vec::new() };
    let column = usize::from(mouse.column - areas.text.x);
    if let Some(link) = reader.page.link_at(line, column) {
        let target = link.target.clone();
        return follow::follow(model, &target);
    }
    match reader.page.lines.get(line).map(|line| line.kind) {
        Some(LineKind::Inserted { insertion, .. }) => {
            let Some(id) = reader.cards.get(insertion).cloned() else { return Vec::new() };
            follow::exercise(model, &id)
        }
        Some(LineKind::Title { block }) => {
            reader.chosen = Some(Chosen::Block(block));
            let on_mark = run_mark(areas).contains(&mouse.column);
            let listing = model.reader.as_ref().and_then(|reader| listings::listing_of(model, reader, block));
            match listing.filter(|listing| listing.run && on_mark).cloned() {
                Some(listing) => listings::run_listing(model, &listing),
                None => Vec::new(),
            }
        }
        Some(LineKind::Code { block, .. }) => {
            reader.chosen = Some(Chosen::Block(block));
            Vec::new()
        }
        // Where the next chapter is named.
        None if line == reader.page.lines.len() + 1 => travel::go_to_chapter(model, 1),
        _ => Vec::new(),
    }
}
