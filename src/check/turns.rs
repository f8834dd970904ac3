//! Turns: one job at a time builds in a target directory or works on a crate, whichever program of ours it belongs to.

use std::collections::HashMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Place, OwnedMutexGuard};
use tokio_util::sync::CancellationToken;

use crate::check::event::{Tell, Wait};
use crate::check::obstacle::Obstacle;
use crate::files::knows_no_locks;

/// How often another program's lock is looked at; to wait for it in a thread could not be cancelled.
const LOOK: Duration = Duration::from_millis(50);

/// The places that jobs of this program take turns at.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<PathBuf, Arc<Place<()>>>>);

/// The turn at a place. It ends with the value.
#[derive(Debug)]
pub(super) struct Turn {
    _among_jobs: OwnedMutexGuard<()>,
    _among_programs: File,
}

impl Turns {
    /// Waits for the turn at `place`; says so through `waiting` if it is not free.
    pub(super) async fn take(
        &self,
        place: &Path,
        cancel: &CancellationToken,
        waiting: Tell<'_, Wait>,
    ) -> Result<Turn, Obstacle> {
        let mut waiting = Some(waiting);
        let mut tell = || waiting.take().into_iter().for_each(|waiting| waiting(Wait::OtherBuild));
        let among_jobs = {
            let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(places.entry(place.to_owned()).or_default())
        };
        let among_jobs = if let Ok(free) = Arc::clone(&among_jobs).try_lock_owned() {
            free
        } else {
            tell();
            tokio::select! {
                turn = among_jobs.lock_owned() => turn,
                () = cancel.cancelled() => return Err(Obstacle::cancelled()),
            }
        };
        let file = lock_of(place);
        let among_programs = open(&file).map_err(|error| Obstacle::io("open", &file, &error))?;
        while !is_ours(&among_programs).map_err(|error| Obstacle::io("lock", &file, &error))? {
            tell();
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = cancel.cancelled() => return Err(Obstacle::cancelled()),
            }
        }
        Ok(Turn { _among_jobs: among_jobs, _among_programs: among_programs })
    }
}

/// A file beside the place, which may not be there yet and may be moved.
fn lock_of(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.lock"))
}

fn open(file: &Path) -> io::Result<File> {
    fs::create_dir_all(file.parent().unwrap_or(file))?;
    File::options().create(true).truncate(false).write(true).open(file)
}

fn is_ours(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) if knows_no_locks(&error) => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::check::verdict::Cause;

    /// Takes a turn twice, the second time through `other`, and sees that it is waited for until `end`.
    async fn waits(
        first: &Turns,
        second: &Turns,
        end: impl FnOnce(Turn, &CancellationToken),
    ) -> Option<Cause> {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("set/crate");
        let cancel = CancellationToken::new();
        let held = first.take(&place, &cancel, &mut |_| panic!("it is free")).await.unwrap();
        let told = AtomicBool::new(false);
        let mut tell = |_| told.store(true, Ordering::Relaxed);
        let turn = second.take(&place, &cancel, &mut tell);
        tokio::pin!(turn);
        tokio::select! {
            biased;
            _ = &mut turn => panic!("it was not free"),
            () = async {} => {}
        }
        assert!(told.load(Ordering::Relaxed), "whoever waits is told");
        end(held, &cancel);
        turn.await.err().map(|obstacle| obstacle.cause)
    }

    #[tokio::test]
    async fn jobs_and_programs_take_turns() {
        let turns = Turns::default();
        assert_eq!(waits(&turns, &turns, |held, _| drop(held)).await, None);
        assert_eq!(waits(&turns, &Turns::default(), |held, _| drop(held)).await, None);
    }

    #[tokio::test]
    async fn waiting_can_be_cancelled() {
        let turns = Turns::default();
        let other = Turns::default();
        for second in [&turns, &other] {
            let held = Cell::new(None);
            let end = |turn, cancel: &CancellationToken| {
                held.set(Some(turn));
                cancel.cancel();
            };
            assert_eq!(waits(&turns, second, end).await, Some(Cause::Cancelled));
        }
    }
}
