//! One says stop, and all who hold a clone hear it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// Says "stop" once and for ever. All clones are one token.
#[derive(Clone)]
pub struct Token(Arc<(AtomicBool, Notify)>);

impl Token {
    pub fn new() -> Self {
        Self(Arc::new((AtomicBool::new(false), Notify::new())))
    }

    /// Says stop. To say it again changes nothing.
    pub fn cancel(&self) {
        self.0.0.store(true, Ordering::SeqCst);
        self.0.1.notify_one();
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.0.load(Ordering::SeqCst)
    }

    /// Returns when `cancel` has been called, be it now, later or long ago.
    pub async fn cancelled(&self) {
        if !self.is_cancelled() {
            self.0.1.notified().await;
        }
    }
}

impl Default for Token {
    fn default() -> Self {
        Self::new()
    }
}
