//! The learner's record on disk: read, changed under a lock, written whole, kept in one backup.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::pack::Pack;
use crate::progress::change::Change;
use crate::progress::file::{self, FileError, LockFile};
use crate::progress::format::{self, Stored, Unreadable};
use crate::progress::record::Record;

/// A file that holds a learner's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    path: PathBuf,
}

/// A record that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The record; empty if there is none yet.
    pub record: Record,
    /// What the person must be told, as that a broken file was moved aside.
    pub notice: Option<String>,
}

/// Why a record could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A newer version of this program wrote it. It was not touched.
    #[error("{} was written by a newer patterns-tui (format {version}, this one knows {})", path.display(), format::VERSION)]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        version: u64,
    },
    /// The file is missing or cannot be understood, and the system refused what would mend that.
    #[error("{} {why}, and that cannot be mended: {error}", path.display())]
    Unmended {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
        /// What the system says.
        #[source]
        error: FileError,
    },
    /// The system refused.
    #[error(transparent)]
    File(#[from] FileError),
}

impl StoreError {
    /// What the person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Newer { .. } => "update patterns-tui, or choose another directory with --home",
            Self::Unmended { error, .. } | Self::File(error) => error.hint(),
        }
    }
}

impl Store {
    /// A store in this file; nothing is read or created yet.
    pub fn open(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Reads the record. A file that cannot be understood is moved aside and named, and the backup stands in for it.
    pub fn load(&self) -> Result<Loaded, StoreError> {
        match read(&self.path)? {
            Found::Record(stored) => Ok(Loaded { record: stored.record, notice: None }),
            Found::Nothing if matches!(read(&self.backup())?, Found::Nothing) => Ok(Loaded::default()),
            Found::Nothing => self.mend("is missing"),
            Found::Broken(why) => self.mend(&format!("could not be read ({why})")),
        }
    }

    /// Moves what is broken aside, and takes the backup for it.
    fn mend(&self, wrong: &str) -> Result<Loaded, StoreError> {
        let mended = self.lock().and_then(|lock| self.recover(&lock));
        let (stored, notice) = mended.map_err(|error| match error {
            StoreError::File(error) => {
                StoreError::Unmended { path: self.path.clone(), why: wrong.to_owned(), error }
            }
            other => other,
        })?;
        Ok(Loaded { record: stored.record, notice })
    }

    /// Applies changes that happened `at` (seconds since the Unix epoch) to whatever the file holds by now, and gives
    /// the record that was written.
    pub fn apply(&self, changes: &[Change], at: u64) -> Result<Loaded, StoreError> {
        self.update(|record| changes.iter().for_each(|change| record.apply(change, at)))
    }

    /// Moves what is known of exercises to the ids that they have now, and gives the record.
    pub fn carry_over(&self, pack: &Pack) -> Result<Loaded, StoreError> {
        let loaded = self.load()?;
        if !loaded.record.clone().carry_over(pack) {
            return Ok(loaded);
        }
        let written = self.update(|record| {
            record.carry_over(pack);
        })?;
        Ok(Loaded { notice: loaded.notice.or(written.notice), ..written })
    }

    fn update(&self, change: impl FnOnce(&mut Record)) -> Result<Loaded, StoreError> {
        let lock = self.lock()?;
        let (mut stored, notice) = self.recover(&lock)?;
        change(&mut stored.record);
        self.write(&stored)?;
        Ok(Loaded { record: stored.record, notice })
    }

    /// The record as it is now; what is broken is moved aside, which takes the lock.
    fn recover(&self, _held: &LockFile) -> Result<(Stored, Option<String>), StoreError> {
        let complaint = match read(&self.path)? {
            Found::Record(stored) => return Ok((stored, None)),
            Found::Nothing => None,
            Found::Broken(why) => Some(self.move_aside(&self.path, &why)?),
        };
        match read(&self.backup())? {
            Found::Record(stored) => {
                self.write(&stored)?;
                let complaint = complaint.unwrap_or_else(|| format!("{} was missing", self.path.display()));
                let told = format!("{complaint}; the backup was used, the last change may be gone");
                Ok((stored, Some(told)))
            }
            Found::Nothing => {
                let told = |complaint| format!("{complaint}; there is no backup, progress begins anew");
                Ok((Stored::default(), complaint.map(told)))
            }
            Found::Broken(why) => {
                let backup = self.move_aside(&self.backup(), &why)?;
                let complaints: Vec<_> = complaint.into_iter().chain([backup]).collect();
                Ok((Stored::default(), Some(format!("{}; progress begins anew", complaints.join("; ")))))
            }
        }
    }

    /// Gives a broken file another name, and the sentence that says so.
    fn move_aside(&self, path: &Path, why: &str) -> Result<String, StoreError> {
        let aside = self.free_name();
        std::fs::rename(path, &aside).map_err(FileError::of("rename", path))?;
        Ok(format!("{} could not be read ({why}) and was moved to {}", path.display(), aside.display()))
    }

    /// Keeps what the file holds as the backup, then replaces the file.
    fn write(&self, stored: &Stored) -> Result<(), StoreError> {
        if let Some(before) = file::read(&self.path)? {
            file::replace(&self.backup(), &before)?;
        }
        Ok(file::replace(&self.path, format::render(stored).as_bytes())?)
    }

    fn lock(&self) -> Result<LockFile, StoreError> {
        Ok(LockFile::wait(&self.beside("lock"))?)
    }

    fn backup(&self) -> PathBuf {
        self.beside("bak")
    }

    /// `progress.json.corrupt-<seconds>`; the next second where that name is taken.
    fn free_name(&self) -> PathBuf {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let mut names = (now..).map(|seconds| self.beside(&format!("corrupt-{seconds}")));
        names.find(|name| !name.exists()).unwrap_or_else(|| self.beside("corrupt"))
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        name.into()
    }
}

/// What a file holds.
enum Found {
    Record(Stored),
    Nothing,
    Broken(String),
}

fn read(path: &Path) -> Result<Found, StoreError> {
    let Some(bytes) = file::read(path)? else { return Ok(Found::Nothing) };
    match format::parse(&bytes) {
        Ok(stored) => Ok(Found::Record(stored)),
        Err(Unreadable::Newer(version)) => Err(StoreError::Newer { path: path.to_owned(), version }),
        Err(Unreadable::Broken(why)) => Ok(Found::Broken(why)),
    }
}

#[cfg(test)]
mod tests;
