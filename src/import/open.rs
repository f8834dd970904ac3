//! What a path given on the command line stands for: a pack's directory or a single document.

use std::path::{Path, PathBuf};

use crate::pack::{self, Pack, Problems, Source};

/// Why a path cannot be opened as a pack.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is nothing, or it cannot be examined.
    #[error("cannot open {}: {error}", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A directory that is no pack.
    #[error("{} is no pack: it has no pack.toml", path.display())]
    NoPack {
        /// The path.
        path: PathBuf,
    },
    /// A file that is neither a pack nor a document.
    #[error("{} is neither a pack's directory nor a Markdown document", path.display())]
    Neither {
        /// The path.
        path: PathBuf,
    },
    /// A pack with mistakes.
    #[error("{} has mistakes: {}", path.display(), problems.summary())]
    Mistakes {
        /// The path.
        path: PathBuf,
        /// All of them.
        problems: Problems,
    },
}

/// Opens a directory with a `pack.toml`, or a Markdown document as a pack without exercises.
pub fn open(path: &Path) -> Result<Pack, OpenError> {
    let metadata = path.metadata().map_err(|error| OpenError::Io { path: path.to_owned(), error })?;
    if !metadata.is_dir() {
        return Err(OpenError::Neither { path: path.to_owned() });
    }
    if !path.join("pack.toml").exists() {
        return Err(OpenError::NoPack { path: path.to_owned() });
    }
    pack::load(&Source::Directory(path.to_owned()))
        .map_err(|problems| OpenError::Mistakes { path: path.to_owned(), problems })
}
