//! One app on one home: two would save the learner's files over each other.

use std::path::PathBuf;

use crate::progress::file::{self, FileError, LockFile};
use crate::settings::Home;

/// The right to be the app on a home. It ends with the value, and with the process however it ends.
#[derive(Debug)]
pub struct HomeLock {
    _lock: LockFile,
}

/// Why a home cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another instance has it.
    #[error("another patterns-tui{} uses {}", pid.map(|pid| format!(" (process {pid})")).unwrap_or_default(), home.display())]
    Taken {
        /// The home.
        home: PathBuf,
        /// The other's process, where it could be found out.
        pid: Option<u32>,
    },
    /// The lock file cannot be made.
    #[error(transparent)]
    File(#[from] FileError),
}

impl HomeLock {
    /// Takes the home, which is created if it does not exist.
    pub fn acquire(home: &Home) -> Result<Self, LockError> {
        // The number stands in a file of its own, for Windows lets nobody read a locked one.
        let pid_file = home.root().join("app.pid");
        let Some(lock) = LockFile::attempt(&home.root().join("app.lock"))? else {
            let text = file::read(&pid_file).ok().flatten().unwrap_or_default();
            let pid = String::from_utf8_lossy(&text).trim().parse().ok();
            return Err(LockError::Taken { home: home.root().to_owned(), pid });
        };
        file::replace(&pid_file, format!("{}\n", std::process::id()).as_bytes())?;
        Ok(Self { _lock: lock })
    }
}

impl LockError {
    /// What the person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Taken { .. } => "close the other one, or choose another directory with --home",
            Self::File(error) => error.hint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_the_first_is() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::new(directory.path().join("new"));
        let first = HomeLock::acquire(&home).unwrap();
        let second = HomeLock::acquire(&home).unwrap_err();
        assert!(second.to_string().contains(&format!("(process {})", std::process::id())), "{second}");
        drop(first);
        assert!(HomeLock::acquire(&home).is_ok());
    }

    #[test]
    fn a_home_that_cannot_be_made_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("file");
        std::fs::write(&file, "").unwrap();
        let error = HomeLock::acquire(&Home::new(&file)).unwrap_err();
        assert!(error.to_string().contains(&file.display().to_string()), "{error}");
    }
}
