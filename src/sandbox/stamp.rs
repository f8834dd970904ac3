//! Stamps: what a crate's files held when they were last placed. cargo goes by modification time alone, so a file that was
//! put back with an old one would pass for built; where content and stamp differ but the time has not moved, it is moved.
//!
//! They lie beside what was built, for they say what that was built from, whoever brings back an older sandbox.

use std::collections::BTreeMap;
use std::fs::File;
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
    /// The time that its file bears: that of the stamp, in whole seconds as coarsely as any file system keeps them.
    fn time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(Duration::from_nanos(self.at).as_secs() & !1)
    }

    /// Whether somebody has copied it since, and with it, as homes are copied whole, the sources and what was built of them: then the
    /// times of files are those of the copying, and that of a build may lie after that of a change it knows nothing of.
    fn is_copy(&self, written: Option<SystemTime>) -> bool {
        written != Some(self.time())
    }

    /// What cargo may have noted as the time of a build of this content, where the clock has gone back since: then that lies ahead
    /// of any time that a file is given now.
    fn built_ahead_of(&self, now: u64) -> Option<SystemTime> {
        let taken = SystemTime::UNIX_EPOCH + Duration::from_nanos(self.at);
        (now < self.at).then(|| taken + LONGEST_BUILD)
    }
}

/// Gives each file of `sources` below `root` that has changed since the last call a modification time after that call and what was
/// built after it, and takes a new stamp at `stamp` below `stamps`.
pub fn renew(
    root: &Root,
    sources: impl IntoIterator<Item = String>,
    stamps: &Root,
    stamp: &str,
) -> Result<(), SandboxError> {
    let before: Option<Stamp> = stamps.read(stamp)?.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let are_copies = before.as_ref().is_some_and(|taken| taken.is_copy(modified(&stamps.dir().join(stamp))));
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
        let is_older = before.as_ref().is_none_or(|stamp| written <= stamp.at);
        if known != Some(&hash) && (is_older || are_copies) {
            root.touch(&path, ahead)?;
        }
        renewed.files.insert(path, hash);
    }
    let text = serde_json::to_vec(&renewed).expect("numbers and strings can be written as JSON");
    stamps.put(stamp, &text, Durability::Whole)?;
    // Where no time can be set, the stamp counts as a copy, which costs a needless build at worst.
    let _ = File::options()
        .write(true)
        .open(stamps.resolve(stamp)?)
        .and_then(|file| file.set_modified(renewed.time()));
    Ok(())
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
