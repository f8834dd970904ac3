//! Output on its way to a terminal: colours kept, what moves within a line kept, every other sequence dropped.

use std::fmt;

use vte::{Params, Parser, Perform};

use crate::text::ansi::sgr;
use crate::text::control::{Fate, REPLACEMENT, fate};
use crate::text::style::{Span, Style};

/// A piece of output that may reach a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text without any control.
    Text(Span),
    /// A line's end, a tab, a step back, a return to the line's beginning.
    Control(char),
    /// The line is erased: 0 from the cursor on, 1 up to it, 2 whole.
    Erase(u16),
}

/// Takes output as it comes; sequences may be cut between two pieces of it, and a colour holds until it is ended.
#[derive(Default)]
pub struct Passed {
    parser: Parser,
    pieces: Pieces,
}

#[derive(Debug, Default)]
struct Pieces {
    found: Vec<Piece>,
    style: Style,
}

impl Passed {
    /// What of the next output may reach a terminal.
    pub fn pieces(&mut self, text: &str) -> Vec<Piece> {
        self.parser.advance(&mut self.pieces, text.as_bytes());
        std::mem::take(&mut self.pieces.found)
    }
}

impl fmt::Debug for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Passed").field(&self.pieces).finish()
    }
}

impl Perform for Pieces {
    fn print(&mut self, c: char) {
        let c = match fate(c) {
            Fate::Kept => c,
            Fate::Replaced => REPLACEMENT,
            Fate::Dropped => return,
        };
        match self.found.last_mut() {
            Some(Piece::Text(span)) if span.style == self.style => span.text.push(c),
            _ => self.found.push(Piece::Text(Span::new(c, self.style))),
        }
    }

    fn execute(&mut self, byte: u8) {
        if matches!(byte, b'\n' | b'\r' | b'\t' | 0x08) {
            self.found.push(Piece::Control(char::from(byte)));
        }
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], ignore: bool, action: char) {
        if ignore || !intermediates.is_empty() {
            return;
        }
        match action {
            'm' => self.style = sgr::apply(self.style, params),
            'K' => {
                let what = params.iter().next().and_then(|param| param.first().copied()).unwrap_or(0);
                self.found.extend((what <= 2).then_some(Piece::Erase(what)));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Passed, Piece};
    use crate::text::control::{Fate, fate};
    use crate::text::style::{AnsiColor, Role, Span};

    #[test]
    fn a_line_that_is_written_over_stays_one_line() {
        let mut passed = Passed::default();
        let plain = |text: &str| Piece::Text(Span::plain(text));
        assert_eq!(passed.pieces("10 %\r"), [plain("10 %"), Piece::Control('\r')]);
        assert_eq!(passed.pieces("\x1b[Kdone\n"), [Piece::Erase(0), plain("done"), Piece::Control('\n')]);
    }

    #[test]
    fn a_colour_holds_over_what_comes_later_and_a_cut_sequence_is_whole_again() {
        let mut passed = Passed::default();
        let red = |text: &str| Piece::Text(Span::new(text, Role::Ansi(AnsiColor::Indexed(1))));
        assert_eq!(passed.pieces("\x1b[3"), []);
        assert_eq!(passed.pieces("1mred"), [red("red")]);
        assert_eq!(passed.pieces(" still"), [red(" still")]);
        assert_eq!(passed.pieces("\x1b[0m\x1b]0;title\x07.\x1b[2J"), [Piece::Text(Span::plain("."))]);
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_passed_on(texts in prop::collection::vec("[\u{1b}\\[\\]0-9;mKJ\u{7}\r\n\u{9b}\u{202e}a]{0,9}", 0..9)) {
            const CONTROLS: [char; 4] = ['\n', '\r', '\t', '\u{8}'];
            let mut passed = Passed::default();
            for piece in texts.iter().flat_map(|text| passed.pieces(text)) {
                match piece {
                    Piece::Text(span) => prop_assert!(span.text.chars().all(|c| fate(c) == Fate::Kept)),
                    Piece::Control(c) => prop_assert!(CONTROLS.contains(&c)),
                    Piece::Erase(what) => prop_assert!(what <= 2),
                }
            }
        }
    }
}
