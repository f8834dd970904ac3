//! One file, written so that a crash at any moment leaves the old text or the new, and never half of one.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::files::{Durability, knows_no_locks, whole};

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}: {error}", path.display())]
pub struct FileError {
    /// What was tried, as in `write`.
    pub action: &'static str,
    /// The file or directory.
    pub path: PathBuf,
    /// What the system says.
    #[source]
    pub error: io::Error,
}

impl FileError {
    /// Wraps an error of the system's, for `map_err`.
    pub(super) fn of(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self { action, path, error }
    }

    /// What the person can do about it.
    pub fn hint(&self) -> &'static str {
        match self.error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "free some space; what was saved before is still there"
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "make the directory writable, or choose another with --home"
            }
            io::ErrorKind::InvalidFilename => {
                "the path is too long: choose a shorter one with --home or PATTERNS_TUI_HOME"
            }
            _ => "look at the directory, or choose another with --home or PATTERNS_TUI_HOME",
        }
    }
}

/// The bytes of a file; `None` if there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::of("read", path)(error)),
    }
}

/// Replaces a file whose directory exists. Whoever calls holds a lock that keeps other writers of this file out.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let directory = path.parent().unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut file = scratch(path, directory)?;
        file.as_file_mut().write_all(bytes)?;
        whole::place(file, path, Durability::Synced)
    };
    write().map_err(FileError::of("write", path))
}

/// The file beside it that becomes the new one. It always has the same name, so that what a crash leaves is found and
/// used again, not added to.
fn scratch(path: &Path, directory: &Path) -> io::Result<NamedTempFile> {
    let create = || {
        let name = path.file_name().unwrap_or_default();
        tempfile::Builder::new().prefix(name).suffix(".new").rand_bytes(0).tempfile_in(directory)
    };
    match create() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let mut left = path.as_os_str().to_owned();
            left.push(".new");
            std::fs::remove_file(left)?;
            create()
        }
        created => created,
    }
}

/// A file that exists only to be locked. The lock ends with the value, and with the process however it ends.
#[derive(Debug)]
pub(super) struct LockFile {
    _file: File,
}

impl LockFile {
    /// Waits for whoever holds the lock.
    pub(super) fn wait(path: &Path) -> Result<Self, FileError> {
        let file = Self::open(path)?;
        match file.lock() {
            Err(error) if !knows_no_locks(&error) => Err(FileError::of("lock", path)(error)),
            _ => Ok(Self { _file: file }),
        }
    }

    /// Takes the lock if nobody holds it.
    pub(super) fn attempt(path: &Path) -> Result<Option<Self>, FileError> {
        let file = Self::open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(error)) if knows_no_locks(&error) => {
                Ok(Some(Self { _file: file }))
            }
            Err(std::fs::TryLockError::Error(error)) => Err(FileError::of("lock", path)(error)),
        }
    }

    fn open(path: &Path) -> Result<File, FileError> {
        let directory = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(directory).map_err(FileError::of("create", directory))?;
        // The content is nobody's: the file is neither read nor emptied.
        let options = File::options().write(true).create(true).truncate(false).open(path);
        options.map_err(FileError::of("open", path))
    }
}
