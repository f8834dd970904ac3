//! A file replaced so that a reader, and whoever comes after a crash, sees the old text or the new one, never a part.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// How certain it must be that a file survives a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It is the learner's: on the disk before this returns.
    Synced,
    /// It can be made again: whole or not there, no more.
    Whole,
}

/// A file to be written, for its owner's eyes alone, in a directory on the same file system as the place that it gets.
pub fn scratch(directory: &Path) -> io::Result<NamedTempFile> {
    // Its own errors would name the temporary file, which nobody knows.
    NamedTempFile::new_in(directory).map_err(|error| io::Error::from(error.kind()))
}

/// Gives a file that was written its place, where it takes what stood there.
pub fn place(file: NamedTempFile, at: &Path, durability: Durability) -> io::Result<()> {
    if durability == Durability::Whole {
        return file.persist(at).map(drop).map_err(|failed| failed.error);
    }
    file.as_file().sync_all()?;
    file.persist(at).map_err(|failed| failed.error)?;
    sync_directory(at.parent().unwrap_or(Path::new(".")))
}

/// Makes a rename last through a power failure.
#[cfg(unix)]
fn sync_directory(directory: &Path) -> io::Result<()> {
    std::fs::File::open(directory)?.sync_all()
}

/// Windows has no such call, and opens no directory as a file.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn sync_directory(_directory: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use super::*;

    #[test]
    fn what_stood_there_is_replaced_and_nothing_else_is_left() {
        let dir = tempfile::tempdir().unwrap();
        let at = dir.path().join("a");
        for (durability, text) in [(Durability::Whole, "one"), (Durability::Synced, "two")] {
            let mut file = scratch(dir.path()).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            place(file, &at, durability).unwrap();
            assert_eq!(fs::read_to_string(&at).unwrap(), text);
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
