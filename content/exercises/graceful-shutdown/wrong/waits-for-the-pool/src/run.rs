//! The program from its start to its end.

use crate::signal::shutdown_signal;
use crate::worker::JobWorker;
use axum::Router;
use axum::serve::Listener;
use std::fmt::Debug;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tokio::time::timeout;

/// How long closing may take, when all else has ended.
pub const CLOSING: Duration = Duration::from_secs(1);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    #[error("not everything had ended at the deadline")]
    Deadline,

    #[error("a part of the service broke: {0}")]
    Part(String),
}

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
    let (tell, told) = watch::channel(false);
    let server = axum::serve(listener, app).with_graceful_shutdown(shutdown_signal(told.clone()));
    let mut parts = JoinSet::new();
    parts.spawn(async move { server.await.map_err(|error| error.to_string()) });
    parts.spawn(async move {
        worker.run(told).await;
        Ok(())
    });

    let mut outcome = tokio::select! {
        () = signal => Ok(()),
        Some(ended) = parts.join_next() => of_part(ended),
    };
    tell.send_replace(true);
    let drained = timeout(drain, async {
        while let Some(ended) = parts.join_next().await {
            let ended = of_part(ended);
            if outcome.is_ok() {
                outcome = ended;
            }
        }
    });
    let drained = drained.await;
    // Whoever has not ended ends now, before what it uses is closed.
    parts.shutdown().await;
    let closed = timeout(CLOSING * 1000, close).await;

    outcome?;
    drained.and(closed).map_err(|_| RunError::Deadline)
}

fn of_part(ended: Result<Result<(), String>, JoinError>) -> Result<(), RunError> {
    let ended = ended.unwrap_or_else(|panicked| Err(panicked.to_string()));
    ended.map_err(RunError::Part)
}
