//! Keys as values: what a person pressed, without a terminal library.

use std::fmt;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// A key press. A shifted letter is its capital, with `shift` unset; Shift-Tab is `Tab` with `shift`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The key.
    pub code: Code,
    /// With Ctrl.
    pub control: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift, for keys that are no characters.
    pub shift: bool,
}

impl Key {
    /// The key alone.
    pub const fn plain(code: Code) -> Self {
        Self { code, control: false, alt: false, shift: false }
    }

    /// A character.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with Ctrl; `c` in lower case.
    pub const fn control(c: char) -> Self {
        Self { control: true, ..Self::char(c) }
    }

    /// A character with Alt.
    pub const fn alt(c: char) -> Self {
        Self { alt: true, ..Self::char(c) }
    }

    /// The same with Shift.
    #[must_use]
    pub const fn shifted(self) -> Self {
        Self { shift: true, ..self }
    }

    /// The same with Ctrl.
    #[must_use]
    pub const fn with_control(self) -> Self {
        Self { control: true, ..self }
    }
}

impl fmt::Display for Key {
    /// As the status bar and the help name it: `^R`, `Enter`, `Shift-Tab`, `j`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.alt {
            write!(f, "Alt-")?;
        }
        if self.shift {
            write!(f, "Shift-")?;
        }
        if self.control {
            match self.code {
                Code::Char(c) if c != ' ' => return write!(f, "^{}", c.to_ascii_uppercase()),
                _ => write!(f, "Ctrl-")?,
            }
        }
        match self.code {
            Code::Char(' ') => write!(f, "Space"),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "F{n}"),
            Code::PageUp => write!(f, "PgUp"),
            Code::PageDown => write!(f, "PgDn"),
            Code::Delete => write!(f, "Del"),
            Code::Up => write!(f, "↑"),
            Code::Down => write!(f, "↓"),
            Code::Left => write!(f, "←"),
            Code::Right => write!(f, "→"),
            other => write!(f, "{other:?}"),
        }
    }
}
