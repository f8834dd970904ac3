//! One change of a text as a value, with its inverse.

use crate::app::editor::position::Position;
use crate::app::editor::text::Text;

/// At a place, one text gives way to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where.
    pub at: Position,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

impl Edit {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { at: self.at, removed: self.inserted.clone(), inserted: self.removed.clone() }
    }

    /// Makes the change and returns where the inserted text ends.
    pub fn apply(&self, text: &mut Text) -> Position {
        text.replace(self.at..self.at.after(&self.removed), &self.inserted)
    }
}
