//! Output that is passed on while it comes: characters kept whole across the cuts between chunks, and of what is shown to a person
//! no more than they can read.

use std::time::{Duration, Instant};

/// Keeps the characters of UTF-8 whole that comes in chunks.
#[derive(Debug, Default)]
pub(super) struct Utf8 {
    open: Vec<u8>,
}

impl Utf8 {
    /// These bytes and those that waited for them, without the beginning of a character whose end has not come.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.open.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.open) {
            Ok(_) => self.open.len(),
            // The last character may not have come whole; anything else is no UTF-8 and never will be.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => self.open.len() - incomplete_end(&self.open),
        };
        let rest = self.open.split_off(whole);
        std::mem::replace(&mut self.open, rest)
    }

    /// What is left over.
    pub(super) fn rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.open)
    }
}

/// How many bytes at the end begin a character that is not whole.
fn incomplete_end(bytes: &[u8]) -> usize {
    let last = bytes.iter().rev().take(3).position(|byte| *byte >= 0xC0).map_or(0, |at| at + 1);
    let tail = &bytes[bytes.len() - last..];
    match std::str::from_utf8(tail) {
        Err(error) if error.error_len().is_none() => last,
        _ => 0,
    }
}

/// Lets through what a person could read: a burst, and then so much a second. Of a flood the end is held back until it may pass:
/// what a program says last is what it was run for.
#[derive(Debug)]
pub(super) struct Throttle {
    allowance: f64,
    since: Instant,
    held: String,
    dropped: u64,
}

/// What may be shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// How many bytes were left out before it.
    pub(super) dropped: u64,
    pub(super) text: String,
}

const BURST: f64 = 1024.0 * 1024.0;
const PER_SECOND: f64 = 512.0 * 1024.0;
/// How much must be allowed again before what is held back is shown: a flood has one gap a second then, not a thousand.
const ENOUGH: f64 = BURST / 2.0;
/// How much is held back.
const HELD: usize = 64 * 1024;

impl Throttle {
    pub(super) fn new(now: Instant) -> Self {
        Self { allowance: BURST, since: now, held: String::new(), dropped: 0 }
    }

    /// Takes what was printed next, and gives what may be shown now.
    pub(super) fn take(&mut self, text: &str, now: Instant) -> Option<Shown> {
        self.refill(now);
        if self.held.is_empty() && text.len() as f64 <= self.allowance {
            self.allowance -= text.len() as f64;
            return Some(Shown { dropped: 0, text: text.to_owned() }).filter(|shown| !shown.text.is_empty());
        }
        self.hold(text);
        self.resume(now)
    }

    /// What was held back, if that may be shown now.
    pub(super) fn resume(&mut self, now: Instant) -> Option<Shown> {
        self.refill(now);
        if self.allowance < ENOUGH { None } else { self.finish() }
    }

    /// What was held back.
    pub(super) fn finish(&mut self) -> Option<Shown> {
        let text = std::mem::take(&mut self.held);
        self.allowance -= text.len() as f64;
        let dropped = std::mem::take(&mut self.dropped);
        Some(Shown { dropped, text }).filter(|shown| !shown.text.is_empty())
    }

    /// When something that is held back may be shown.
    pub(super) fn resumes_at(&self) -> Option<Instant> {
        let missing = ((ENOUGH - self.allowance) / PER_SECOND).max(0.0);
        // A little later, or a rounded second would be a little too early for ever.
        let wait = Duration::from_secs_f64(missing) + Duration::from_millis(1);
        (!self.held.is_empty()).then(|| self.since + wait)
    }

    fn refill(&mut self, now: Instant) {
        let gained = now.duration_since(self.since).as_secs_f64() * PER_SECOND;
        self.allowance = (self.allowance + gained).min(BURST);
        self.since = now;
    }

    fn hold(&mut self, text: &str) {
        self.held.push_str(text);
        let surplus = self.held.ceil_char_boundary(self.held.len().saturating_sub(HELD));
        self.held.drain(..surplus);
        self.dropped += surplus as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cuts_do_not_hurt_characters(text in "\\PC{0,40}", size in 1_usize..7) {
            let mut utf8 = Utf8::default();
            for chunk in text.as_bytes().chunks(size) {
                prop_assert!(text.contains(std::str::from_utf8(&utf8.take(chunk)).unwrap()));
            }
            prop_assert!(utf8.rest().is_empty());
        }

        #[test]
        fn no_byte_is_lost_however_they_are_cut(
            bytes in proptest::collection::vec(any::<u8>(), 0..60), size in 1_usize..7,
        ) {
            let mut utf8 = Utf8::default();
            let mut read: Vec<u8> = bytes.chunks(size).flat_map(|chunk| utf8.take(chunk)).collect();
            read.extend(utf8.rest());
            prop_assert_eq!(read, bytes);
        }
    }

    #[test]
    fn of_a_flood_the_beginning_and_the_end_are_shown_and_one_gap_between_them() {
        let start = Instant::now();
        let mut throttle = Throttle::new(start);
        let line = "0123456789abcdef".repeat(64);
        let burst: usize =
            (0..1024).filter_map(|_| throttle.take(&line, start)).map(|it| it.text.len()).sum();
        assert_eq!(burst, 1 << 20);
        assert_eq!(throttle.resumes_at(), None);
        for _ in 0..200 {
            assert_eq!(throttle.take(&line, start), None);
        }
        assert_eq!(throttle.take("the end\n", start), None);
        let at = throttle.resumes_at().unwrap();
        assert!(at > start + Duration::from_millis(900) && at < start + Duration::from_millis(1100));
        assert_eq!(throttle.resume(start + Duration::from_millis(500)), None);
        let shown = throttle.resume(at).unwrap();
        assert!(shown.text.ends_with("the end\n"));
        assert_eq!(shown.dropped + shown.text.len() as u64, 200 * 1024 + 8);
        assert_eq!(throttle.resumes_at(), None);
        assert!(throttle.take("more", at).is_some());
    }

    #[test]
    fn what_is_held_back_is_cut_between_characters() {
        let start = Instant::now();
        let mut throttle = Throttle::new(start);
        assert!(throttle.take(&"x".repeat(1 << 20), start).is_some());
        assert_eq!(throttle.take(&"é".repeat(HELD), start), None);
        assert_eq!(throttle.take("x", start), None);
        let shown = throttle.finish().unwrap();
        assert_eq!(shown.dropped + shown.text.len() as u64, 2 * HELD as u64 + 1);
    }
}
