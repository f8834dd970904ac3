//! The history: every version of the learner's files, so that no save, reset, update or crash loses one.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fs, io};

use crate::sandbox::disk::{Durability, Root};
use crate::sandbox::error::SandboxError;

/// How many versions of one file are kept. Whoever types has as many saved in ten minutes, so it is not the oldest that go.
pub const KEPT: usize = 200;

/// How many of the latest are all kept.
const LATEST: usize = 100;

/// The versions of one crate's files. Each is a file of its own, `<number>-<seconds since the Unix epoch>`, in a
/// directory named as the learner's file: readable without this program.
#[derive(Debug, Clone)]
pub struct History {
    root: Root,
}

/// One version of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counts up with each version of the file.
    pub number: u64,
    /// When it was kept, in seconds since the Unix epoch.
    pub at: u64,
    path: String,
}

impl History {
    /// The history of one crate, below `dir`. Nothing is created before the first version.
    pub fn new(dir: PathBuf) -> Self {
        let scratch = dir.join(".tmp");
        Self { root: Root::new(dir, scratch) }
    }

    /// Keeps a version of `file`, unless the last one kept is the same. It is on the disk when this returns.
    pub fn keep(&self, file: &str, bytes: &[u8]) -> Result<(), SandboxError> {
        let mut versions = self.versions(file)?;
        if let Some(last) = versions.last()
            && self.read(last)? == bytes
        {
            return Ok(());
        }
        let number = versions.last().map_or(1, |last| last.number + 1);
        self.root.put(&format!("{file}/{number:08}-{}", now()), bytes, Durability::Synced)?;
        while versions.len() >= KEPT {
            self.root.remove(&versions.remove(least_missed(&versions)).path)?;
        }
        Ok(())
    }

    /// The versions of `file`, oldest first.
    pub fn versions(&self, file: &str) -> Result<Vec<Version>, SandboxError> {
        let dir = self.root.resolve(file)?;
        let mut versions = Vec::new();
        for name in names(&dir)? {
            if let Some((number, at)) = name.split_once('-')
                && let (Ok(number), Ok(at)) = (number.parse(), at.parse())
            {
                versions.push(Version { number, at, path: format!("{file}/{name}") });
            }
        }
        versions.sort_by_key(|version| version.number);
        Ok(versions)
    }

    /// The bytes of a version; none if it was dropped in the meantime.
    pub fn read(&self, version: &Version) -> Result<Vec<u8>, SandboxError> {
        Ok(self.root.read(&version.path)?.unwrap_or_default())
    }

    pub(crate) fn root(&self) -> &Root {
        &self.root
    }
}

/// Which of many versions tells the least: the one whose neighbours lie closest together in time. So the first stays, of long ago a
/// few that are far apart, and the latest all.
fn least_missed(versions: &[Version]) -> usize {
    let apart = |at: &usize| versions[at + 1].at.saturating_sub(versions[at - 1].at);
    (1..versions.len().saturating_sub(LATEST)).min_by_key(apart).unwrap_or_default()
}

fn names(dir: &Path) -> Result<Vec<String>, SandboxError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(SandboxError::io("read the directory", dir)(e)),
    };
    Ok(entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect())
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests;
