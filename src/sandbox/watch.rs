//! Watching the learner's files for changes that other programs make to them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

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
    _watcher: Arc<Mutex<AnyWatcher>>,
}

type AnyWatcher = Box<dyn Watcher + Send>;

/// What the system tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Signal {
    /// Something in the crate or beside it.
    Files,
    /// The crate itself came or went. What watched a directory that went away does not watch the one that came in its place.
    Crate,
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
        let watcher = Arc::new(Mutex::new(start(&dir, &signal)?));
        // The watcher has the only sender, so the thread ends when it is dropped, and must not keep it.
        let kept = Arc::downgrade(&watcher);
        drop(signal);
        thread::spawn(move || files.run(&kept, &signals, changed));
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

    fn run(
        &self,
        watcher: &Weak<Mutex<AnyWatcher>>,
        signals: &Receiver<Signal>,
        mut changed: impl FnMut(BTreeMap<String, String>),
    ) {
        while let Some(signal) = settled(signals) {
            if signal == Signal::Crate
                && let Some(watcher) = watcher.upgrade()
            {
                self.watch_again(&mut **watcher.lock().unwrap_or_else(PoisonError::into_inner));
            }
            // After that: what was written before it is seen now, what comes later is told of.
            let news = self.news();
            if !news.is_empty() {
                changed(news);
            }
        }
    }

    fn watch_again(&self, watcher: &mut dyn Watcher) {
        // Both fail where the directory is away; that it is there again is told by the one above.
        let _ = watcher.unwatch(self.root.dir());
        let _ = watcher.watch(self.root.dir(), RecursiveMode::Recursive);
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

/// Waits for a signal and for the silence after it; gives the gravest. `None` once nobody watches any more.
fn settled(signals: &Receiver<Signal>) -> Option<Signal> {
    let mut gravest = signals.recv().ok()?;
    let since = Instant::now();
    while since.elapsed() < LONGEST {
        match signals.recv_timeout(QUIET) {
            Ok(signal) => gravest = gravest.max(signal),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    Some(gravest)
}

/// Watches a whole directory: a watch on a file dies with the file when an editor saves by renaming. The directory above tells
/// when this one is deleted and placed anew.
fn start(dir: &Path, signal: &Sender<Signal>) -> Result<AnyWatcher, SandboxError> {
    let refused = |e: notify::Error| SandboxError::Watch { path: dir.to_owned(), why: e.to_string() };
    if !dir.is_dir() {
        return Err(refused(notify::Error::path_not_found()));
    }
    if let Ok(mut watcher) = RecommendedWatcher::new(teller(dir, signal), Config::default())
        && watcher.watch(dir, RecursiveMode::Recursive).is_ok()
    {
        if let Some(above) = dir.parent() {
            let _ = watcher.watch(above, RecursiveMode::NonRecursive);
        }
        return Ok(Box::new(watcher));
    }
    Ok(Box::new(polling(dir, signal, POLL).map_err(refused)?))
}

/// Looks again and again, where the system cannot tell of changes: some network and container file systems.
fn polling(dir: &Path, signal: &Sender<Signal>, every: Duration) -> notify::Result<PollWatcher> {
    let config = Config::default().with_poll_interval(every).with_compare_contents(true);
    let mut watcher = PollWatcher::new(teller(dir, signal), config)?;
    watcher.watch(dir, RecursiveMode::Recursive)?;
    Ok(watcher)
}

fn teller(dir: &Path, signal: &Sender<Signal>) -> impl FnMut(notify::Result<notify::Event>) + Send + use<> {
    let (dir, signal) = (dir.to_owned(), signal.clone());
    move |event| {
        let told = match event {
            Ok(event) if event.kind.is_access() => return,
            Ok(event) if event.paths.contains(&dir) && is_about_a_name(event.kind) => Signal::Crate,
            // What is not told may be anything.
            Ok(event) if event.need_rescan() => Signal::Crate,
            Ok(_) | Err(_) => Signal::Files,
        };
        let _ = signal.send(told);
    }
}

fn is_about_a_name(kind: EventKind) -> bool {
    kind.is_create() || kind.is_remove() || matches!(kind, EventKind::Modify(ModifyKind::Name(_)))
}

#[cfg(test)]
mod tests;
