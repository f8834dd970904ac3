//! The text drawn: only the lines in view are looked at.

use crate::app::Model;
use crate::app::area::Area;
use crate::app::screen::reader::{self, Areas, Chosen, Reader};
use crate::text::code::{Highlights, listing};
use crate::text::prose::{LineKind, PageLine};
use crate::text::width::window;
use crate::text::{Line, Role, Span, Style};
use crate::tui::theme::Tint;
use crate::tui::view::Canvas;
use crate::tui::view::cache::BUDGET;
use crate::tui::view::reader::{Memory, card};

/// Draws the lines in view; says whether more of them is to be highlighted in the next frame.
pub(super) fn draw(
    model: &Model,
    reader: &Reader,
    areas: &Areas,
    canvas: &mut Canvas<'_>,
    memory: &mut Memory,
) -> bool {
    let at_hand = reader::listing_at_hand(model);
    let unfinished = highlight(reader, areas, memory);
    let lines = reader.page.lines.iter().enumerate().skip(reader.scroll);
    for (y, (number, line)) in (areas.text.y..areas.text.bottom()).zip(lines) {
        let row = Area { y, height: 1, ..areas.text };
        match line.kind {
            LineKind::Prose => {
                canvas.line(row, &line.line, 0);
            }
            LineKind::Title { block } => title(model, reader, areas, row, line, block, at_hand, canvas),
            LineKind::Code { block, row: at } => {
                code(reader, row, line, (block, at), at_hand == Some(block), memory, canvas);
            }
            LineKind::Inserted { insertion, row: at } => {
                card::draw(model, reader, insertion, at, Area { width: areas.measure, ..row }, canvas);
            }
        }
        marked(reader, number, line, row, canvas);
    }
    tail(model, reader, areas, canvas);
    unfinished
}

/// Highlights the blocks in view as far as the budget goes.
fn highlight(reader: &Reader, areas: &Areas, memory: &mut Memory) -> bool {
    let shown = reader.scroll..reader.scroll + usize::from(areas.text.height);
    let blocks = &reader.page.blocks;
    let first = blocks.partition_point(|block| block.lines.end <= shown.start);
    let mut unfinished = false;
    let in_view =
        blocks.iter().enumerate().skip(first).take_while(|(_, block)| block.lines.start < shown.end);
    let in_view: Vec<_> = in_view.collect();
    let budget = BUDGET / in_view.len().max(1);
    for (number, block) in in_view {
        let highlights = memory.blocks.entry(number).or_insert_with(|| {
            let mut highlights = Highlights::new(&block.language);
            highlights.sync(&block.shown);
            highlights
        });
        let through = shown.end.min(block.lines.end) - block.lines.start;
        unfinished |= highlights.advance(through, budget.max(4));
    }
    unfinished
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn from all that is known of it")]
fn title(
    model: &Model,
    reader: &Reader,
    areas: &Areas,
    row: Area,
    line: &PageLine,
    block: usize,
    at_hand: Option<usize>,
    canvas: &mut Canvas<'_>,
) {
    let chosen = at_hand == Some(block);
    let listing = reader::listing_of(model, reader, block);
    let run = listing.is_some_and(|listing| listing.run);
    let mark = reader::run_mark(areas);
    let room = if run { (mark.start - row.x).saturating_sub(1) } else { row.width };
    canvas.line(Area { width: room, ..row }, &line.line, 0);
    gutter(reader, block, row, chosen, canvas);
    if run {
        let role = if chosen { Style::of(Role::Accent).bold() } else { Role::Muted.into() };
        let text = Line::from(vec![
            Span::new(format!("{} run", canvas.marks.run), role),
            Span::new(if chosen { "  r" } else { "" }, Role::Accent),
        ]);
        canvas.line(Area { x: mark.start, width: mark.end - mark.start, ..row }, &text, 0);
    }
}

fn code(
    reader: &Reader,
    row: Area,
    line: &PageLine,
    (block, at): (usize, usize),
    chosen: bool,
    memory: &Memory,
    canvas: &mut Canvas<'_>,
) {
    let of = &reader.page.blocks[block];
    canvas.line(row, &window(&line.line, 0, of.indent), 0);
    gutter(reader, block, row, chosen, canvas);
    let (_, area) = row.split_left(of.indent as u16);
    let tokens = memory.blocks.get(&block).map_or(&[][..], |highlights| highlights.tokens(at));
    let offset = reader.sideways.get(&block).copied().unwrap_or(0);
    canvas.line(area, &listing::styled(&of.shown[at], tokens), offset);
}

/// Marks the listing at hand in its gutter.
fn gutter(reader: &Reader, block: usize, row: Area, chosen: bool, canvas: &mut Canvas<'_>) {
    let explicit = reader.chosen == Some(Chosen::Block(block));
    if chosen {
        let x = row.x + (reader.page.blocks[block].indent as u16).saturating_sub(2);
        let mark = if explicit { canvas.marks.exercise } else { canvas.marks.bar };
        canvas.cell(x, row.y, mark, Role::Accent);
    }
}

/// Lays the marks of the search and of the chosen link over a line.
fn marked(reader: &Reader, number: usize, line: &PageLine, row: Area, canvas: &mut Canvas<'_>) {
    if let Some(Chosen::Link(link)) = reader.chosen
        && let Some(link) = reader.page.links.get(link).filter(|link| link.line == number)
    {
        let (x, width) = (row.x + link.columns.start as u16, link.columns.len() as u16);
        canvas.tint(Area { x, width, ..row }, Tint::Selection);
    }
    let Some(search) = &reader.search else { return };
    let (indent, offset) = match line.kind {
        LineKind::Code { block, .. } => {
            (reader.page.blocks[block].indent, reader.sideways.get(&block).copied().unwrap_or(0))
        }
        _ => (0, 0),
    };
    let first = search.matches.partition_point(|found| found.line + 1 < number);
    let near = search.matches.iter().enumerate().skip(first).take_while(|(_, found)| found.line <= number);
    for (at, found) in near {
        let columns = if found.line == number { Some(&found.columns) } else { found.rest.as_ref() };
        let Some(columns) = columns else { continue };
        let place =
            |column: usize| if column < indent { column } else { column.max(offset + indent) - offset };
        let (start, end) = (place(columns.start), place(columns.end).min(usize::from(row.width)));
        let tint = if at == search.current { Tint::CurrentMatch } else { Tint::Match };
        let area = Area { x: row.x + start as u16, width: end.saturating_sub(start) as u16, ..row };
        canvas.tint(area, tint);
    }
}

/// Draws what comes after the chapter, below its text.
fn tail(model: &Model, reader: &Reader, areas: &Areas, canvas: &mut Canvas<'_>) {
    let below = reader.page.lines.len() + 1 - reader.scroll.min(reader.page.lines.len() + 1);
    let row = areas.text.split_top(below as u16).1.split_top(1).0;
    if row.is_empty() {
        return;
    }
    let Some((pack, chapter)) = reader::at_hand(model, reader) else { return };
    let at = pack.chapters.iter().position(|of| of.slug == chapter.slug).unwrap_or(0);
    let line = match pack.chapters.get(at + 1) {
        Some(next) => Line::from(vec![
            Span::new(format!("{} Next: {} ", canvas.marks.arrow, at + 2), Role::Muted),
            Span::new(next.title.as_str(), Style::of(Role::Accent)),
        ]),
        None => Line::of("This is the end of the last chapter.", Role::Muted),
    };
    canvas.line(row, &line, 0);
}
