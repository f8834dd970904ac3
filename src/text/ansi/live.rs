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
    /// The beginning of a character whose end has not come. The parser must not see it: it would lose what follows.
    cut: Vec<u8>,
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
        Self { sheet: Sheet { limit, ..Sheet::default() }, ..Self::default() }
    }

    /// Takes what was printed next. Sequences and characters may be cut anywhere between two calls.
    pub fn push(&mut self, bytes: &[u8]) {
        let mut joined = std::mem::take(&mut self.cut);
        let mut rest = bytes;
        if !joined.is_empty() {
            joined.extend_from_slice(bytes);
            rest = &joined;
        }
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at(whole(&rest[..rest.len().min(CHUNK)]));
            if chunk.is_empty() {
                self.cut = after.to_vec();
                break;
            }
            self.parser.advance(&mut self.sheet, chunk);
            rest = after;
        }
        self.sheet.show_open_line();
    }

    /// The lines so far, the one that is still open included.
    pub fn lines(&self) -> &VecDeque<Line> {
        &self.sheet.done
    }

    /// Whether the last line may go on.
    pub fn is_open(&self) -> bool {
        self.sheet.shown.is_some()
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
        Self { sheet: self.sheet.clone(), cut: self.cut.clone(), ..Self::default() }
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Live").field(&self.sheet).finish()
    }
}

/// How many of these bytes there are without the beginning of a character at their end.
fn whole(bytes: &[u8]) -> usize {
    let first = bytes.len().saturating_sub(3);
    let Some(lead) = (first..bytes.len()).rev().find(|at| (0xC2..=0xF4).contains(&bytes[*at])) else {
        return bytes.len();
    };
    let length = match bytes[lead] {
        0xF0.. => 4,
        0xE0.. => 3,
        _ => 2,
    };
    if lead + length > bytes.len() { lead } else { bytes.len() }
}

#[derive(Debug, Clone, Default)]
struct Sheet {
    limit: Limit,
    done: VecDeque<Line>,
    /// How many characters of the open line the last of the lines shows; `None` while it shows a finished one.
    shown: Option<usize>,
    dropped: usize,
    row: Row,
    style: Style,
}

impl Sheet {
    /// Shows the open line; of one that was shown already only what is new, for a program may print letter by letter.
    fn show_open_line(&mut self) {
        let shown = self.shown.take();
        let line = if shown.is_some() { self.done.pop_back() } else { None };
        if self.row.len() > 0 {
            let mut line = line.unwrap_or_default();
            self.shown = Some(self.row.redraw(shown.unwrap_or(0), &mut line));
            self.keep(line);
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
        if self.shown.take().is_some() {
            self.done.pop_back();
        }
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
