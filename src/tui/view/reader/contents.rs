//! The table of contents drawn.

use crate::app::Model;
use crate::app::area::Area;
use crate::app::screen::reader::{
    Areas, Entry, EntryKind, Focus, Mark, Reader, contents, contents_scroll, entry_at_hand,
};
use crate::progress::State;
use crate::text::{Role, Style};
use crate::tui::theme::Tint;
use crate::tui::view::Canvas;

/// Draws the contents, with the entry that matters in sight.
pub(super) fn draw(model: &Model, reader: &Reader, areas: &Areas, canvas: &mut Canvas<'_>) {
    let entries = contents(model);
    let here = entry_at_hand(model, &entries);
    let chosen = match reader.focus {
        Focus::Contents { chosen } => Some(chosen),
        Focus::Text => None,
    };
    let mut area = areas.contents;
    if !areas.tabs {
        let (list, rule) = area.split_right(1);
        canvas.upright(rule);
        area = list;
    }
    let first = contents_scroll(entries.len(), chosen.unwrap_or(here), usize::from(area.height));
    for (y, (at, entry)) in (area.y..area.bottom()).zip(entries.iter().enumerate().skip(first)) {
        let row = Area { y, height: 1, ..area };
        draw_entry(entry, at == here, areas.tabs, row, canvas);
        if chosen == Some(at) {
            canvas.cell(row.x + 1, y, canvas.marks.chosen, Role::Accent);
            canvas.tint(row, Tint::Chosen);
        }
    }
    if entries.is_empty() {
        canvas.text(area.x + 3, area.y, area.width.saturating_sub(3), "no sections", Role::Muted);
    }
}

/// Draws an entry; an exercise is told by the word where there is room for it, else by the mark of its card.
fn draw_entry(entry: &Entry, here: bool, roomy: bool, row: Area, canvas: &mut Canvas<'_>) {
    let (mark, mark_role) = match entry.mark {
        Mark::None => (" ", Role::Muted),
        Mark::Read => (canvas.marks.passed, Role::Muted),
        Mark::Exercise(State::Passed) => (canvas.marks.passed, Role::Success),
        Mark::Exercise(state @ State::Started) => (canvas.marks.state(state), Role::Accent),
        Mark::Exercise(state @ State::New) => (canvas.marks.state(state), Role::Muted),
    };
    let x = row.x + 3 + 2 * entry.depth as u16;
    let end = row.right().saturating_sub(2);
    let role = match (here, entry.depth) {
        (true, _) => Style::of(Role::Accent).bold(),
        (false, 0) => Role::Text.into(),
        (false, _) => Role::Muted.into(),
    };
    let title = match entry.kind {
        EntryKind::Section(_) => entry.title.clone(),
        EntryKind::Exercise(_) if roomy => format!("Exercise: {}", entry.title),
        EntryKind::Exercise(_) => format!("{} {}", canvas.marks.exercise, entry.title),
    };
    canvas.text(x, row.y, end.saturating_sub(x + 1), &title, role);
    canvas.text(end, row.y, 1, mark, mark_role);
}
