//! The learner's progress, stored in the background, in order.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::app::message::{Message, Notice, NoticeLevel};
use crate::progress::{Change, Loaded, Store, StoreError};
use crate::settings::Home;
use crate::tui::perform::worker::Worker;
use crate::tui::runtime::Sender;

/// Stores what the learner has done.
#[derive(Debug)]
pub struct Keeper {
    store: Arc<Store>,
    worker: Worker,
    sender: Sender,
}

impl Keeper {
    /// A keeper of this home's progress.
    pub fn new(home: &Home, sender: Sender) -> std::io::Result<Self> {
        Ok(Self { store: Arc::new(Store::open(home.progress())), worker: Worker::start("progress")?, sender })
    }

    /// Stores changes after those that were given before.
    pub fn keep(&self, changes: Vec<Change>) {
        let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let (store, sender) = (self.store.clone(), self.sender.clone());
        self.worker.give(move || {
            if let Some(notice) = notice_of(&store.apply(&changes, at)) {
                sender.send(Message::Noted(notice));
            }
        });
    }

    /// Resolves when all changes are stored.
    pub fn idle(&self) -> impl Future<Output = ()> + 'static {
        self.worker.idle()
    }
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
