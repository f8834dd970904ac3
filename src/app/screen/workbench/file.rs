//! A file of the exercise in its editor, and how far it is saved.

use std::time::Duration;

use crate::app::editor::{Editor, Position};
use crate::app::effect::{Effect, ExerciseKey, TextKey};
use crate::app::message::OpenedFile;
use crate::app::saving::Saving;
use crate::text::remarks::comment_mark;

/// A file of the exercise.
#[derive(Debug, Clone)]
pub struct File {
    /// Relative to the crate.
    pub path: String,
    /// Its editor.
    pub editor: Editor,
    /// How far it is saved.
    pub saving: Saving,
    /// The text that the last check was given.
    pub(super) judged: Option<Vec<String>>,
    /// Where the cursor was put, or stood when the last check began.
    pub(super) placed: Position,
}

impl File {
    /// A file as it was read.
    pub(super) fn new(opened: &OpenedFile) -> Self {
        let editor = Editor::new(&opened.text, opened.editable, comment_mark(&opened.path));
        let path = opened.path.clone();
        let placed = editor.buffer.cursor();
        Self { path, editor, saving: Saving::default(), judged: None, placed }
    }

    /// Its language, as a file's ending says it.
    pub fn language(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, ending)| ending)
    }

    /// Takes note of a change that may have been made; says whether one was.
    pub(super) fn touched(&mut self, now: Duration) -> bool {
        self.saving.touched(self.editor.buffer.revision(), now)
    }

    /// Hands the text over to be saved, if it has changed.
    pub(super) fn save(&mut self, exercise: &ExerciseKey) -> Option<Effect> {
        let version = self.saving.hand_over()?;
        let text = self.editor.buffer.text().to_string();
        Some(Effect::Save { key: self.key(exercise), text, version })
    }

    /// What it is called among all texts that are kept.
    pub(super) fn key(&self, exercise: &ExerciseKey) -> TextKey {
        TextKey::File { exercise: exercise.clone(), path: self.path.clone() }
    }

    /// Takes the text that stands in the file now; says whether it did. What was typed and is not known to be written
    /// stays, and is written over it.
    pub(super) fn reload(&mut self, text: &str, now: Duration) -> bool {
        if self.saving.is_unsettled() {
            self.saving.differs(self.editor.buffer.revision(), now);
            return false;
        }
        self.replace(text, now);
        self.saving.as_read(self.editor.buffer.revision());
        true
    }

    /// Takes back what was typed when it was open last and could not be written; undoing leads to what was read.
    pub(super) fn take_back(&mut self, (text, saving): (String, Saving), now: Duration) {
        self.replace(&text, now);
        self.saving = saving;
        self.saving.differs(self.editor.buffer.revision(), now);
    }

    /// Takes a version that was kept, as a change that can be undone and is saved like what is typed.
    pub(super) fn bring_back(&mut self, text: &str, now: Duration) {
        self.replace(text, now);
        self.touched(now);
    }

    fn replace(&mut self, text: &str, now: Duration) {
        self.editor.buffer.set_now(now);
        self.editor.buffer.set_text(text);
        self.editor.view.follow(&self.editor.buffer);
    }
}
