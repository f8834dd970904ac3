//! How far a text of the learner's is saved: written after a pause, and written again where that failed.

use std::time::Duration;

/// How long after the last keystroke a text is saved.
pub const PAUSE: Duration = Duration::from_millis(400);

/// How long typing without a pause may put a save off, and how long after a failure it is tried again.
const LONGEST: Duration = Duration::from_secs(3);

/// How far a text is saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kept {
    /// As it was read.
    #[default]
    AsRead,
    /// It was changed, and is saved when its time has come.
    Changed {
        /// Since when it differs.
        since: Duration,
        /// When it is saved.
        due: Duration,
    },
    /// It is being written.
    Writing,
    /// It could not be written.
    Refused {
        /// When it is tried again.
        due: Duration,
    },
    /// It was written.
    Saved {
        /// When.
        at: Duration,
    },
}

/// How far a text is saved, and which of its saves counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saving {
    /// How far it is.
    pub kept: Kept,
    /// The revision that was noticed last.
    revision: u64,
    version: u64,
}

impl Saving {
    /// Whether it holds what was not handed over to be saved, or what could not be.
    pub const fn is_changed(&self) -> bool {
        matches!(self.kept, Kept::Changed { .. } | Kept::Refused { .. })
    }

    /// Whether it holds what is not known to be written.
    pub const fn is_unsettled(&self) -> bool {
        self.is_changed() || matches!(self.kept, Kept::Writing)
    }

    /// Whether the last attempt to write it failed.
    pub const fn is_refused(&self) -> bool {
        matches!(self.kept, Kept::Refused { .. })
    }

    /// When it must be saved.
    pub const fn due(&self) -> Option<Duration> {
        match self.kept {
            Kept::Changed { due, .. } | Kept::Refused { due } => Some(due),
            _ => None,
        }
    }

    /// Takes note of the revision that the text has now; says whether it is another.
    pub fn touched(&mut self, revision: u64, now: Duration) -> bool {
        if revision == self.revision {
            return false;
        }
        self.revision = revision;
        match self.kept {
            // A disk that refuses is not asked again at every key.
            Kept::Refused { .. } => {}
            Kept::Changed { since, .. } => self.change(since, now),
            _ => self.change(now, now),
        }
        true
    }

    /// The text differs from what is on the disk, whatever that is.
    pub fn differs(&mut self, revision: u64, now: Duration) {
        self.revision = revision;
        self.change(now, now);
    }

    /// The text is what is on the disk.
    pub const fn as_read(&mut self, revision: u64) {
        self.revision = revision;
        self.kept = Kept::AsRead;
    }

    /// The text is handed over to be saved, if it has changed: under this number.
    pub const fn hand_over(&mut self) -> Option<u64> {
        if !self.is_changed() {
            return None;
        }
        self.version += 1;
        self.kept = Kept::Writing;
        Some(self.version)
    }

    /// A version was written.
    pub fn saved(&mut self, version: u64, now: Duration) {
        if version == self.version && self.kept == Kept::Writing {
            self.kept = Kept::Saved { at: now };
        }
    }

    /// A version could not be written: it is tried again after a while.
    pub fn refused(&mut self, version: u64, now: Duration) {
        if version == self.version {
            self.kept = Kept::Refused { due: now + LONGEST };
        }
    }

    fn change(&mut self, since: Duration, now: Duration) {
        self.kept = Kept::Changed { since, due: (now + PAUSE).min(since + LONGEST) };
    }
}
