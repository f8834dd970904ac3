//! What can go wrong with the learner's files and the workspaces around them.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why something in the sandbox could not be done.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// The machine refused.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried, as in `write`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the machine said.
        source: io::Error,
    },
    /// The pack asks for a dependency set that neither it nor this program brings.
    #[error("there is no dependency set `{0}`")]
    UnknownSet(String),
    /// A dependency set's manifest or lock file makes no sense.
    #[error("the dependency set `{set}` is broken: {why}")]
    BrokenSet {
        /// Its name.
        set: String,
        /// What is wrong.
        why: String,
    },
    /// A crate would bear the name of one of its own dependencies.
    #[error("`{0}` cannot be the name of an exercise: a package of its dependency set is called so")]
    NameTaken(String),
    /// A name that cannot be a single directory.
    #[error("`{0}` cannot be the name of a directory")]
    BadName(String),
    /// A path that would leave the crate.
    #[error("`{0}` is no path within a crate")]
    BadPath(String),
    /// A symbolic link stands where a file or a directory of the sandbox should be.
    #[error("{} is a symbolic link; put a plain file or directory in its place", .0.display())]
    Link(PathBuf),
    /// Something else stands where a file should be: a directory, a pipe.
    #[error("{} is no plain file; move it away", .0.display())]
    NoFile(PathBuf),
    /// The learner may not change this file.
    #[error("`{0}` is read-only: it is restored before every check")]
    NotEditable(String),
    /// A file that should be text is not.
    #[error("{} is not UTF-8 text", .0.display())]
    NotText(PathBuf),
    /// A file is, or would be, larger than anything a person writes.
    #[error("{} is larger than 8 MiB", .0.display())]
    TooLarge(PathBuf),
    /// There was no reset, or it was undone.
    #[error("there is no reset to undo")]
    NothingToRestore,
    /// Files cannot be watched.
    #[error("cannot watch {}: {why}", path.display())]
    Watch {
        /// The directory.
        path: PathBuf,
        /// What the machine said.
        why: String,
    },
}

impl SandboxError {
    /// The kind of refusal, where the machine refused: a full disk, a read-only directory.
    pub fn io_kind(&self) -> Option<io::ErrorKind> {
        match self {
            Self::Io { source, .. } => Some(source.kind()),
            _ => None,
        }
    }

    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }
}
