//! The line that is being written, over which a carriage return lets a program write again.

use std::cmp::Ordering;

use unicode_width::UnicodeWidthChar;

use crate::text::control::{Fate, REPLACEMENT, fate};
use crate::text::style::{Line, Style};
use crate::text::width::append;

/// A tab leads to the next multiple of this many columns.
const TAB: usize = 8;

/// The characters of the line at hand and the place of the cursor among them.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    cells: Vec<(char, Style)>,
    cursor: usize,
    /// The width of what stands before the cursor.
    column: usize,
    /// So many characters from the start are blank for certain, and need not be erased again.
    blank: usize,
    /// Since the line was drawn last, nothing changed before this one.
    changed: usize,
}

impl Row {
    pub(super) fn put(&mut self, c: char, style: Style) {
        let c = match fate(c) {
            Fate::Kept => c,
            Fate::Replaced => REPLACEMENT,
            Fate::Dropped => return,
        };
        self.blank = self.blank.min(self.cursor);
        self.changed = self.changed.min(self.cursor);
        match self.cursor.cmp(&self.cells.len()) {
            Ordering::Less => self.cells[self.cursor] = (c, style),
            _ => self.cells.push((c, style)),
        }
        self.cursor += 1;
        self.column += c.width().unwrap_or(0);
    }

    pub(super) fn tab(&mut self, style: Style) {
        for _ in 0..TAB - self.column % TAB {
            self.put(' ', style);
        }
    }

    pub(super) fn back(&mut self) {
        if self.cursor > 0 {
            self.cursor -= 1;
            self.column -= self.cells[self.cursor].0.width().unwrap_or(0).min(self.column);
        }
    }

    pub(super) fn restart(&mut self) {
        self.cursor = 0;
        self.column = 0;
    }

    /// Erases from the cursor on, before it, or all.
    pub(super) fn erase(&mut self, what: u16) {
        if what != 1 {
            self.cells.truncate(self.cursor);
            self.blank = self.blank.min(self.cells.len());
            self.changed = self.changed.min(self.cells.len());
        }
        if what != 0 {
            let end = self.cells.len().min(self.cursor + 1);
            if self.blank < end {
                self.cells[self.blank..end].fill((' ', Style::default()));
                self.changed = self.changed.min(self.blank);
                self.blank = end;
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn clear(&mut self) {
        *self = Self { cells: std::mem::take(&mut self.cells), ..Self::default() };
        self.cells.clear();
    }

    pub(super) fn line(&self) -> Line {
        let mut line = Line::default();
        self.draw(0, &mut line);
        line
    }

    /// Brings a drawing of this line up to date of which `drawn` characters stand there; says how many do now.
    pub(super) fn redraw(&mut self, drawn: usize, line: &mut Line) -> usize {
        let from = if self.changed < drawn { 0 } else { drawn };
        if from == 0 {
            line.spans.clear();
        }
        self.draw(from, line);
        self.changed = self.cells.len();
        self.cells.len()
    }

    fn draw(&self, from: usize, line: &mut Line) {
        let mut run = String::new();
        let mut style = Style::default();
        for &(c, of) in &self.cells[from..] {
            if of != style {
                append(&mut line.spans, &run, style);
                run.clear();
                style = of;
            }
            run.push(c);
        }
        append(&mut line.spans, &run, style);
    }
}
