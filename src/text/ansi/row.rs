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
}

impl Row {
    pub(super) fn put(&mut self, c: char, style: Style) {
        let c = match fate(c) {
            Fate::Kept => c,
            Fate::Replaced => REPLACEMENT,
            Fate::Dropped => return,
        };
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
        match what {
            0 => self.cells.truncate(self.cursor),
            1 => {
                let end = self.cells.len().min(self.cursor + 1);
                self.cells[..end].fill((' ', Style::default()));
            }
            _ => {
                self.cells.truncate(self.cursor);
                self.cells.fill((' ', Style::default()));
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn clear(&mut self) {
        self.cells.clear();
        self.cursor = 0;
        self.column = 0;
    }

    pub(super) fn line(&self) -> Line {
        let mut line = Line::default();
        let mut run = String::new();
        let mut style = Style::default();
        for &(c, of) in &self.cells {
            if of != style {
                append(&mut line.spans, &run, style);
                run.clear();
                style = of;
            }
            run.push(c);
        }
        append(&mut line.spans, &run, style);
        line
    }
}
