//! Stamps: what a crate's files held when they were last placed. cargo goes by modification time alone, so a file that was
//! put back with an old one would pass for built; where content and stamp differ but the time has not moved, it is moved.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::SystemTime;

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

/// Gives each file of `sources` that has changed since the last call a modification time after that call, and takes a
/// new stamp at `stamp`.
pub fn renew(
    root: &Root,
    stamp: &str,
    sources: impl IntoIterator<Item = String>,
) -> Result<(), SandboxError> {
    let before: Option<Stamp> = root.read(stamp)?.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let mut now = Stamp { at: nanos(SystemTime::now()), files: BTreeMap::new() };
    for path in sources {
        // What cannot be read, or is larger than anything a person writes, is none of the sources; or the compiler will say so.
        let Ok(Some(bytes)) = root.read(&path) else { continue };
        let hash = hash_of(&bytes);
        let known = before.as_ref().and_then(|stamp| stamp.files.get(&path));
        let written = modified(&root.resolve(&path)?).map_or(0, nanos);
        if known != Some(&hash) && before.as_ref().is_none_or(|stamp| written <= stamp.at) {
            root.touch(&path)?;
        }
        now.files.insert(path, hash);
    }
    let text = serde_json::to_vec(&now).expect("numbers and strings can be written as JSON");
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
