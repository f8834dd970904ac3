//! What a program prints, on its way to standard output: as fast as that takes it, and all of it.

use std::io::{self, Write as _};

use tokio::sync::mpsc;

use crate::headless::ink::paint;
use crate::text::Line;
use crate::text::ansi::{Passed, Piece};

/// Writes what a program prints.
#[derive(Debug)]
pub struct Printer {
    /// Where it goes to a terminal: whether that gets colours, and what it may get.
    terminal: Option<(bool, Passed)>,
}

impl Printer {
    /// For a terminal, with colours or without; without either, for whoever takes the bytes as they are.
    pub(super) fn new(terminal: Option<bool>) -> Self {
        Self { terminal: terminal.map(|colored| (colored, Passed::default())) }
    }

    /// Writes all that comes. To stop when nobody reads any more tells whoever sends it.
    pub(super) fn print_all(mut self, mut printed: mpsc::Receiver<Vec<u8>>) -> io::Result<()> {
        while let Some(bytes) = printed.blocking_recv() {
            let mut out = io::stdout().lock();
            out.write_all(&self.safe(bytes))?;
            out.flush()?;
        }
        Ok(())
    }

    /// A terminal gets the colours, and none of the sequences that could change anything else.
    fn safe(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        let Some((colored, passed)) = &mut self.terminal else { return bytes };
        let pieces = passed.pieces(&String::from_utf8_lossy(&bytes)).into_iter().map(|piece| match piece {
            Piece::Text(span) => paint(&Line::from(vec![span]), *colored),
            Piece::Control(c) => c.to_string(),
            Piece::Erase(what) => format!("\x1b[{what}K"),
        });
        pieces.collect::<String>().into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_terminal_is_kept_from_what_could_change_it() {
        let printed = b"\x1b[2J\x1b[31mred\x1b[0m\xff\n";
        assert_eq!(Printer::new(None).safe(printed.to_vec()), printed);
        let safe = Printer::new(Some(false)).safe(printed.to_vec());
        assert_eq!(String::from_utf8_lossy(&safe), "red\u{fffd}\n");
    }
}
