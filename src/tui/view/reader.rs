//! The reader drawn: header, contents, text, search.

use std::collections::HashMap;

use crate::app::Model;
use crate::app::area::{Area, Frame};
use crate::app::screen::reader::{self, Areas, Focus, Reader, Search, TAIL};
use crate::text::code::Highlights;
use crate::text::width::suffix;
use crate::text::{Line, Role, Span, Style};
use crate::tui::view::{Canvas, root};

mod card;
mod contents;
mod text;

#[cfg(test)]
mod tests;

/// What drawing the reader remembers.
#[derive(Debug, Default)]
pub struct Memory {
    /// The pack and the chapter it remembers.
    chapter: (String, String),
    /// The highlighting of its code blocks, by their place on the page.
    blocks: HashMap<usize, Highlights>,
}

/// Draws the reader; says whether more of it is to be highlighted in the next frame.
pub fn draw(model: &Model, frame: Frame, canvas: &mut Canvas<'_>, memory: &mut Memory) -> bool {
    let Some(reader) = &model.reader else { return false };
    if memory.chapter != (reader.pack.clone(), reader.chapter.clone()) {
        *memory = Memory { chapter: (reader.pack.clone(), reader.chapter.clone()), ..Memory::default() };
    }
    header(model, reader, frame.header, canvas);
    let areas = reader::areas(model);
    let in_contents = matches!(reader.focus, Focus::Contents { .. });
    if !areas.tabs || in_contents {
        contents::draw(model, reader, &areas, canvas);
    }
    if areas.tabs && in_contents {
        return false;
    }
    let unfinished = text::draw(model, reader, &areas, canvas, memory);
    canvas.scrollbar(areas.track, reader.scroll, reader.page.lines.len() + TAIL);
    if let Some(search) = &reader.search {
        searched(search, &areas, canvas);
    }
    unfinished
}

fn header(model: &Model, reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let Some((pack, chapter)) = reader::at_hand(model, reader) else { return };
    let number = pack.chapters.iter().position(|of| of.slug == chapter.slug).map_or(0, |at| at + 1);
    let mut spans = vec![
        Span::new(format!("{number} "), Role::Muted),
        Span::new(chapter.title.as_str(), Style::of(Role::Text).bold()),
    ];
    let entries = reader::contents(model);
    let at = reader::entry_at_hand(model, &entries);
    let parts = entries[..entries.len().min(at + 1)].iter().rev();
    let part = parts.clone().next();
    let pattern = parts.clone().find(|entry| entry.depth == 0);
    for entry in [pattern, part.filter(|entry| entry.depth > 0)].into_iter().flatten() {
        spans.push(Span::new(format!(" {} ", canvas.marks.arrow), Role::Muted));
        spans.push(Span::new(entry.title.as_str(), Role::Text));
    }
    let share = reader::share(model).map(|share| format!("{share} %")).unwrap_or_default();
    root::header(area, &Line::from(spans), &Line::of(share, Role::Muted), canvas);
}

fn searched(search: &Search, areas: &Areas, canvas: &mut Canvas<'_>) {
    let area = areas.search;
    let x = canvas.text(area.x + 1, area.y, area.width.saturating_sub(1), "/ ", Role::Accent);
    let room = area.width.saturating_sub(x - area.x + 20);
    let x = canvas.text(x, area.y, room, suffix(&search.query, usize::from(room)), Role::Text);
    let (count, role) = match (search.query.is_empty(), search.matches.len()) {
        (true, _) => (String::new(), Role::Muted),
        (false, 0) => ("not found".to_owned(), Role::Warning),
        (false, all) => (format!("{} of {all}", search.current + 1), Role::Muted),
    };
    canvas.text(x + 3, area.y, area.right().saturating_sub(x + 3), &count, role);
    if search.typing.is_some() {
        canvas.cursor = Some((x, area.y));
    }
}
