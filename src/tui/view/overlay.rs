//! What stands above a screen, drawn.

use crate::app::Model;
use crate::app::area::Area;
use crate::app::screen::overlay::help::{self, Entry, Help};
use crate::app::screen::overlay::{self, Confirm, Finder, Overlay, Told, Versions, finder, told, versions};
use crate::text::width::suffix;
use crate::text::{Line, Role, Span, Style};
use crate::tui::theme::Tint;
use crate::tui::view::Canvas;

/// Draws an overlay.
pub fn draw(model: &Model, shown: &Overlay, canvas: &mut Canvas<'_>) {
    let area = overlay::area(model);
    match shown {
        Overlay::Help(help) => draw_help(model, *help, area, canvas),
        Overlay::Finder(finder) => draw_finder(finder, area, canvas),
        Overlay::Confirm(confirm) => draw_confirm(confirm, area, canvas),
        Overlay::Told(told) => draw_told(told, area, canvas),
        Overlay::Versions(versions) => draw_versions(versions, area, canvas),
    }
}

fn draw_help(model: &Model, help: Help, area: Area, canvas: &mut Canvas<'_>) {
    let inner = canvas.popup(area, "Keys");
    let columns = help::columns(model);
    let (wide, _) = help::widths(&columns.concat());
    let width = inner.width / columns.len().max(1) as u16;
    for (at, entries) in columns.iter().enumerate() {
        let column = Area { x: inner.x + at as u16 * width, width: width.saturating_sub(2), ..inner };
        for (y, entry) in (column.y..column.bottom()).zip(entries.iter().skip(help.scroll)) {
            match entry {
                Entry::Title(title) => {
                    canvas.text(column.x, y, column.width, title, Style::of(Role::Text).bold());
                }
                Entry::Keys(keys, about) => {
                    canvas.text(column.x, y, wide.min(column.width), keys, Role::Accent);
                    let (_, about_area) = column.split_left(wide);
                    canvas.text(about_area.x, y, about_area.width, about, Role::Text);
                }
                Entry::Space => {}
            }
        }
    }
    let bar = Area { x: area.right().saturating_sub(1), width: 1, ..inner };
    canvas.scrollbar(bar, help.scroll, help::height(model));
}

fn draw_told(shown: &Told, area: Area, canvas: &mut Canvas<'_>) {
    let inner = canvas.popup(area, "Message");
    let lines = told::lines(shown, inner.width);
    canvas.lines(inner, lines.iter().skip(shown.scroll), 0);
    let bar = Area { x: area.right().saturating_sub(1), width: 1, ..inner };
    canvas.scrollbar(bar, shown.scroll, lines.len());
}

fn draw_versions(shown: &Versions, area: Area, canvas: &mut Canvas<'_>) {
    canvas.popup(area, &format!("Versions of {}", shown.name()));
    let versions::Areas { list, change } = versions::parts(area);
    for (y, (at, row)) in (list.y..list.bottom()).zip(shown.kept.iter().enumerate().skip(shown.scroll)) {
        let line = Line::from(vec![
            Span::plain(format!("{:<13}", row.ago)),
            Span::new(row.differs.as_str(), Role::Muted),
        ]);
        canvas.line(Area::new(list.x + 2, y, list.width.saturating_sub(2), 1), &line, 0);
        if at == shown.chosen {
            canvas.cell(list.x, y, canvas.marks.chosen, Role::Accent);
            canvas.tint(Area { y, height: 1, ..list }, Tint::Chosen);
        }
    }
    canvas.rule(Area::new(list.x, list.bottom(), list.width, 1));
    canvas.text(list.x + 2, list.bottom(), list.width.saturating_sub(2), " - now   + then ", Role::Muted);
    canvas.lines(change, shown.change.iter().skip(shown.below), 0);
    let edge = area.right().saturating_sub(1);
    canvas.scrollbar(Area { x: edge, width: 1, ..list }, shown.scroll, shown.kept.len());
    canvas.scrollbar(Area { x: edge, width: 1, ..change }, shown.below, shown.change.len());
}

fn draw_finder(state: &Finder, area: Area, canvas: &mut Canvas<'_>) {
    let inner = canvas.popup(area, "Find anything");
    let x = canvas.text(inner.x, inner.y, 2, canvas.marks.arrow, Role::Accent) + 1;
    let room = inner.right().saturating_sub(x + 8);
    let hint = "a section, a listing, an exercise, a command";
    let end = if state.query.is_empty() {
        canvas.text(x, inner.y, room, hint, Role::Muted);
        x
    } else {
        canvas.text(x, inner.y, room, suffix(&state.query, usize::from(room)), Role::Text)
    };
    canvas.cursor = Some((end, inner.y));
    canvas.text_right(Area { height: 1, ..inner }, &state.found.len().to_string(), Role::Muted);
    canvas.rule(Area::new(inner.x, inner.y + 1, inner.width, 1));
    let rows = finder::results(area);
    for (y, (at, item)) in (rows.y..rows.bottom()).zip(state.found.iter().enumerate().skip(state.scroll)) {
        let Some(item) = state.items.get(*item) else { continue };
        let row = Area::new(inner.x, y, inner.width, 1);
        found(item, row, canvas);
        if at == state.chosen {
            canvas.cell(row.x, y, canvas.marks.chosen, Role::Accent);
            canvas.tint(row, Tint::Chosen);
        }
    }
    if state.found.is_empty() {
        canvas.text(rows.x + 4, rows.y, inner.width, "Nothing is called that.", Role::Muted);
    }
    let bar = Area { x: area.right().saturating_sub(1), width: 1, ..rows };
    canvas.scrollbar(bar, state.scroll, state.found.len());
}

fn found(item: &finder::Item, row: Area, canvas: &mut Canvas<'_>) {
    let kind = Area::new(row.x + 2, row.y, 10, 1);
    canvas.text(kind.x, kind.y, kind.width, item.kind.name(), Role::Muted);
    let rest = Area::new(kind.right(), row.y, row.right().saturating_sub(kind.right()), 1);
    let line = Line::from(vec![
        Span::plain(item.title.as_str()),
        Span::new(format!("   {}", item.place), Role::Muted),
    ]);
    canvas.line(rest, &line, 0);
}

fn draw_confirm(confirm: &Confirm, area: Area, canvas: &mut Canvas<'_>) {
    let inner = canvas.popup(area, "Are you sure?");
    canvas.text(inner.x, inner.y, inner.width, &confirm.question, Style::of(Role::Text).bold());
    canvas.text(inner.x, inner.y + 1, inner.width, &confirm.consequence, Role::Muted);
    let choices = Line::from(vec![
        Span::new("Enter ", Role::Accent),
        Span::plain(confirm.yes),
        Span::new("   Esc ", Role::Accent),
        Span::plain("no"),
    ]);
    canvas.line(Area::new(inner.x, inner.y + 3, inner.width, 1), &choices, 0);
}
