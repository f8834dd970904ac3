//! A file of the exercise in its editor, and how far it is saved.

use std::time::Duration;

use crate::app::editor::widget::comment_mark;
use crate::app::editor::{Editor, Position};
use crate::app::effect::{Effect, ExerciseKey};
use crate::app::message::OpenedFile;

/// How long after the last keystroke a file is saved.
const PAUSE: Duration = Duration::from_millis(400);

/// How long typing without a pause may put a save off.
const LONGEST: Duration = Duration::from_secs(3);

/// A file of the exercise.
#[derive(Debug, Clone)]
pub struct File {
    /// Relative to the crate.
    pub path: String,
    /// Its editor.
    pub editor: Editor,
    /// How far it is saved.
    pub kept: Kept,
    /// The text that the last check judged, if it was not changed since.
    pub(super) judged: Option<Vec<String>>,
    /// Where the cursor was put, or stood when the last check began.
    pub(super) placed: Position,
    /// The revision that was saved or read last.
    revision: u64,
    version: u64,
}

/// How far a file is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// As it was read.
    AsRead,
    /// It was changed, and is saved when its time has come.
    Changed {
        /// Since when it differs.
        since: Duration,
        /// When it is saved.
        due: Duration,
    },
    /// It is being written.
    Writing,
    /// It was written.
    Saved {
        /// When.
        at: Duration,
    },
}

impl File {
    /// A file as it was read.
    pub(super) fn new(opened: &OpenedFile) -> Self {
        let editor = Editor::new(&opened.text, opened.editable, comment_mark(&opened.path));
        let path = opened.path.clone();
        let placed = editor.buffer.cursor();
        Self { path, editor, kept: Kept::AsRead, judged: None, placed, revision: 0, version: 0 }
    }

    /// Its language, as a file's ending says it.
    pub fn language(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// Whether it holds what was not handed over to be saved.
    pub fn is_changed(&self) -> bool {
        matches!(self.kept, Kept::Changed { .. })
    }

    /// Whether it holds what is not known to be written.
    pub(super) fn is_unsettled(&self) -> bool {
        matches!(self.kept, Kept::Changed { .. } | Kept::Writing)
    }

    /// When it must be saved.
    pub fn due(&self) -> Option<Duration> {
        match self.kept {
            Kept::Changed { due, .. } => Some(due),
            _ => None,
        }
    }

    /// Takes note of a change that may have been made.
    pub(super) fn touched(&mut self, now: Duration) {
        if self.editor.buffer.revision() == self.revision {
            return;
        }
        self.revision = self.editor.buffer.revision();
        let since = match self.kept {
            Kept::Changed { since, .. } => since,
            _ => now,
        };
        self.kept = Kept::Changed { since, due: (now + PAUSE).min(since + LONGEST) };
    }

    /// Hands the text over to be saved, if it has changed.
    pub(super) fn save(&mut self, exercise: &ExerciseKey) -> Option<Effect> {
        if !self.is_changed() {
            return None;
        }
        self.version += 1;
        self.kept = Kept::Writing;
        Some(Effect::SaveFile {
            exercise: exercise.clone(),
            path: self.path.clone(),
            text: self.editor.buffer.text().to_string(),
            version: self.version,
        })
    }

    /// A version was written.
    pub(super) fn saved(&mut self, version: u64, now: Duration) {
        if version == self.version && self.kept == Kept::Writing {
            self.kept = Kept::Saved { at: now };
        }
    }

    /// Writing it failed: it is tried again after a while.
    pub(super) fn not_saved(&mut self, now: Duration) {
        if self.kept == Kept::Writing {
            self.kept = Kept::Changed { since: now, due: now + LONGEST };
        }
    }

    /// Takes the text that stands in the file now; says whether it did. What was typed and is not known to be written
    /// stays, and is written over it.
    pub(super) fn reload(&mut self, text: &str, now: Duration) -> bool {
        if self.is_unsettled() {
            self.kept = Kept::Changed { since: now, due: now + PAUSE };
            return false;
        }
        self.editor.buffer.set_now(now);
        self.editor.buffer.set_text(text);
        self.editor.view.follow(&self.editor.buffer);
        self.revision = self.editor.buffer.revision();
        self.kept = Kept::AsRead;
        true
    }
}
