//! A file replaced so that a reader, and whoever comes after a crash, sees the old text or the new one, never a part.

use std::io;
use std::path::Path;
use std::time::Duration;

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
        return persist(file, at);
    }
    file.as_file().sync_all()?;
    persist(file, at)?;
    sync_directory(at.parent().unwrap_or(Path::new(".")))
}

/// Replaces what stands there, as soon as nobody has it open where that hinders.
fn persist(mut file: NamedTempFile, at: &Path) -> io::Result<()> {
    for _ in 0..TRIES {
        match file.persist(at) {
            Err(failed) if may_be_open(&failed.error) => file = failed.file,
            done => return done.map(drop).map_err(|failed| failed.error),
        }
        std::thread::sleep(PAUSE);
    }
    file.persist(at).map(drop).map_err(|failed| failed.error)
}

/// How often a replacement is tried again: for two seconds in all. A compiler or a virus scanner reads a text for less.
const TRIES: u32 = 100;

/// The time between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// Whether the error is what Windows says of a file that somebody has open: `ERROR_ACCESS_DENIED`,
/// `ERROR_SHARING_VIOLATION` or `ERROR_LOCK_VIOLATION`. Elsewhere an open file can be replaced.
fn may_be_open(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
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

    /// Windows refuses while a reader has the file open, which is not always: there are pauses between the readings.
    #[test]
    fn what_is_read_again_and_again_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let at = dir.path().join("a");
        fs::write(&at, "0").unwrap();
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    assert!(!fs::read_to_string(&at).unwrap().is_empty(), "never a part");
                    std::thread::sleep(Duration::from_millis(1));
                }
            });
            for n in 1..200 {
                let mut file = scratch(dir.path()).unwrap();
                file.write_all(n.to_string().as_bytes()).unwrap();
                let placed = place(file, &at, Durability::Whole);
                done.store(placed.is_err() || n == 199, std::sync::atomic::Ordering::Relaxed);
                placed.unwrap();
            }
        });
        assert_eq!(fs::read_to_string(&at).unwrap(), "199");
    }
}
