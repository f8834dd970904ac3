//! Places in a text, and the stretch between two of them.

use std::ops::Range;

/// A place between two characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 0.
    pub line: usize,
    /// The byte in the line, from 0.
    pub column: usize,
}

impl Position {
    /// The place of this line and byte.
    pub const fn new(line: usize, column: usize) -> Self {
        Self { line, column }
    }

    /// The place where `text` ends that begins here.
    #[must_use]
    pub fn after(self, text: &str) -> Self {
        match text.rfind('\n') {
            None => Self::new(self.line, self.column + text.len()),
            Some(last) => {
                let lines = text.bytes().filter(|&byte| byte == b'\n').count();
                Self::new(self.line + lines, text.len() - last - 1)
            }
        }
    }
}

/// What is selected: from where it was begun to where the cursor is. Empty where the two are one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where it was begun.
    pub anchor: Position,
    /// Where the cursor is.
    pub head: Position,
}

impl Selection {
    /// The cursor at a place, with nothing selected.
    pub const fn at(place: Position) -> Self {
        Self { anchor: place, head: place }
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.anchor == self.head
    }

    /// The selected stretch, from front to back.
    pub fn range(&self) -> Range<Position> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }
}
