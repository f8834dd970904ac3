//! The learner's progress, stored in the background, in order.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::app::message::{Message, Notice, NoticeLevel};
use crate::progress::{Change, Loaded, Store, StoreError};
use crate::settings::Home;
use crate::tui::perform::worker::Worker;
use crate::tui::runtime::Sender;

/// Changes, each with its time.
type Waiting = VecDeque<(Vec<Change>, u64)>;

/// Stores what the learner has done.
#[derive(Debug)]
pub struct Keeper {
    store: Arc<Store>,
    /// What is not stored yet: what could not be stored is stored with what comes next.
    waiting: Arc<Mutex<Waiting>>,
    worker: Worker,
    sender: Sender,
}

impl Keeper {
    /// A keeper of this home's progress.
    pub fn new(home: &Home, sender: Sender) -> std::io::Result<Self> {
        let store = Arc::new(Store::open(home.progress()));
        Ok(Self { store, waiting: Arc::default(), worker: Worker::start("progress")?, sender })
    }

    /// Stores changes after those that were given before.
    pub fn keep(&self, changes: Vec<Change>) {
        let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        self.waiting().push_back((changes, at));
        self.store();
    }

    /// Resolves when all changes are stored, or could not be.
    pub fn idle(&self) -> impl Future<Output = ()> + 'static {
        if !self.waiting().is_empty() {
            self.store();
        }
        self.worker.idle()
    }

    /// Stores what waits, in order, up to the first that cannot be stored.
    fn store(&self) {
        let (store, waiting, sender) = (self.store.clone(), self.waiting.clone(), self.sender.clone());
        self.worker.give(move || {
            loop {
                let next = locked(&waiting).front().cloned();
                let Some((changes, at)) = next else { return };
                let stored = store.apply(&changes, at);
                if let Some(notice) = notice_of(&stored) {
                    sender.send(Message::Noted(notice));
                }
                if stored.is_err() {
                    return;
                }
                locked(&waiting).pop_front();
            }
        });
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        locked(&self.waiting)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the person must be told of a read or a write of the record.
pub fn notice_of(result: &Result<Loaded, StoreError>) -> Option<Notice> {
    match result {
        Ok(loaded) => loaded.notice.as_ref().map(|text| Notice::new(NoticeLevel::Warning, text.as_str())),
        Err(error) => Some(Notice {
            level: NoticeLevel::Error,
            text: format!("progress is not kept: {error}"),
            details: vec![error.hint().to_owned()],
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tokio::sync::mpsc;

    use super::Keeper;
    use crate::progress::{Change, Store};
    use crate::settings::Home;
    use crate::tui::runtime::Sender;

    fn read(section: &str) -> Vec<Change> {
        vec![Change::Read { pack: "p".to_owned(), section: section.to_owned() }]
    }

    #[tokio::test]
    async fn what_could_not_be_stored_is_stored_with_what_comes_next() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::new(directory.path().join("home"));
        // A file stands where the directory is to be made.
        fs::write(home.root(), "").unwrap();
        let (sender, _news) = mpsc::unbounded_channel();
        let keeper = Keeper::new(&home, Sender::new(sender)).unwrap();
        keeper.keep(read("c#one"));
        keeper.idle().await;
        fs::remove_file(home.root()).unwrap();
        keeper.keep(read("c#two"));
        keeper.idle().await;
        let record = Store::open(home.progress()).load().unwrap().record;
        assert_eq!(record.read["p"].len(), 2, "{record:?}");
    }
}
