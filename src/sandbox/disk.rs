//! Files of the sandbox on disk: paths that cannot escape, writes that are whole or not at all, modification times that
//! always move forward.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::files::whole;
use crate::sandbox::error::SandboxError;

pub use crate::files::Durability;

/// Beyond this a file is not text that a person wrote.
const MAX_BYTES: u64 = 8 << 20;

/// A directory that no path leads out of, and a place for files that are being written.
#[derive(Debug, Clone)]
pub struct Root {
    dir: PathBuf,
    scratch: PathBuf,
}

impl Root {
    /// Works below `dir`; `scratch` must be on the same file system.
    pub fn new(dir: impl Into<PathBuf>, scratch: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into(), scratch: scratch.into() }
    }

    /// The directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The place of `path` below the directory. Refuses what leaves it, and links on the way and at the end.
    pub fn resolve(&self, path: &str) -> Result<PathBuf, SandboxError> {
        let mut at = self.dir.clone();
        for part in relative(path)?.components() {
            at.push(part);
            if fs::symlink_metadata(&at).is_ok_and(|found| found.is_symlink()) {
                return Err(SandboxError::Link(at));
            }
        }
        Ok(at)
    }

    /// The bytes of a file; `None` where there is none.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SandboxError> {
        let at = self.resolve(path)?;
        match fs::symlink_metadata(&at) {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Err(SandboxError::NoFile(at)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(SandboxError::io("read", &at)(e)),
        }
        let mut bytes = Vec::new();
        let read = File::open(&at).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
        read.map_err(SandboxError::io("read", &at))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(SandboxError::TooLarge(at));
        }
        Ok(Some(bytes))
    }

    /// Writes a file so that a reader sees the old text or the new one, never a part. A file that holds these bytes
    /// already is left alone; says whether it was written. What could not be read again is not written.
    pub fn put(&self, path: &str, bytes: &[u8], durability: Durability) -> Result<bool, SandboxError> {
        let at = self.resolve(path)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(SandboxError::TooLarge(at));
        }
        if self.holds(path, bytes)? {
            return Ok(false);
        }
        let parent = at.parent().unwrap_or(&self.dir);
        fs::create_dir_all(parent).map_err(SandboxError::io("create the directory", parent))?;
        fs::create_dir_all(&self.scratch).map_err(SandboxError::io("create the directory", &self.scratch))?;
        write_whole(&self.scratch, &at, bytes, durability).map_err(SandboxError::io("write", &at))?;
        Ok(true)
    }

    /// Gives a file a modification time later than any that it had, and later than `past`, so that cargo builds it again.
    pub fn touch(&self, path: &str, past: Option<SystemTime>) -> Result<(), SandboxError> {
        let at = self.resolve(path)?;
        let before = modified(&at).max(past);
        let touched = File::options().write(true).open(&at).and_then(|file| freshen(&file, before));
        touched.map_err(SandboxError::io("write", &at))
    }

    /// Removes a file; one that is not there is fine.
    pub fn remove(&self, path: &str) -> Result<(), SandboxError> {
        let at = self.resolve(path)?;
        match fs::remove_file(&at) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(SandboxError::io("remove", &at)(e)),
            _ => Ok(()),
        }
    }

    /// Every file below a directory, in order, with `/` between the parts; links are named, not followed. What bears a name that
    /// no path here can have is left out: nothing of ours is called so, and it is to hinder no check.
    pub fn walk(&self, below: &str) -> Result<Vec<String>, SandboxError> {
        let mut found = Vec::new();
        let mut pending = vec![below.to_owned()];
        while let Some(dir) = pending.pop() {
            let at = self.dir.join(relative(&dir)?);
            let entries = match fs::read_dir(&at) {
                Ok(entries) => entries,
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                Err(e) => return Err(SandboxError::io("read the directory", &at)(e)),
            };
            for entry in entries {
                let entry = entry.map_err(SandboxError::io("read the directory", &at))?;
                let kind = entry.file_type().map_err(SandboxError::io("read", &entry.path()))?;
                let Some(path) = entry.file_name().to_str().map(|name| format!("{dir}/{name}")) else {
                    continue;
                };
                match relative(&path) {
                    Err(_) => {}
                    Ok(_) if kind.is_dir() => pending.push(path),
                    Ok(_) => found.push(path),
                }
            }
        }
        found.sort();
        Ok(found)
    }

    fn holds(&self, path: &str, bytes: &[u8]) -> Result<bool, SandboxError> {
        match self.read(path) {
            Ok(found) => Ok(found.as_deref() == Some(bytes)),
            Err(SandboxError::TooLarge(_)) => Ok(false),
            Err(e) => Err(e),
        }
    }
}

/// When a file was last written; `None` where there is none.
pub fn modified(at: &Path) -> Option<SystemTime> {
    fs::symlink_metadata(at).and_then(|found| found.modified()).ok()
}

/// A name that can only be one directory or file: what ids of packs, sets and exercises must be.
pub fn single(name: &str) -> Result<&str, SandboxError> {
    let mut parts = Path::new(name).components();
    let plain = matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name);
    let safe = !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']);
    if plain && safe { Ok(name) } else { Err(SandboxError::BadName(name.to_owned())) }
}

fn relative(path: &str) -> Result<&Path, SandboxError> {
    let parts = Path::new(path);
    let inside = parts.components().all(|part| matches!(part, Component::Normal(_)));
    if inside && !path.is_empty() && !path.contains(['\\', ':', '\0']) {
        Ok(parts)
    } else {
        Err(SandboxError::BadPath(path.to_owned()))
    }
}

fn write_whole(scratch: &Path, at: &Path, bytes: &[u8], durability: Durability) -> io::Result<()> {
    let mut file = whole::scratch(scratch)?;
    file.as_file_mut().write_all(bytes)?;
    freshen(file.as_file(), modified(at))?;
    widen(file.as_file())?;
    whole::place(file, at, durability)
}

/// The kernel stamps files with a clock of a few milliseconds' grain, so text written right after a build began could
/// bear the build's own time and pass for built. The precise clock is ahead of every such stamp; where a file system
/// rounds even that down, a time shortly to come costs one needless build at worst.
fn freshen(file: &File, before: Option<SystemTime>) -> io::Result<()> {
    let tick = Duration::from_nanos(100);
    let wanted = before.map_or(SystemTime::now(), |before| SystemTime::now().max(before + tick));
    file.set_modified(wanted)?;
    let got = file.metadata()?.modified()?;
    if got + tick < wanted {
        file.set_modified(wanted + Duration::from_secs(2))?;
    }
    Ok(())
}

#[cfg(unix)]
fn widen(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn widen(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
