//! Output kept within bounds: its beginning and its end, and how much was dropped between them.

use std::collections::VecDeque;

/// What a process printed, of which at most a fixed number of bytes is kept.
#[derive(Debug, Clone)]
pub struct Output {
    half: usize,
    head: Vec<u8>,
    tail: VecDeque<u8>,
    dropped: u64,
}

impl Output {
    /// Keeps at most `limit` bytes: half of them from the beginning, half from the end.
    pub fn new(limit: usize) -> Self {
        Self { half: limit / 2, head: Vec::new(), tail: VecDeque::new(), dropped: 0 }
    }

    /// Takes what was printed next.
    pub fn push(&mut self, bytes: &[u8]) {
        let room = self.half - self.head.len().min(self.half);
        let (first, rest) = bytes.split_at(room.min(bytes.len()));
        self.head.extend_from_slice(first);
        let kept = &rest[rest.len().saturating_sub(self.half)..];
        let surplus = (self.tail.len() + kept.len()).saturating_sub(self.half);
        self.tail.drain(..surplus);
        self.tail.extend(kept);
        self.dropped += (rest.len() - kept.len() + surplus) as u64;
    }

    /// How many bytes were dropped.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// What was kept as text, with a line that tells of the gap where there is one.
    pub fn text(&self) -> String {
        let (front, back) = self.tail.as_slices();
        if self.dropped == 0 {
            return String::from_utf8_lossy(&[&self.head, front, back].concat()).into_owned();
        }
        let head = String::from_utf8_lossy(&self.head).into_owned();
        let tail = [front, back].concat();
        format!("{head}\n… {} bytes left out …\n{}", self.dropped, String::from_utf8_lossy(&tail))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_beginning_and_the_end_are_kept(
            pieces in proptest::collection::vec(proptest::collection::vec(b'a'..=b'z', 0..50), 0..20),
            limit in 0_usize..200,
        ) {
            let mut output = Output::new(limit);
            for piece in &pieces {
                output.push(piece);
            }
            let whole = String::from_utf8(pieces.concat()).unwrap();
            let text = output.text();
            if output.dropped() == 0 {
                prop_assert_eq!(text, whole);
            } else {
                let half = limit / 2;
                prop_assert!(text.starts_with(&whole[..half]));
                prop_assert!(text.ends_with(&whole[whole.len() - half..]));
                prop_assert_eq!(output.dropped() as usize, whole.len() - 2 * half);
            }
        }
    }
}
