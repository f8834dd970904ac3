//! Output as it grows: bytes in, lines out, within a bound.

use std::collections::VecDeque;
use std::fmt;

use vte::{Params, Parser, Perform};

use crate::text::ansi::row::Row;
use crate::text::ansi::sgr;
use crate::text::style::{Line, Style};

/// The parser looks ahead over all it is given for each invalid byte, so it is given little at a time.
const CHUNK: usize = 512;

/// How much of an output is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The last so many lines.
    pub lines: usize,
    /// Characters in a line; a longer one goes on in the next.
    pub columns: usize,
}

impl Default for Limit {
    fn default() -> Self {
        Self { lines: 10_000, columns: 1 << 16 }
    }
}

/// The lines of an output that is still growing; the oldest are dropped beyond its limit.
///
/// ```
/// use patterns_tui::text::ansi::{Limit, Live};
///
/// let mut output = Live::new(Limit::default());
/// output.push(b"compiling\r\x1b[32mdone");
/// output.push(b"\x1b[0m     \nok");
/// let texts: Vec<String> = output.lines().iter().map(|line| line.text()).collect();
/// assert_eq!(texts, ["done     ", "ok"]);
/// ```
#[derive(Default)]
pub struct Live {
    parser: Parser,
    sheet: Sheet,
}

/// The lines of a finished output.
pub fn lines(bytes: impl AsRef<[u8]>) -> Vec<Line> {
    let mut live = Live::new(Limit { lines: usize::MAX, ..Limit::default() });
    live.push(bytes.as_ref());
    live.sheet.done.into()
}

impl Live {
    /// An empty output.
    pub fn new(limit: Limit) -> Self {
        Self { parser: Parser::new(), sheet: Sheet { limit, ..Sheet::default() } }
    }

    /// Takes what was printed next. Sequences and characters may be cut anywhere between two calls.
    pub fn push(&mut self, bytes: &[u8]) {
        self.sheet.take_back_open_line();
        for chunk in bytes.chunks(CHUNK) {
            self.parser.advance(&mut self.sheet, chunk);
        }
        self.sheet.show_open_line();
    }

    /// The lines so far, the one that is still open included.
    pub fn lines(&self) -> &VecDeque<Line> {
        &self.sheet.done
    }

    /// How many lines have been dropped at the beginning.
    pub fn dropped(&self) -> usize {
        self.sheet.dropped
    }

    /// Forgets all lines.
    pub fn clear(&mut self) {
        *self = Self::new(self.sheet.limit);
    }
}

impl Clone for Live {
    /// A copy of the lines, which does not know of a sequence that was cut at the end.
    fn clone(&self) -> Self {
        Self { parser: Parser::new(), sheet: self.sheet.clone() }
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Live").field(&self.sheet).finish()
    }
}

#[derive(Debug, Clone, Default)]
struct Sheet {
    limit: Limit,
    done: VecDeque<Line>,
    /// Whether the last of the lines is a picture of the open one.
    open: bool,
    dropped: usize,
    row: Row,
    style: Style,
}

impl Sheet {
    fn take_back_open_line(&mut self) {
        if std::mem::take(&mut self.open) {
            self.done.pop_back();
        }
    }

    fn show_open_line(&mut self) {
        if self.row.len() > 0 {
            self.keep(self.row.line());
            self.open = true;
        }
    }

    fn keep(&mut self, line: Line) {
        self.done.push_back(line);
        if self.done.len() > self.limit.lines {
            self.done.pop_front();
            self.dropped += 1;
        }
    }

    fn line_ends(&mut self) {
        let line = self.row.line();
        self.row.clear();
        self.keep(line);
    }
}

impl Perform for Sheet {
    fn print(&mut self, c: char) {
        self.row.put(c, self.style);
        if self.row.len() >= self.limit.columns {
            self.line_ends();
        }
    }

    fn execute(&mut self, byte: u8) {
        match byte {
            b'\n' => self.line_ends(),
            b'\r' => self.row.restart(),
            b'\t' => self.row.tab(self.style),
            0x08 => self.row.back(),
            _ => {}
        }
    }

    fn csi_dispatch(&mut self, params: &Params, intermediates: &[u8], ignore: bool, action: char) {
        if ignore || !intermediates.is_empty() {
            return;
        }
        match action {
            'm' => self.style = sgr::apply(self.style, params),
            'K' => self.row.erase(params.iter().next().and_then(|param| param.first().copied()).unwrap_or(0)),
            _ => {}
        }
    }
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
