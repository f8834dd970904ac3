//! How the cursor moves.

use crate::app::editor::buffer::Buffer;
use crate::app::editor::grapheme;
use crate::app::editor::position::{Position, Selection};

/// A way to move the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// A grapheme to the left.
    Left,
    /// A grapheme to the right.
    Right,
    /// To the beginning of the word before.
    WordLeft,
    /// To the beginning of the next word.
    WordRight,
    /// So many lines up.
    Up(usize),
    /// So many lines down.
    Down(usize),
    /// To the first character that is no white space; from there to the line's beginning.
    LineStart,
    /// To the line's end.
    LineEnd,
    /// To the beginning.
    Start,
    /// To the end.
    End,
}

impl Buffer {
    /// Moves the cursor; selects what it passes if `extend`.
    pub fn go(&mut self, motion: Motion, extend: bool) {
        self.part();
        let from = match motion {
            Motion::Left if !extend && !self.selection.is_empty() => {
                return self.place(self.selection.range().start);
            }
            Motion::Right if !extend && !self.selection.is_empty() => {
                return self.place(self.selection.range().end);
            }
            _ => self.selection.head,
        };
        let vertical = matches!(motion, Motion::Up(_) | Motion::Down(_));
        let goal = vertical.then(|| self.goal.unwrap_or_else(|| self.cell_of(from)));
        let to = self.target(from, motion, goal.unwrap_or_default());
        self.selection = Selection { anchor: if extend { self.selection.anchor } else { to }, head: to };
        self.goal = goal;
    }

    /// Where a motion leads; vertical ones keep to the cell `goal`.
    pub(super) fn target(&self, from: Position, motion: Motion, goal: usize) -> Position {
        let line = self.text.line(from.line);
        let within = |column| Position::new(from.line, column);
        match motion {
            Motion::Left | Motion::WordLeft if from.column == 0 => self.end_of_line_before(from.line),
            Motion::Right | Motion::WordRight if from.column == line.len() => self.start_of_line_after(from),
            Motion::Left => within(grapheme::previous(line, from.column)),
            Motion::Right => within(grapheme::next(line, from.column)),
            Motion::WordLeft => within(grapheme::previous_word(line, from.column)),
            Motion::WordRight => within(grapheme::next_word(line, from.column)),
            Motion::Up(_) if from.line == 0 => within(0),
            Motion::Down(_) if from.line == self.text.last() => within(line.len()),
            Motion::Up(lines) => self.at_cell(from.line.saturating_sub(lines), goal),
            Motion::Down(lines) => self.at_cell((from.line + lines).min(self.text.last()), goal),
            Motion::LineStart => {
                let indent = grapheme::floor(line, grapheme::indent_of(line).len());
                within(if from.column == indent { 0 } else { indent })
            }
            Motion::LineEnd => within(line.len()),
            Motion::Start => Position::default(),
            Motion::End => self.text.end(),
        }
    }

    /// The cell at which a place is shown, from the line's beginning.
    pub fn cell_of(&self, place: Position) -> usize {
        grapheme::cell_of(self.text.line(place.line), place.column)
    }

    /// The place that is shown at a cell of a line.
    pub fn at_cell(&self, line: usize, cell: usize) -> Position {
        let line = line.min(self.text.last());
        Position::new(line, grapheme::column_at(self.text.line(line), cell))
    }

    fn end_of_line_before(&self, line: usize) -> Position {
        match line.checked_sub(1) {
            Some(before) => Position::new(before, self.text.line(before).len()),
            None => Position::default(),
        }
    }

    fn start_of_line_after(&self, from: Position) -> Position {
        if from.line < self.text.last() { Position::new(from.line + 1, 0) } else { from }
    }
}
