//! Lines out of chunks of bytes.

/// Beyond this a line is no message of cargo's; the rest of it is dropped.
const LONGEST: usize = 16 << 20;

/// Collects bytes and gives back whole lines, without their ends; invalid UTF-8 is replaced.
#[derive(Debug, Default)]
pub struct Lines {
    open: Vec<u8>,
}

impl Lines {
    /// The lines that these bytes complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut complete = Vec::new();
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = LONGEST.saturating_sub(self.open.len());
            self.open.extend_from_slice(&piece[..piece.len().min(room)]);
            if piece.ends_with(b"\n") {
                complete.extend(self.finish());
            }
        }
        complete
    }

    /// The last line, which had no end.
    pub fn finish(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.open);
        (!line.is_empty()).then(|| String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_cuts_between_chunks_do_not_matter(text in "[a-c\n]{0,60}", cut in 0_usize..60) {
            let cut = cut.min(text.len());
            let mut lines = Lines::default();
            let mut found = lines.push(&text.as_bytes()[..cut]);
            found.extend(lines.push(&text.as_bytes()[cut..]));
            found.extend(lines.finish());
            let expected: Vec<_> = text.lines().map(str::to_owned).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
