//! Output that is shown while it comes: decoded across the cuts between chunks, and no more of it than can be read.

use std::time::Instant;

/// Decodes UTF-8 that comes in chunks; what is invalid is replaced.
#[derive(Debug, Default)]
pub(super) struct Utf8 {
    open: Vec<u8>,
}

impl Utf8 {
    /// The text that these bytes complete.
    pub(super) fn push(&mut self, bytes: &[u8]) -> String {
        self.open.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.open) {
            Ok(_) => self.open.len(),
            // The last character may not have come whole; anything else is no UTF-8 and never will be.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => self.open.len() - incomplete_end(&self.open),
        };
        let rest = self.open.split_off(whole);
        let text = String::from_utf8_lossy(&self.open).into_owned();
        self.open = rest;
        text
    }

    /// What is left over.
    pub(super) fn finish(&mut self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut self.open)).into_owned()
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

/// Lets through what a person could read: a burst, and then so much a second.
#[derive(Debug)]
pub(super) struct Throttle {
    allowance: f64,
    since: Instant,
    dropped: u64,
}

const BURST: f64 = 1024.0 * 1024.0;
const PER_SECOND: f64 = 512.0 * 1024.0;

impl Throttle {
    pub(super) fn new(now: Instant) -> Self {
        Self { allowance: BURST, since: now, dropped: 0 }
    }

    /// Whether this many bytes may pass now.
    pub(super) fn admits(&mut self, bytes: usize, now: Instant) -> bool {
        let gained = now.duration_since(self.since).as_secs_f64() * PER_SECOND;
        self.allowance = (self.allowance + gained).min(BURST);
        self.since = now;
        let admitted = bytes as f64 <= self.allowance;
        if admitted {
            self.allowance -= bytes as f64;
        } else {
            self.dropped += bytes as u64;
        }
        admitted
    }

    /// How many bytes were held back since this was asked last, if any.
    pub(super) fn dropped(&mut self) -> Option<u64> {
        Some(std::mem::take(&mut self.dropped)).filter(|dropped| *dropped > 0)
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
            let mut read: String = text.as_bytes().chunks(size).map(|chunk| utf8.push(chunk)).collect();
            read += &utf8.finish();
            prop_assert_eq!(read, text);
        }

        #[test]
        fn any_bytes_give_the_same_text_however_they_are_cut(
            bytes in proptest::collection::vec(any::<u8>(), 0..60), size in 1_usize..7,
        ) {
            let mut utf8 = Utf8::default();
            let mut read: String = bytes.chunks(size).map(|chunk| utf8.push(chunk)).collect();
            read += &utf8.finish();
            let whole = String::from_utf8_lossy(&bytes);
            prop_assert_eq!(read.replace('\u{FFFD}', ""), whole.replace('\u{FFFD}', ""));
        }
    }

    #[test]
    fn a_flood_is_held_back_and_counted() {
        let start = Instant::now();
        let mut throttle = Throttle::new(start);
        assert!(throttle.admits(1 << 20, start));
        assert!(!throttle.admits(1000, start));
        assert!(!throttle.admits(1000, start));
        assert_eq!(throttle.dropped(), Some(2000));
        assert!(throttle.admits(1000, start + Duration::from_secs(1)));
        assert_eq!(throttle.dropped(), None);
    }
}
