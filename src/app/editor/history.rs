//! What can be undone and done again: edits in groups, as a person thinks of them.

use std::time::Duration;

use crate::app::editor::edit::Edit;
use crate::app::editor::position::Selection;

/// How long a pause in typing may be within one group.
const PAUSE: Duration = Duration::from_secs(1);

/// How many groups are kept.
const KEPT: usize = 2_000;

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

/// What can be undone and done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Group>,
    undone: Vec<Group>,
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
        self.undone.clear();
        if let Some(last) = self.done.last_mut() {
            let together = last.after == before && now.saturating_sub(last.at) <= PAUSE;
            if together && action.joins(last.action) {
                last.edits.extend(edits);
                (last.after, last.action, last.at) = (after, action, now);
                return;
            }
        }
        if self.done.len() == KEPT {
            self.done.remove(0);
        }
        self.done.push(Group { edits, before, after, action, at: now });
    }

    /// Ends the group at hand, so that the next edit begins another.
    pub fn part(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.action = Action::Whole;
        }
    }

    /// Takes the last group to undo it.
    pub fn undo(&mut self) -> Option<&Group> {
        self.undone.push(self.done.pop()?);
        self.part();
        self.undone.last()
    }

    /// Takes the group that was undone last to do it again.
    pub fn redo(&mut self) -> Option<&Group> {
        self.done.push(self.undone.pop()?);
        self.part();
        self.done.last()
    }
}
