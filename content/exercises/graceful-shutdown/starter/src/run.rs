//! The program from its start to its end.

use crate::worker::JobWorker;
use axum::Router;
use axum::serve::Listener;
use std::fmt::Debug;
use std::time::Duration;

/// How long closing may take, when all else has ended.
pub const CLOSING: Duration = Duration::from_secs(1);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    #[error("not everything had ended at the deadline")]
    Deadline,

    #[error("a part of the service broke: {0}")]
    Part(String),
}

// Steps 3 to 5

/// Serves and works until `signal`, or until one of the two has ended; then tells both, waits for both, `drain` at the
/// longest, and at last has `close` done.
pub async fn run<L>(
    listener: L,
    app: Router,
    worker: JobWorker,
    signal: impl Future<Output = ()>,
    close: impl Future<Output = ()>,
    drain: Duration,
) -> Result<(), RunError>
where
    L: Listener,
    L::Addr: Debug,
{
    let _ = (listener, app, worker, signal, close);
    todo!("serve and work, end when told to, wait {drain:?} at the longest")
}
