//! The marks that carry meaning beside colour, with their plain-ASCII twins.

use crate::progress::State;

/// Every mark and line-drawing piece of the app in one of its two forms; each is one cell wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Marks {
    pub passed: &'static str,
    pub failed: &'static str,
    pub waiting: &'static str,
    pub half: &'static str,
    pub full: &'static str,
    pub chosen: &'static str,
    pub warning: &'static str,
    pub cut: &'static str,
    pub dot: &'static str,
    pub dash: &'static str,
    pub arrow: &'static str,
    pub run: &'static str,
    pub bar: &'static str,
    pub exercise: &'static str,
    pub horizontal: &'static str,
    pub vertical: &'static str,
    pub up_tee: &'static str,
    pub filled: &'static str,
    pub hollow: &'static str,
    pub thumb: &'static str,
    pub corners: [&'static str; 4],
    /// A line's cell by the sides on which it goes on: 1 for up, 2 for right, 4 for down, 8 for left, added.
    pub joints: [&'static str; 16],
    pub spinner: &'static [&'static str],
}

/// For terminals whose locale is UTF-8.
pub const UNICODE: Marks = Marks {
    passed: "✓",
    failed: "✗",
    waiting: "○",
    half: "◐",
    full: "●",
    chosen: "▸",
    warning: "▲",
    cut: "…",
    dot: "·",
    dash: "—",
    arrow: "›",
    run: "▶",
    bar: "▎",
    exercise: "┃",
    horizontal: "─",
    vertical: "│",
    up_tee: "┴",
    filled: "█",
    hollow: "░",
    thumb: "┃",
    corners: ["╭", "╮", "╰", "╯"],
    joints: [" ", "│", "─", "╰", "│", "│", "╭", "├", "─", "╯", "─", "┴", "╮", "┤", "┬", "┼"],
    spinner: &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
};

/// For all others.
pub const ASCII: Marks = Marks {
    passed: "+",
    failed: "x",
    waiting: "o",
    half: "~",
    full: "*",
    chosen: ">",
    warning: "!",
    cut: ">",
    dot: "-",
    dash: "-",
    arrow: ">",
    run: ">",
    bar: "|",
    exercise: "|",
    horizontal: "-",
    vertical: "|",
    up_tee: "+",
    filled: "#",
    hollow: ".",
    thumb: "#",
    corners: ["+", "+", "+", "+"],
    joints: [" ", "|", "-", "+", "|", "|", "+", "+", "-", "+", "-", "+", "+", "+", "+", "+"],
    spinner: &["|", "/", "-", "\\"],
};

impl Marks {
    /// The form that is asked for.
    pub const fn of(ascii: bool) -> &'static Self {
        if ascii { &ASCII } else { &UNICODE }
    }

    /// The mark of an exercise's state.
    pub const fn state(&self, state: State) -> &'static str {
        match state {
            State::New => self.waiting,
            State::Started => self.half,
            State::Passed => self.passed,
        }
    }
}

/// The plain-ASCII twin of a sign that texts, diagrams and names of keys are drawn with; none for letters, which have no twin.
pub fn twin(symbol: &str) -> Option<&'static str> {
    let mut chars = symbol.chars();
    let (Some(sign), None) = (chars.next(), chars.next()) else { return None };
    Some(match sign {
        '─' | '━' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍' | '═' | '—' | '–' | '·' | '•' => {
            "-"
        }
        '│' | '┃' | '┆' | '┇' | '┊' | '┋' | '╎' | '╏' | '║' | '▎' => "|",
        '\u{2500}'..='\u{257f}' | '✓' => "+",
        '→' | '▶' | '▸' | '›' => ">",
        '←' | '◀' | '◂' | '‹' => "<",
        '↑' | '▲' => "^",
        '↓' | '▼' => "v",
        '×' | '✗' => "x",
        '○' => "o",
        '●' => "*",
        '…' => ".",
        '‘' | '’' => "'",
        '“' | '”' => "\"",
        '\u{a0}' => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{ASCII, UNICODE};

    #[test]
    fn twins_are_ascii_and_everything_is_one_cell_wide() {
        for marks in [UNICODE, ASCII] {
            let all = format!("{marks:?}");
            assert!(all.matches('"').count() > 80, "{all}");
            for mark in all.split('"').skip(1).step_by(2).map(|mark| mark.replace("\\\\", "\\")) {
                assert_eq!(mark.width(), 1, "{mark:?}");
                assert!(marks != ASCII || mark.is_ascii(), "{mark:?}");
            }
        }
    }
}
