//! One says stop, and all who hold a clone hear it.

use std::sync::Arc;
use tokio::sync::watch;

impl Drop for Token {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// Says "stop" once and for ever. All clones are one token.
#[derive(Clone)]
pub struct Token(Arc<watch::Sender<bool>>);

impl Token {
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Says stop. To say it again changes nothing.
    pub fn cancel(&self) {
        // Not `send`: it refuses, and keeps the old value, while nobody is subscribed.
        self.0.send_replace(true);
    }

    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns when `cancel` has been called, be it now, later or long ago.
    pub async fn cancelled(&self) {
        let mut said = self.0.subscribe();
        // The sender is in `self`, so it cannot go away meanwhile.
        let _ = said.wait_for(|stop| *stop).await;
    }
}

impl Default for Token {
    fn default() -> Self {
        Self::new()
    }
}
