//! A text being edited: its lines, what is selected, what can be undone.

use std::ops::Range;
use std::time::Duration;

use crate::app::editor::edit::Edit;
use crate::app::editor::filter;
use crate::app::editor::grapheme;
use crate::app::editor::history::{Action, History};
use crate::app::editor::position::{Position, Selection};
use crate::app::editor::text::Text;

/// A text being edited. The cursor never stands within a grapheme.
#[derive(Debug, Clone)]
pub struct Buffer {
    pub(super) text: Text,
    pub(super) selection: Selection,
    /// The cell that vertical movement keeps to.
    pub(super) goal: Option<usize>,
    history: History,
    revision: u64,
    now: Duration,
}

impl Buffer {
    /// A buffer of this text, filtered, with the cursor at its beginning.
    pub fn new(text: &str) -> Self {
        Self {
            text: Text::new(&filter::clean(text)),
            selection: Selection::default(),
            goal: None,
            history: History::default(),
            revision: 0,
            now: Duration::ZERO,
        }
    }

    /// Its lines.
    pub fn lines(&self) -> &[String] {
        self.text.lines()
    }

    /// The text itself.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Where the cursor is.
    pub fn cursor(&self) -> Position {
        self.selection.head
    }

    /// What is selected.
    pub fn selection(&self) -> Selection {
        self.selection
    }

    /// The selected text.
    pub fn selected(&self) -> String {
        self.text.slice(self.selection.range())
    }

    /// A number that grows with every change of the text.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Says what time it is; a pause parts what is undone together.
    pub fn set_now(&mut self, now: Duration) {
        self.now = now;
    }

    /// Selects from `anchor` to `head`.
    pub fn select(&mut self, anchor: Position, head: Position) {
        self.selection = Selection { anchor: self.text.clamp(anchor), head: self.text.clamp(head) };
        self.goal = None;
    }

    /// Puts the cursor at a place and selects nothing.
    pub fn place(&mut self, place: Position) {
        self.select(place, place);
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.select(Position::default(), self.text.end());
    }

    /// Puts filtered text in the place of what is selected.
    pub fn insert(&mut self, text: &str) {
        self.put(self.selection.range(), text);
    }

    /// Puts filtered text in the place of a stretch, whatever is selected; undone, that is selected again.
    pub fn put(&mut self, range: Range<Position>, text: &str) {
        let clean = filter::clean(text);
        self.replace(range, &clean, Action::Whole);
    }

    /// Puts another text in the place of the whole one, as one change that can be undone; only what differs is
    /// touched, so that the cursor stays where it was.
    pub fn set_text(&mut self, text: &str) {
        let clean = filter::clean(text);
        let new: Vec<&str> = clean.split('\n').collect();
        let old = self.text.lines();
        let front = old.iter().zip(&new).take_while(|(old, new)| old == *new).count();
        if front == old.len() && front == new.len() {
            return;
        }
        let most = old.len().min(new.len()) - front.min(old.len().min(new.len()));
        let back =
            old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == *new).count();
        let cursor = self.selection.head;
        let (from, to) = (front, old.len() - back);
        let edit = self.line_edit(from, to, &new[front..new.len() - back]);
        let shift = new.len() as isize - old.len() as isize;
        self.commit(vec![edit], Action::Whole);
        let line = if cursor.line >= to { cursor.line.saturating_add_signed(shift) } else { cursor.line };
        self.place(Position::new(line.min(self.text.last()), cursor.column));
    }

    /// Takes the last group of edits back; says whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(group) = self.history.undo() else { return false };
        for edit in group.edits.iter().rev() {
            edit.inverse().apply(&mut self.text);
        }
        self.selection = group.before;
        self.changed();
        true
    }

    /// Makes the edits again that were undone last; says whether there were any.
    pub fn redo(&mut self) -> bool {
        let Some(group) = self.history.redo() else { return false };
        for edit in &group.edits {
            edit.apply(&mut self.text);
        }
        self.selection = group.after;
        self.changed();
        true
    }

    /// Ends the group of edits at hand.
    pub fn part(&mut self) {
        self.history.part();
    }

    /// Replaces a stretch and puts the cursor behind what was inserted.
    pub(super) fn replace(&mut self, range: Range<Position>, with: &str, action: Action) {
        let edit =
            Edit { at: range.start, removed: self.text.slice(range.clone()), inserted: with.to_owned() };
        if edit.removed == edit.inserted {
            self.place(range.end);
        } else {
            self.commit(vec![edit], action);
        }
    }

    /// Makes edits that belong together, in this order; the cursor goes behind the last of them.
    pub(super) fn commit(&mut self, edits: Vec<Edit>, action: Action) {
        let before = self.selection;
        let mut end = before.head;
        for edit in &edits {
            end = edit.apply(&mut self.text);
        }
        self.finish(edits, action, before, Selection::at(end));
    }

    /// The same, with `after` selected in the end.
    pub(super) fn commit_selecting(&mut self, edits: Vec<Edit>, after: Selection) {
        let before = self.selection;
        for edit in &edits {
            edit.apply(&mut self.text);
        }
        self.finish(edits, Action::Whole, before, after);
    }

    fn finish(&mut self, edits: Vec<Edit>, action: Action, before: Selection, after: Selection) {
        let snap = |place: Position| {
            let place = Position::new(place.line.min(self.text.last()), place.column);
            Position::new(place.line, grapheme::ceil(self.text.line(place.line), place.column))
        };
        self.selection = Selection { anchor: snap(after.anchor), head: snap(after.head) };
        self.history.record(edits, action, before, self.selection, self.now);
        self.changed();
    }

    /// The edit that puts lines in the place of the lines from `from` to before `to`.
    fn line_edit(&self, from: usize, to: usize, lines: &[&str]) -> Edit {
        let last = self.text.last();
        let (start, end, mut inserted) = if to <= last {
            (Position::new(from, 0), Position::new(to, 0), lines.join("\n"))
        } else if from > 0 {
            (Position::new(from - 1, self.text.line(from - 1).len()), self.text.end(), lines.join("\n"))
        } else {
            return Edit {
                at: Position::default(),
                removed: self.text.to_string(),
                inserted: lines.join("\n"),
            };
        };
        if !lines.is_empty() {
            if to <= last {
                inserted.push('\n');
            } else {
                inserted.insert(0, '\n');
            }
        }
        Edit { at: start, removed: self.text.slice(start..end), inserted }
    }

    fn changed(&mut self) {
        self.goal = None;
        self.revision += 1;
    }
}
