//! What can be undone and done again: edits in groups, as a person thinks of them.

use std::collections::VecDeque;
use std::time::Duration;

use crate::app::editor::edit::Edit;
use crate::app::editor::position::Selection;

/// How long a pause in typing may be within one group.
const PAUSE: Duration = Duration::from_secs(1);

/// How many groups are kept, and how many bytes of text they hold together; the last is kept whatever it holds.
const GROUPS: usize = 2_000;
const BYTES: usize = 8 << 20;

/// What kind of action made an edit; only like ones join one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A visible character was typed.
    Word,
    /// White space was typed.
    Space,
    /// A character was deleted, backwards or forwards.
    Erase,
    /// Anything else: a group of its own.
    Whole,
}

impl Action {
    fn joins(self, before: Self) -> bool {
        match self {
            Self::Word => before == Self::Word,
            Self::Space => matches!(before, Self::Word | Self::Space),
            Self::Erase => before == Self::Erase,
            Self::Whole => false,
        }
    }
}

/// Edits that are undone together, and what was selected around them.
#[derive(Debug, Clone)]
pub struct Group {
    /// The edits in the order in which they were made.
    pub edits: Vec<Edit>,
    /// What was selected before them.
    pub before: Selection,
    /// What was selected after them.
    pub after: Selection,
    action: Action,
    at: Duration,
}

impl Group {
    fn bytes(&self) -> usize {
        bytes(&self.edits)
    }
}

/// What can be undone and done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: VecDeque<Group>,
    undone: Vec<Group>,
    /// What the groups of both hold together.
    bytes: usize,
}

impl History {
    /// Records edits that were made together.
    pub fn record(
        &mut self,
        edits: Vec<Edit>,
        action: Action,
        before: Selection,
        after: Selection,
        now: Duration,
    ) {
        self.bytes -= self.undone.drain(..).map(|group| group.bytes()).sum::<usize>();
        self.bytes += bytes(&edits);
        if let Some(last) = self.done.back_mut() {
            let together = last.after == before && now.saturating_sub(last.at) <= PAUSE;
            if together && action.joins(last.action) {
                last.edits.extend(edits);
                (last.after, last.action, last.at) = (after, action, now);
                return;
            }
        }
        self.done.push_back(Group { edits, before, after, action, at: now });
        while self.done.len() > 1 && (self.done.len() > GROUPS || self.bytes > BYTES) {
            self.bytes -= self.done.pop_front().map_or(0, |group| group.bytes());
        }
    }

    /// Ends the group at hand, so that the next edit begins another.
    pub fn part(&mut self) {
        if let Some(last) = self.done.back_mut() {
            last.action = Action::Whole;
        }
    }

    /// Takes the last group to undo it.
    pub fn undo(&mut self) -> Option<&Group> {
        self.undone.push(self.done.pop_back()?);
        self.part();
        self.undone.last()
    }

    /// Takes the group that was undone last to do it again.
    pub fn redo(&mut self) -> Option<&Group> {
        self.done.push_back(self.undone.pop()?);
        self.part();
        self.done.back()
    }
}

fn bytes(edits: &[Edit]) -> usize {
    edits.iter().map(|edit| edit.removed.len() + edit.inserted.len()).sum()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Action, BYTES, Edit, History};
    use crate::app::editor::{Position, Selection};

    #[test]
    fn great_pastes_do_not_pile_up_without_end() {
        let mut history = History::default();
        let at = Selection::default();
        for _ in 0..5 {
            let inserted = "x".repeat(BYTES / 2);
            let edit = Edit { at: Position::default(), removed: String::new(), inserted };
            history.record(vec![edit], Action::Whole, at, at, Duration::ZERO);
        }
        assert_eq!(history.bytes, BYTES);
        assert!(history.undo().is_some() && history.undo().is_some() && history.undo().is_none());
        assert!(history.redo().is_some());
    }
}
