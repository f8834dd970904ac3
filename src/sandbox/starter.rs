//! The starter in the learner's crate: put where nothing stands, put anew where a pack's next version has another and nobody
//! touched the former one.

use std::collections::BTreeMap;

use crate::pack::Exercise;
use crate::sandbox::disk::Durability;
use crate::sandbox::error::SandboxError;
use crate::sandbox::history::History;
use crate::sandbox::workspace::Workspace;

/// What was shipped, kept beside the versions, which follow an exercise to its new name. No file of a pack begins with a dot.
const SHIPPED: &str = ".shipped.json";

/// A hash of each file of the learner's crate as it was shipped when the crate held just that, by path relative to the crate.
#[derive(Debug, Default)]
pub(super) struct Shipped(BTreeMap<String, u64>);

impl Shipped {
    /// What is remembered: nothing of an exercise that an earlier version of this program placed, so its files stay.
    pub(super) fn recall(history: &History) -> Result<Self, SandboxError> {
        let kept = history.root().read(SHIPPED)?;
        Ok(Self(kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()))
    }

    /// Whether a file that holds these bytes is as some version of the pack shipped it.
    pub(super) fn is_untouched(&self, path: &str, bytes: &[u8]) -> bool {
        self.0.get(path) == Some(&hash_of(bytes))
    }

    fn remember(&mut self, path: &str, bytes: &[u8]) {
        self.0.insert(path.to_owned(), hash_of(bytes));
    }

    fn keep(&self, history: &History) -> Result<(), SandboxError> {
        let text = serde_json::to_vec(&self.0).expect("a map of numbers can be written as JSON");
        history.root().put(SHIPPED, &text, Durability::Whole).map(|_| ())
    }
}

impl Workspace<'_> {
    /// Sees to it that what the learner has not touched is what is shipped now; what they have is kept in the history.
    pub(super) fn place_starter(&self, exercise: &Exercise, history: &History) -> Result<(), SandboxError> {
        let mut shipped = Shipped::recall(history)?;
        for path in &exercise.edit {
            let at = format!("{}/{path}", exercise.id);
            let starter = exercise.starter.get(path).map(|text| text.as_bytes());
            let found = self.root.read(&at)?;
            if let Some(bytes) = &found {
                history.keep(path, bytes)?;
            }
            let is_free = found.as_ref().is_none_or(|bytes| shipped.is_untouched(path, bytes));
            let wanted = starter.filter(|starter| is_free && found.as_deref() != Some(*starter));
            // Meanwhile an editor may have saved, for the history waits for the disk.
            if let Some(starter) = wanted
                && self.root.read(&at)? == found
            {
                self.root.put(&at, starter, Durability::Synced)?;
            }
        }
        // Of all files: one that is restored today may be the learner's to change in the next version.
        for (path, text) in &exercise.starter {
            let at = format!("{}/{path}", exercise.id);
            if self.root.read(&at).is_ok_and(|found| found.as_deref() == Some(text.as_bytes())) {
                shipped.remember(path, text.as_bytes());
            }
        }
        shipped.keep(history)
    }
}

/// FNV-1a: the same with every version of this program and of the standard library, and different for texts of which a single
/// byte differs.
fn hash_of(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests;
