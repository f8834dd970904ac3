//! An editor drawn: line numbers, highlighted text, what is selected and found, the compiler's marks, the cursor.

use std::ops::Range;

use crate::app::area::Area;
use crate::app::editor::{Editor, Mark, Position, Prompt, grapheme};
use crate::cargo::Level;
use crate::text::code::{Highlights, Token};
use crate::text::width::suffix;
use crate::text::{Role, Style};
use crate::tui::theme::Tint;
use crate::tui::view::cache::BUDGET;
use crate::tui::view::{Canvas, problems};

/// Between the end of a line and what the compiler says of it.
const GAP: u16 = 3;

/// An editor and what is drawn with it.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The editor.
    pub editor: &'a Editor,
    /// Where it stands.
    pub area: Area,
    /// Where its open field stands.
    pub prompt: Area,
    /// What the compiler says.
    pub marks: &'a [Mark],
    /// Whether keys go to it.
    pub focused: bool,
}

impl View<'_> {
    /// Draws the editor; says whether more of it is to be highlighted in the next frame.
    pub fn draw(&self, highlights: &mut Highlights, canvas: &mut Canvas<'_>) -> bool {
        let view = self.editor.view;
        let lines = self.editor.buffer.lines();
        highlights.sync(lines);
        let pending = highlights.advance(view.top + usize::from(self.area.height), BUDGET);
        for (row, line) in (self.area.y..self.area.bottom()).zip(view.top..lines.len()) {
            self.gutter(row, line, canvas);
            self.line(row, line, highlights.tokens(line), canvas);
            self.tints(row, line, canvas);
            self.message(row, line, canvas);
        }
        self.cursor(canvas);
        self.field(canvas);
        pending
    }

    fn text(&self) -> Area {
        self.area.split_left(self.editor.gutter()).1
    }

    fn gutter(&self, row: u16, line: usize, canvas: &mut Canvas<'_>) {
        if let Some(mark) = self.marks.iter().filter(|mark| mark.line == line).min_by_key(|mark| mark.level) {
            let (sign, role) = problems::mark(mark.level, canvas);
            canvas.cell(self.area.x, row, sign, role);
        }
        let digits = self.editor.gutter().saturating_sub(3);
        let here = self.focused && line == self.editor.buffer.cursor().line;
        let role = if here { Role::Text } else { Role::Muted };
        let number = format!("{:>width$}", line + 1, width = usize::from(digits));
        canvas.text(self.area.x + 2, row, digits, &number, role);
    }

    fn line(&self, row: u16, line: usize, tokens: &[Token], canvas: &mut Canvas<'_>) {
        let (text, area) = (self.editor.buffer.text().line(line), self.text());
        let (left, end) = (self.editor.view.left, self.editor.view.left + usize::from(area.width));
        let first = grapheme::column_at(text, left);
        let mut cell = grapheme::cell_of(text, first);
        let mut tokens = tokens.iter().skip_while(|token| token.range.end <= first).peekable();
        let mut column = first;
        while column < text.len() {
            let next = grapheme::next(text, column);
            let glyph = &text[column..next];
            let wide = grapheme::width(glyph, cell);
            if cell + wide > end {
                return canvas.cell(area.right() - 1, row, canvas.marks.cut, Role::Muted);
            }
            while tokens.next_if(|token| token.range.end <= column).is_some() {}
            let role = match tokens.peek() {
                Some(token) if token.range.start <= column => Role::Syntax(token.role),
                _ => Role::Text,
            };
            if cell >= left && glyph != "\t" {
                canvas.text(area.x + (cell - left) as u16, row, wide as u16, glyph, role);
            }
            (column, cell) = (next, cell + wide);
        }
        if left > 0 && !text.is_empty() {
            canvas.cell(area.x, row, canvas.marks.cut, Role::Muted);
        }
    }

    fn tints(&self, row: u16, line: usize, canvas: &mut Canvas<'_>) {
        let selection = self.editor.buffer.selection();
        if self.focused && selection.is_empty() && line == selection.head.line {
            canvas.tint(Area { y: row, height: 1, ..self.area }, Tint::CurrentLine);
        }
        for mark in self.marks.iter().filter(|mark| mark.line == line) {
            let tint = if mark.level == Level::Error { Tint::Error } else { Tint::Warning };
            // A place between two characters is shown on the one after it.
            let text = self.editor.buffer.text().line(line);
            let end = mark.columns.end.max(grapheme::next(text, mark.columns.start));
            self.tint(row, line, mark.columns.start..end, tint, canvas);
        }
        let found = self.editor.find.shown(self.editor.buffer.revision());
        // A long line may hold thousands: only those in view are looked at.
        let text = self.editor.buffer.text().line(line);
        let (left, right) = (self.editor.view.left, self.editor.view.left + usize::from(self.text().width));
        let (first, last) = (grapheme::column_at(text, left), grapheme::column_at(text, right));
        let from = found.partition_point(|one| one.end <= Position::new(line, first));
        for one in found[from..].iter().take_while(|one| one.start <= Position::new(line, last)) {
            let tint = if *one == selection.range() { Tint::CurrentMatch } else { Tint::Match };
            self.tint(row, line, one.start.column..one.end.column, tint, canvas);
        }
        let here = found.binary_search_by(|one| one.start.cmp(&selection.range().start));
        let found_here = here.is_ok_and(|at| found[at] == selection.range());
        if !selection.is_empty() && !found_here {
            self.select(row, line, selection.range(), canvas);
        }
    }

    fn select(&self, row: u16, line: usize, range: Range<Position>, canvas: &mut Canvas<'_>) {
        if !(range.start.line..=range.end.line).contains(&line) {
            return;
        }
        let text = self.editor.buffer.text().line(line);
        let start = if line == range.start.line { range.start.column } else { 0 };
        let end = if line == range.end.line { range.end.column } else { text.len() };
        self.tint(row, line, start..end, Tint::Selection, canvas);
        if line < range.end.line {
            // The line's end is selected too: one cell stands for it.
            let cell = grapheme::cell_of(text, text.len());
            self.tint_cells(row, cell..cell + 1, Tint::Selection, canvas);
        }
    }

    fn tint(&self, row: u16, line: usize, columns: Range<usize>, tint: Tint, canvas: &mut Canvas<'_>) {
        let text = self.editor.buffer.text().line(line);
        let cells = grapheme::cell_of(text, grapheme::floor(text, columns.start))
            ..grapheme::cell_of(text, grapheme::ceil(text, columns.end.min(text.len())));
        self.tint_cells(row, cells, tint, canvas);
    }

    fn tint_cells(&self, row: u16, cells: Range<usize>, tint: Tint, canvas: &mut Canvas<'_>) {
        let (area, left) = (self.text(), self.editor.view.left);
        let column = |cell: usize| cell.saturating_sub(left).min(usize::from(area.width)) as u16;
        let (start, end) = (column(cells.start), column(cells.end));
        canvas.tint(Area::new(area.x + start, row, end.saturating_sub(start), 1), tint);
    }

    /// What the compiler says of a line, where there is room for some of it.
    fn message(&self, row: u16, line: usize, canvas: &mut Canvas<'_>) {
        // Where a problem stands, what belongs to another one is not said.
        let said = self.marks.iter().filter(|mark| mark.line == line && mark.message.is_some());
        let said = said.min_by_key(|mark| mark.level);
        let Some((mark, message)) = said.and_then(|mark| Some((mark, mark.message.as_deref()?))) else {
            return;
        };
        let (area, text) = (self.text(), self.editor.buffer.text().line(line));
        let used = grapheme::cell_of(text, text.len()).saturating_sub(self.editor.view.left);
        let used = used.min(usize::from(area.width)) as u16 + GAP;
        if area.width > used + 8 {
            let (_, role) = problems::mark(mark.level, canvas);
            canvas.text(area.x + used, row, area.width - used, message, Style::of(role).italic());
        }
    }

    fn cursor(&self, canvas: &mut Canvas<'_>) {
        let (view, area) = (self.editor.view, self.text());
        let place = self.editor.buffer.cursor();
        let cell = self.editor.buffer.cell_of(place);
        let (Some(row), Some(column)) = (place.line.checked_sub(view.top), cell.checked_sub(view.left))
        else {
            return;
        };
        let inside = row < usize::from(area.height) && column < usize::from(area.width);
        if self.focused && inside && self.editor.prompt.is_none() {
            canvas.cursor = Some((area.x + column as u16, area.y + row as u16));
        }
    }

    fn field(&self, canvas: &mut Canvas<'_>) {
        let Some(prompt) = &self.editor.prompt else { return };
        let area = self.prompt;
        canvas.clear(area);
        let (title, more) = match prompt {
            Prompt::Find { .. } => ("Find", self.found()),
            Prompt::Line { .. } => ("Go to line", format!("of {}", self.editor.buffer.lines().len())),
        };
        let x = canvas.text(area.x + 1, area.y, area.width, title, Role::Accent) + 1;
        let room = area.right().saturating_sub(x + 1);
        let shown = suffix(prompt.input(), usize::from(room));
        let (from, x) = (x, canvas.text(x, area.y, room + 1, shown, Role::Text));
        // What the next letter takes the place of looks as any other text of which that holds.
        if matches!(prompt, Prompt::Find { offered: true, .. }) {
            canvas.tint(Area::new(from, area.y, x.saturating_sub(from), 1), Tint::Selection);
        }
        canvas.cursor = Some((x, area.y));
        canvas.text(x + GAP, area.y, area.right().saturating_sub(x + GAP), &more, Role::Muted);
    }

    fn found(&self) -> String {
        let find = &self.editor.find;
        let at = find.number_at(self.editor.buffer.selection().range().start);
        match (find.matches.len(), at) {
            _ if find.query.is_empty() => "F3 next   Enter done   Esc back".to_owned(),
            (0, _) => "nothing found".to_owned(),
            (all, Some(at)) => format!("{at} of {all}   F3 next   Enter done   Esc back"),
            (all, None) => format!("{all} found"),
        }
    }
}
