//! What a path given on the command line stands for: a pack's directory or a single document.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::import::document::document;
use crate::pack::{self, Pack, Problems, Source};

/// The endings of a Markdown document.
const ENDINGS: [&str; 4] = ["md", "markdown", "mdown", "mkd"];
/// How large a document may be: many times any book.
const MAX_DOCUMENT: u64 = 16 * 1024 * 1024;

/// Why a path cannot be opened as a pack.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is nothing, or it cannot be read.
    #[error("cannot open {}: {error}", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system says.
        #[source]
        error: io::Error,
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
    /// A document beyond the limit.
    #[error("{} is larger than {} MiB", path.display(), MAX_DOCUMENT / 1024 / 1024)]
    TooLarge {
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

impl OpenError {
    /// What the person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Io { .. } => "look at the path and its permissions",
            Self::NoPack { .. } => "give a directory with a pack.toml, or a single Markdown file to read",
            Self::Neither { .. } => "a pack is a directory with a pack.toml; a document's name ends in .md",
            Self::TooLarge { .. } => "divide the document",
            Self::Mistakes { .. } => "mend what is listed above",
        }
    }
}

/// Opens a directory with a `pack.toml`, or a Markdown document as a pack without exercises. With it comes what its author
/// should look at, though it keeps nobody from reading.
pub fn open(path: &Path) -> Result<(Pack, Problems), OpenError> {
    let metadata = path.metadata().map_err(io_error(path))?;
    if metadata.is_dir() {
        open_directory(path)
    } else if path.file_name().is_some_and(|name| name == "pack.toml") {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        open_directory(parent.unwrap_or(Path::new(".")))
    } else if metadata.is_file() && is_document(path) {
        open_document(path).map(|pack| (pack, Problems::default()))
    } else {
        Err(OpenError::Neither { path: path.to_owned() })
    }
}

fn open_directory(path: &Path) -> Result<(Pack, Problems), OpenError> {
    if !path.join("pack.toml").exists() {
        return Err(OpenError::NoPack { path: path.to_owned() });
    }
    match pack::inspect(&Source::Directory(path.to_owned())) {
        (Some(pack), warnings) => Ok((pack, warnings)),
        (None, problems) => Err(OpenError::Mistakes { path: path.to_owned(), problems }),
    }
}

fn open_document(path: &Path) -> Result<Pack, OpenError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_DOCUMENT + 1).read_to_end(&mut bytes))
        .map_err(io_error(path))?;
    if bytes.len() as u64 > MAX_DOCUMENT {
        return Err(OpenError::TooLarge { path: path.to_owned() });
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(document(&name, &bytes))
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ENDINGS.contains(&ending.as_str())
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> OpenError {
    let path = path.to_owned();
    move |error| OpenError::Io { path, error }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_document_is_opened_by_its_ending() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("Notes.MD");
        fs::write(&path, "# T\n").unwrap();
        assert_eq!(open(&path).unwrap().0.id, "doc-notes");
    }

    #[test]
    fn what_is_neither_is_refused_with_advice() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("notes.rs");
        fs::write(&file, "").unwrap();
        assert!(matches!(open(&file), Err(OpenError::Neither { .. })));
        let error = open(directory.path()).unwrap_err();
        assert!(matches!(error, OpenError::NoPack { .. }) && error.hint().contains("pack.toml"));
        let error = open(&directory.path().join("missing.md")).unwrap_err();
        assert!(error.to_string().contains("missing.md"), "{error}");
    }

    #[test]
    fn a_manifest_stands_for_its_pack() {
        let directory = tempfile::tempdir().unwrap();
        let manifest = directory.path().join("pack.toml");
        fs::write(&manifest, "format = 1\n").unwrap();
        let Err(OpenError::Mistakes { problems, .. }) = open(&manifest) else { panic!("no mistakes") };
        assert!(problems.to_string().contains("`id` is missing"), "{problems}");
    }
}
