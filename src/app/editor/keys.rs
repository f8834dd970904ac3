//! How an editor answers keys: those of its open field first, then movement and typing.

use std::time::Duration;

use crate::app::editor::find::Find;
use crate::app::editor::motion::Motion;
use crate::app::editor::position::Position;
use crate::app::editor::prompt::Prompt;
use crate::app::editor::widget::Editor;
use crate::app::key::{Code, Key};

/// Keys that an editor answers itself, and what they do: no command stands behind them, so the key table does not have them.
pub const OWN_KEYS: &[(&[Key], &str)] = &[
    (&[k(Code::Left).shifted(), k(Code::Right).shifted()], "Select; Shift goes with every key that moves"),
    (&[k(Code::Left).with_control(), k(Code::Right).with_control()], "Move by word"),
    (&[k(Code::Home), k(Code::End)], "Go to the beginning or the end of the line"),
    (
        &[k(Code::Home).with_control(), k(Code::End).with_control()],
        "Go to the beginning or the end of the text",
    ),
    (&[k(Code::Tab), k(Code::Tab).shifted()], "Indent, or take the indentation back"),
    (&[Key::control('w'), k(Code::Backspace).with_control()], "Delete the word before the cursor"),
    (&[k(Code::Delete).with_control()], "Delete the word after the cursor"),
];

/// What Tab does in an editor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TabKey {
    /// It types.
    #[default]
    Indents,
    /// It led here and nothing was done since: it leads on, where it would change the text.
    LeadsOn,
}

const fn k(code: Code) -> Key {
    Key::plain(code)
}

impl Editor {
    /// Whether every key goes to a field of this editor.
    pub fn captures(&self) -> bool {
        self.prompt.is_some()
    }

    /// Answers a key.
    pub fn key(&mut self, key: Key, now: Duration) {
        self.buffer.set_now(now);
        if self.prompt.is_some() {
            self.prompt_key(key);
        } else if let Some((motion, extend)) = self.motion_of(key) {
            self.buffer.go(motion, extend);
        } else if self.editable {
            self.typing_key(key);
        }
        self.view.follow(&self.buffer);
    }

    /// Whether a key types or deletes, which this text does not take.
    pub fn refuses(&self, key: Key) -> bool {
        let types = match key.code {
            Code::Char(_) => key.control == key.alt,
            code => matches!(code, Code::Enter | Code::Tab | Code::Backspace | Code::Delete),
        };
        !self.editable && !self.captures() && types
    }

    fn motion_of(&self, key: Key) -> Option<(Motion, bool)> {
        let page = self.view.rows.saturating_sub(2).max(1);
        let by_word = key.control || key.alt;
        let motion = match key.code {
            Code::Left if by_word => Motion::WordLeft,
            Code::Right if by_word => Motion::WordRight,
            Code::Left => Motion::Left,
            Code::Right => Motion::Right,
            Code::Up => Motion::Up(1),
            Code::Down => Motion::Down(1),
            Code::PageUp => Motion::Up(page),
            Code::PageDown => Motion::Down(page),
            Code::Home if key.control => Motion::Start,
            Code::End if key.control => Motion::End,
            Code::Home => Motion::LineStart,
            Code::End => Motion::LineEnd,
            _ => return None,
        };
        Some((motion, key.shift))
    }

    fn typing_key(&mut self, key: Key) {
        let buffer = &mut self.buffer;
        match (key.code, key.control || key.alt) {
            (Code::Char('w' | 'h'), _) if key.control => buffer.delete(Motion::WordLeft),
            (Code::Backspace, true) => buffer.delete(Motion::WordLeft),
            (Code::Delete, true) => buffer.delete(Motion::WordRight),
            (Code::Backspace, false) => buffer.backspace(),
            (Code::Delete, false) => buffer.delete(Motion::Right),
            (Code::Enter, _) => buffer.type_enter(),
            (Code::Tab, _) if key.shift => buffer.dedent(),
            (Code::Tab, _) => buffer.indent(),
            // AltGr arrives as Ctrl and Alt together, with the character that it makes.
            (Code::Char(c), _) if key.control == key.alt => buffer.type_char(c),
            _ => {}
        }
    }

    fn prompt_key(&mut self, key: Key) {
        match key.code {
            Code::Esc => self.leave_prompt(),
            Code::Enter | Code::F(3) | Code::Down | Code::Up => self.accept_prompt(key),
            _ => {
                if self.prompt.as_mut().is_some_and(|prompt| prompt.key(key)) {
                    self.prompted();
                }
            }
        }
    }

    fn accept_prompt(&mut self, key: Key) {
        match self.prompt.take() {
            Some(Prompt::Line { input }) => {
                if let Ok(line) = input.parse() {
                    self.go_to(line, 1);
                }
            }
            Some(mut find @ Prompt::Find { .. }) if key.code != Code::Enter => {
                let back = key.code == Code::Up || key.shift;
                if back {
                    self.find_previous();
                } else {
                    self.find_next();
                }
                find.keep();
                self.prompt = Some(find);
            }
            _ => {}
        }
    }

    fn leave_prompt(&mut self) {
        if let Some(Prompt::Find { from, view, .. }) = self.prompt.take() {
            self.buffer.select(from.anchor, from.head);
            self.view = view;
            self.find = Find::default();
        }
    }

    /// Opens the field for what to find; what is selected within a line stands in it.
    pub fn open_find(&mut self) {
        let from = self.buffer.selection();
        let selected = self.buffer.selected();
        let input = if selected.contains('\n') { String::new() } else { selected };
        let offered = !input.is_empty();
        self.prompt = Some(Prompt::Find { input, offered, from, view: self.view });
        self.prompted();
    }

    /// Follows what was typed into the open field.
    pub(super) fn prompted(&mut self) {
        match &self.prompt {
            Some(Prompt::Find { input, from, .. }) => {
                let (input, start) = (input.clone(), from.range().start);
                self.find.set(input, self.buffer.text(), self.buffer.revision());
                match self.find.next(start) {
                    Some(found) => self.buffer.select(found.start, found.end),
                    None => self.buffer.place(start),
                }
            }
            Some(Prompt::Line { .. }) | None => {}
        }
    }

    /// Goes to the next match, and from the last to the first.
    pub fn find_next(&mut self) {
        self.find.refresh(self.buffer.text(), self.buffer.revision());
        let range = self.buffer.selection().range();
        let from =
            if self.find.number_at(range.start).is_some() { just_after(range.start) } else { range.start };
        if let Some(found) = self.find.next(from) {
            self.buffer.select(found.start, found.end);
        }
    }

    /// Goes to the match before, and from the first to the last.
    pub fn find_previous(&mut self) {
        self.find.refresh(self.buffer.text(), self.buffer.revision());
        if let Some(found) = self.find.previous(self.buffer.selection().range().start) {
            self.buffer.select(found.start, found.end);
        }
    }
}

const fn just_after(place: Position) -> Position {
    Position::new(place.line, place.column + 1)
}
