//! Watching the learner's files for changes that other programs make to them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::pack::{Exercise, Pack};
use crate::sandbox::disk::Root;
use crate::sandbox::error::SandboxError;
use crate::sandbox::workspace::Sandbox;

/// Editors save in several steps: this much silence ends a save.
const QUIET: Duration = Duration::from_millis(100);
/// A stream of changes without silence is looked at this often.
const LONGEST: Duration = Duration::from_secs(1);
/// How often files are looked at where the system tells nothing of changes.
const POLL: Duration = Duration::from_secs(1);

/// The bytes that each file is known to hold: written by us, or told of already. Locked while a file is written, so that the
/// watcher never sees the text before our own save and takes it for somebody else's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known(Arc<Mutex<BTreeMap<PathBuf, Vec<u8>>>>);

impl Known {
    pub(crate) fn lock(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps watching until it is dropped.
pub struct Watch {
    _watcher: Box<dyn Watcher + Send>,
}

impl Sandbox {
    /// Calls `changed` with the new text of each of the learner's files that another program changes, by path relative to the
    /// crate, until the result is dropped. Saves through this value and its clones do not count.
    pub fn watch(
        &self,
        pack: &Pack,
        exercise: &Exercise,
        changed: impl FnMut(BTreeMap<String, String>) + Send + 'static,
    ) -> Result<Watch, SandboxError> {
        let dir = self.crate_dir(pack, exercise);
        let root = Root::new(&dir, &dir);
        let files = Watched { root, files: exercise.edit.clone(), known: self.known().clone() };
        files.learn();
        let (signal, signals) = mpsc::channel();
        let watcher = start(&dir, &signal)?;
        thread::spawn(move || files.run(&signals, changed));
        Ok(Watch { _watcher: watcher })
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

struct Watched {
    /// The crate's own; nothing is written through it.
    root: Root,
    files: Vec<String>,
    known: Known,
}

impl Watched {
    /// Takes what stands there now for known.
    fn learn(&self) {
        self.news();
    }

    fn run(&self, signals: &Receiver<()>, mut changed: impl FnMut(BTreeMap<String, String>)) {
        while signals.recv().is_ok() {
            let since = Instant::now();
            while since.elapsed() < LONGEST {
                match signals.recv_timeout(QUIET) {
                    Ok(()) => {}
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            let news = self.news();
            if !news.is_empty() {
                changed(news);
            }
        }
    }

    /// The files that hold something else than is known. One that is away for a moment, or nothing that a person wrote, is no news.
    fn news(&self) -> BTreeMap<String, String> {
        let mut known = self.known.lock();
        let mut news = BTreeMap::new();
        for file in &self.files {
            let Ok(Some(bytes)) = self.root.read(file) else { continue };
            let path = self.root.dir().join(file);
            if known.get(&path) != Some(&bytes) {
                if let Ok(text) = String::from_utf8(bytes.clone()) {
                    news.insert(file.clone(), text);
                }
                known.insert(path, bytes);
            }
        }
        news
    }
}

/// Watches a whole directory: a watch on a file dies with the file when an editor saves by renaming.
fn start(dir: &Path, signal: &Sender<()>) -> Result<Box<dyn Watcher + Send>, SandboxError> {
    let refused = |e: notify::Error| SandboxError::Watch { path: dir.to_owned(), why: e.to_string() };
    if !dir.is_dir() {
        return Err(refused(notify::Error::path_not_found()));
    }
    if let Ok(mut watcher) = RecommendedWatcher::new(teller(signal), Config::default())
        && watcher.watch(dir, RecursiveMode::Recursive).is_ok()
    {
        return Ok(Box::new(watcher));
    }
    Ok(Box::new(polling(dir, signal, POLL).map_err(refused)?))
}

/// Looks again and again, where the system cannot tell of changes: some network and container file systems.
fn polling(dir: &Path, signal: &Sender<()>, every: Duration) -> notify::Result<PollWatcher> {
    let config = Config::default().with_poll_interval(every).with_compare_contents(true);
    let mut watcher = PollWatcher::new(teller(signal), config)?;
    watcher.watch(dir, RecursiveMode::Recursive)?;
    Ok(watcher)
}

fn teller(signal: &Sender<()>) -> impl FnMut(notify::Result<notify::Event>) + Send + use<> {
    let signal = signal.clone();
    move |event| {
        if !event.is_ok_and(|event| event.kind.is_access()) {
            let _ = signal.send(());
        }
    }
}

#[cfg(test)]
mod tests;
