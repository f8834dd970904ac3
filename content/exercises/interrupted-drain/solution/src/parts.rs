//! What the entry point starts: two servers and a worker.

use std::pin::Pin;
use tokio::sync::watch;

/// Where every part hears that it is time to end: the value is `true` then.
pub type Shutdown = watch::Receiver<bool>;

/// A part of the service. Nothing of it goes on unless it is polled, and it is gone when it is dropped.
pub type Part = Pin<Box<dyn Future<Output = Result<(), ServeError>> + Send>>;

/// How to start the parts. When a part hears of the shutdown, it ends by itself: a server accepts nobody any more and ends
/// with its last request, the worker ends with its current job.
pub struct Parts {
    pub http: Box<dyn FnOnce(Shutdown) -> Part + Send>,
    pub grpc: Box<dyn FnOnce(Shutdown) -> Part + Send>,
    pub worker: Box<dyn FnOnce(Shutdown) -> Part + Send>,
}

/// Why a part, or the whole, did not end well.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServeError {
    #[error("{0}")]
    Failed(String),

    #[error("a part panicked: {0}")]
    Panicked(String),

    #[error("not everything had ended in time")]
    TooLate,
}
