//! Tables: columns as wide as their cells, narrowed by wrapping where the page is too narrow for that.

use std::iter;

use crate::text::markdown::{Alignment, Inline};
use crate::text::prose::inline::{About, released};
use crate::text::prose::page::LineKind;
use crate::text::prose::setter::Setter;
use crate::text::style::{Role, Span, Style};
use crate::text::width::width;
use crate::text::wrap::{Run, wrap_runs};

/// The columns between two cells.
const GAP: usize = 2;

/// A column is not made narrower than this; a page that is too narrow even so shows each row as a list.
const NARROWEST: usize = 6;

type Cell = Vec<Run<About>>;

impl Setter {
    pub(super) fn table(
        &mut self,
        alignments: &[Alignment],
        header: &[Vec<Inline>],
        rows: &[Vec<Vec<Inline>>],
    ) {
        let header: Vec<Cell> =
            header.iter().map(|cell| released(self.runs(cell, Style::of(Role::Text).bold()))).collect();
        let rows: Vec<Vec<Cell>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| released(self.runs(cell, Style::default()))).collect())
            .collect();
        let room = self.width.saturating_sub(self.margins.width());
        match fit(&header, &rows, room) {
            Some(widths) => self.grid(alignments, &widths, &header, &rows),
            None => self.records(&header, &rows),
        }
    }

    fn grid(&mut self, alignments: &[Alignment], widths: &[usize], header: &[Cell], rows: &[Vec<Cell>]) {
        self.row(alignments, widths, header);
        let mark = if self.ascii { "-" } else { "─" };
        let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        self.line(vec![Span::new(mark.repeat(total), Role::Muted)], LineKind::Prose);
        let tall =
            rows.iter().any(|row| row.iter().zip(widths).any(|(cell, width)| lines(cell, *width).len() > 1));
        for (at, row) in rows.iter().enumerate() {
            if at > 0 && tall {
                self.gap(1);
            }
            self.row(alignments, widths, row);
        }
    }

    fn row(&mut self, alignments: &[Alignment], widths: &[usize], row: &[Cell]) {
        let cells: Vec<Vec<Cell>> = row.iter().zip(widths).map(|(cell, width)| lines(cell, *width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut runs: Cell = Vec::new();
            let mut missing = 0;
            for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
                let empty = Cell::new();
                let line = cell.get(at).unwrap_or(&empty);
                let free = width - (*width).min(runs_width(line));
                let left = match alignments.get(column).copied().unwrap_or_default() {
                    Alignment::Left => 0,
                    Alignment::Center => free / 2,
                    Alignment::Right => free,
                };
                if line.is_empty() {
                    missing += width + GAP;
                    continue;
                }
                runs.push((" ".repeat(missing + left), About::default()));
                runs.extend(line.iter().cloned());
                missing = free - left + GAP;
            }
            self.runs_line(runs);
        }
    }

    /// Shows each row as a list of its cells behind their columns' titles.
    fn records(&mut self, header: &[Cell], rows: &[Vec<Cell>]) {
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                self.gap(1);
            }
            for (title, cell) in header.iter().zip(row) {
                let colon = iter::once((": ".to_owned(), About::default()));
                let runs: Cell = title.iter().cloned().chain(colon).chain(cell.iter().cloned()).collect();
                self.text(&runs);
            }
        }
        if rows.is_empty() {
            for title in header {
                self.runs_line(title.clone());
            }
        }
    }
}

/// The widths of the columns within `room`, if it is enough for all of them. The widest gives way first, and none is made
/// narrower than its longest word while another can still give way.
fn fit(header: &[Cell], rows: &[Vec<Cell>], room: usize) -> Option<Vec<usize>> {
    let columns = header.len();
    let room = room.checked_sub(GAP * columns.saturating_sub(1))?;
    let of =
        |column: usize| iter::once(&header[column]).chain(rows.iter().filter_map(move |row| row.get(column)));
    let widths: Vec<usize> = (0..columns)
        .map(|column| of(column).map(|cell| cell_width(cell)).max().unwrap_or(0).min(room))
        .collect();
    let words = (0..columns).map(|column| of(column).map(|cell| longest_word(cell)).max().unwrap_or(0));
    let words: Vec<usize> = words.map(|word| word.max(NARROWEST)).collect();
    narrowed(&widths, &words, room).or_else(|| {
        let widths: Vec<usize> = widths.iter().zip(&words).map(|(width, word)| *width.min(word)).collect();
        narrowed(&widths, &vec![NARROWEST; columns], room)
    })
}

/// The columns with none wider than a common bound, if all fit then; the bound leaves each what it needs at `least`. What is
/// left over is for the first.
fn narrowed(widths: &[usize], least: &[usize], room: usize) -> Option<Vec<usize>> {
    let bounded = |bound: usize| -> Vec<usize> {
        widths.iter().zip(least).map(|(width, least)| (*width).min(bound.max(*least))).collect()
    };
    let fits = |bound: &usize| bounded(*bound).iter().sum::<usize>() <= room;
    let bounds: Vec<usize> = (0..=room).collect();
    let bound = bounds.partition_point(fits).checked_sub(1)?;
    let mut narrowed = bounded(bound);
    let left = room - narrowed.iter().sum::<usize>();
    let wider = narrowed.iter_mut().zip(bounded(bound + 1)).filter(|(width, wider)| *wider > **width);
    wider.take(left).for_each(|(width, wider)| *width = wider);
    Some(narrowed)
}

fn lines(cell: &Cell, width: usize) -> Vec<Cell> {
    wrap_runs(cell.iter().map(|(text, about)| (text.as_str(), *about)), width)
}

fn runs_width(runs: &[Run<About>]) -> usize {
    runs.iter().map(|(text, _)| width(text)).sum()
}

/// The widest line of a cell.
fn cell_width(cell: &[Run<About>]) -> usize {
    let text: String = cell.iter().map(|(text, _)| text.as_str()).collect();
    text.split('\n').map(width).max().unwrap_or(0)
}

fn longest_word(cell: &[Run<About>]) -> usize {
    let text: String = cell.iter().map(|(text, _)| text.as_str()).collect();
    text.split([' ', '\n']).map(width).max().unwrap_or(0)
}
