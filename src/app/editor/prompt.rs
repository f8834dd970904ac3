//! The one-line fields of an editor: what to find, which line to go to.

use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::editor::filter;
use crate::app::editor::grapheme;
use crate::app::editor::position::Selection;
use crate::app::editor::viewport::Viewport;
use crate::app::key::{Code, Key};

/// A field that is open in an editor; keys go to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompt {
    /// What to find, and what was selected and in view when it was opened, for Esc goes back there.
    Find {
        /// What was typed.
        input: String,
        /// Whether it stands there from the start: then what is typed takes its place.
        offered: bool,
        /// What was selected.
        from: Selection,
        /// What was in view.
        view: Viewport,
    },
    /// Which line to go to.
    Line {
        /// What was typed.
        input: String,
    },
}

impl Prompt {
    /// What was typed so far.
    pub fn input(&self) -> &str {
        match self {
            Self::Find { input, .. } | Self::Line { input } => input,
        }
    }

    /// What can be done in it, for the bottom line.
    pub fn hints(&self) -> Vec<Hint> {
        match self {
            Self::Find { .. } => vec![
                Hint::named(Command::Open, "done"),
                Hint::of(Command::FindNext),
                Hint::of(Command::FindPrevious),
                Hint::named(Command::Back, "back"),
            ],
            Self::Line { .. } => {
                vec![Hint::named(Command::Open, "go there"), Hint::named(Command::Back, "close")]
            }
        }
    }

    /// Changes what was typed; says whether the key did.
    pub fn key(&mut self, key: Key) -> bool {
        match key {
            Key { code: Code::Char(c), control: false, alt: false, .. } => {
                let digits = matches!(self, Self::Line { .. });
                let takes = !filter::is_refused(c) && (!digits || c.is_ascii_digit());
                if takes {
                    self.typed().push(c);
                }
                takes
            }
            Key { code: Code::Backspace, .. } => {
                grapheme::pop(self.typed());
                true
            }
            Key { code: Code::Char('u'), control: true, .. } => {
                self.typed().clear();
                true
            }
            _ => false,
        }
    }

    /// Whoever goes from match to match has made what stands there their own.
    pub(super) const fn keep(&mut self) {
        if let Self::Find { offered, .. } = self {
            *offered = false;
        }
    }

    /// What was typed so far, to be changed: nothing where what stands there was only offered.
    fn typed(&mut self) -> &mut String {
        match self {
            Self::Find { input, offered, .. } => {
                if std::mem::take(offered) {
                    input.clear();
                }
                input
            }
            Self::Line { input } => input,
        }
    }

    /// Adds the first line of pasted text.
    pub fn paste(&mut self, text: &str) {
        let clean = filter::clean(text);
        for c in clean.lines().next().unwrap_or_default().chars() {
            self.key(Key::char(c));
        }
    }
}
