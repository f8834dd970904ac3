//! An editor as screens hold it: a buffer, what is in view, and the field that is open.

use std::ops::Range;
use std::time::Duration;

use crate::app::area::Area;
use crate::app::command::Command;
use crate::app::editor::buffer::Buffer;
use crate::app::editor::find::Find;
use crate::app::editor::grapheme;
use crate::app::editor::marks::byte_of;
use crate::app::editor::position::Position;
use crate::app::editor::prompt::Prompt;
use crate::app::editor::viewport::Viewport;
use crate::app::effect::Effect;

/// An editor.
#[derive(Debug, Clone)]
pub struct Editor {
    /// The text.
    pub buffer: Buffer,
    /// What of it is in view.
    pub view: Viewport,
    /// What is looked for.
    pub find: Find,
    /// The field that is open.
    pub prompt: Option<Prompt>,
    /// Whether the text may be changed.
    pub editable: bool,
    /// What begins a comment.
    pub comment: &'static str,
    /// Whether the mouse was pressed in it and is held.
    pub(super) held: bool,
    /// Whether the file holds other line ends or characters that were left out.
    pub cleaned: bool,
}

/// What was copied within the app.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clip {
    /// The text.
    pub text: String,
    /// Whether whole lines were copied without being selected: they are pasted above the cursor's line.
    pub lines: bool,
}

impl Editor {
    /// An editor of this text.
    pub fn new(text: &str, editable: bool, comment: &'static str) -> Self {
        let buffer = Buffer::new(text);
        let cleaned = !buffer.text().is(text);
        let (view, find) = (Viewport::default(), Find::default());
        Self { buffer, view, find, prompt: None, editable, comment, held: false, cleaned }
    }

    /// Fits what is in view to a panel.
    pub fn fit(&mut self, area: Area) {
        let rows = usize::from(area.height);
        let columns = usize::from(area.width.saturating_sub(self.gutter()));
        if (rows, columns) != (self.view.rows, self.view.columns) {
            let unseen = self.view.rows == 0 || self.view.columns == 0;
            (self.view.rows, self.view.columns) = (rows, columns);
            if unseen {
                self.view.center(&self.buffer);
            } else {
                self.view.follow(&self.buffer);
            }
        }
    }

    /// How many columns the line numbers and their marks take.
    pub fn gutter(&self) -> u16 {
        let digits = self.buffer.lines().len().max(99).to_string().len();
        digits as u16 + 3
    }

    /// Goes to a line and column, both from 1, in characters, and brings it to the middle.
    pub fn go_to(&mut self, line: usize, column: usize) {
        let line = line.saturating_sub(1).min(self.buffer.text().last());
        let text = self.buffer.text().line(line);
        let byte = text.char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
        self.buffer.place(Position::new(line, byte));
        self.view.center(&self.buffer);
    }

    /// Brings what stands between the cursor and a column of its line into view, as far as it fits; from 1, in characters.
    pub fn see_up_to(&mut self, column: usize) {
        let cursor = self.buffer.cursor();
        let text = self.buffer.text().line(cursor.line);
        let end = grapheme::cell_of(text, byte_of(text, column));
        self.view.ahead = Some((cursor, end.saturating_sub(self.buffer.cell_of(cursor))));
        self.view.follow(&self.buffer);
    }

    /// Whether a command looks for something in it: for the next of what was looked for, where that is anything.
    pub fn looks(&self, command: Command) -> bool {
        match command {
            Command::Find | Command::GotoLine => true,
            Command::FindNext | Command::FindPrevious => !self.find.query.is_empty(),
            _ => false,
        }
    }

    /// Carries out a command that an editor knows; `None` for others.
    pub fn command(&mut self, command: Command, clip: &mut Clip, now: Duration) -> Option<Vec<Effect>> {
        self.buffer.set_now(now);
        let mut effects = Vec::new();
        match command {
            Command::Undo if self.editable => _ = self.buffer.undo(),
            Command::Redo if self.editable => _ = self.buffer.redo(),
            Command::Paste if self.editable => self.paste_clip(clip),
            Command::Cut if self.editable => effects.extend(self.take(clip, true)),
            Command::Copy | Command::Cut => effects.extend(self.take(clip, false)),
            Command::Undo | Command::Redo | Command::Paste => {}
            Command::SelectAll => {
                self.buffer.select_all();
                return Some(effects);
            }
            Command::ToggleComment if self.editable => self.buffer.toggle_comment(self.comment),
            Command::Find => self.open_find(),
            Command::FindNext => self.find_next(),
            Command::FindPrevious => self.find_previous(),
            Command::GotoLine => self.prompt = Some(Prompt::Line { input: String::new() }),
            _ => return None,
        }
        self.view.follow(&self.buffer);
        Some(effects)
    }

    /// Takes pasted text: into the field that is open, else into the text.
    pub fn paste(&mut self, text: &str, now: Duration) {
        self.buffer.set_now(now);
        match &mut self.prompt {
            Some(prompt) => {
                prompt.paste(text);
                self.prompted();
            }
            None if self.editable => self.buffer.insert(text),
            None => {}
        }
        self.view.follow(&self.buffer);
    }

    fn take(&mut self, clip: &mut Clip, cut: bool) -> Option<Effect> {
        let whole = self.buffer.selection().is_empty();
        let range = if whole { self.cursors_line() } else { self.buffer.selection().range() };
        let mut text = self.buffer.text().slice(range.clone());
        if whole && !text.ends_with('\n') {
            text.push('\n');
        }
        if cut {
            self.buffer.put(range, "");
        }
        *clip = Clip { text: text.clone(), lines: whole };
        (!text.is_empty()).then_some(Effect::CopyText(text))
    }

    /// The line that the cursor is in, with its end where it has one.
    fn cursors_line(&self) -> Range<Position> {
        let (line, text) = (self.buffer.cursor().line, self.buffer.text());
        let end = if line == text.last() { text.end() } else { Position::new(line + 1, 0) };
        Position::new(line, 0)..end
    }

    fn paste_clip(&mut self, clip: &Clip) {
        if clip.lines && self.buffer.selection().is_empty() {
            let cursor = self.buffer.cursor();
            let above = Position::new(cursor.line, 0);
            self.buffer.put(above..above, &clip.text);
            let lines = clip.text.matches('\n').count();
            self.buffer.place(Position::new(cursor.line + lines, cursor.column));
        } else {
            self.buffer.insert(&clip.text);
        }
    }
}
