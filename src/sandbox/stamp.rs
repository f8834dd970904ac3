//! Stamps: what a crate's files held when they were last placed. cargo goes by modification time alone, so a file that was
//! put back with an old one would pass for built; where content and stamp differ but the time has not moved, it is moved.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::sandbox::disk::{Durability, Root, modified};
use crate::sandbox::error::SandboxError;

/// The content of a crate's sources at one time.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    /// When it was taken, in nanoseconds since the Unix epoch.
    at: u64,
    /// A hash of each file's bytes.
    files: BTreeMap<String, u64>,
}

/// Longer than a build takes, and waits before it begins.
const LONGEST_BUILD: Duration = Duration::from_hours(1);

impl Stamp {
    /// What cargo may have noted as the time of a build of this content, where the clock has gone back since: then that lies ahead
    /// of any time that a file is given now.
    fn built_ahead_of(&self, now: u64) -> Option<SystemTime> {
        let taken = SystemTime::UNIX_EPOCH + Duration::from_nanos(self.at);
        (now < self.at).then(|| taken + LONGEST_BUILD)
    }
}

/// Gives each file of `sources` that has changed since the last call a modification time after that call and what was built
/// after it, and takes a new stamp at `stamp`.
pub fn renew(
    root: &Root,
    stamp: &str,
    sources: impl IntoIterator<Item = String>,
) -> Result<(), SandboxError> {
    let before: Option<Stamp> = root.read(stamp)?.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let now = nanos(SystemTime::now());
    let ahead = before.as_ref().and_then(|stamp| stamp.built_ahead_of(now));
    let latest = before.as_ref().map_or(now, |stamp| stamp.at.max(now));
    let mut renewed = Stamp { at: latest, files: BTreeMap::new() };
    for path in sources {
        // What cannot be read, or is larger than anything a person writes, is none of the sources; or the compiler will say so.
        let Ok(Some(bytes)) = root.read(&path) else { continue };
        let hash = hash_of(&bytes);
        let known = before.as_ref().and_then(|stamp| stamp.files.get(&path));
        let written = modified(&root.resolve(&path)?).map_or(0, nanos);
        if known != Some(&hash) && before.as_ref().is_none_or(|stamp| written <= stamp.at) {
            root.touch(&path, ahead)?;
        }
        renewed.files.insert(path, hash);
    }
    let text = serde_json::to_vec(&renewed).expect("numbers and strings can be written as JSON");
    root.put(stamp, &text, Durability::Whole).map(|_| ())
}

fn hash_of(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

fn nanos(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
