//! Starts everything, waits for the end, ends everything.

use crate::parts::{Parts, ServeError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tokio::time::timeout;

/// How long everything together may take to end.
pub const DRAIN: Duration = Duration::from_secs(25);

/// Runs the service until `signal`.
pub async fn serve(parts: Parts, signal: impl Future<Output = ()>) -> Result<(), ServeError> {
    let (tell, told) = watch::channel(false);
    let mut running = JoinSet::new();
    running.spawn((parts.http)(told.clone()));
    let grpc = (parts.grpc)(told.clone());
    running.spawn((parts.worker)(told));

    tracing::info!("server started");

    let mut outcome = tokio::select! {
        () = signal => Ok(()),
        ended = grpc => ended,
        Some(ended) = running.join_next() => of(ended),
    };
    tell.send_replace(true);

    let drain = timeout(DRAIN, async {
        while let Some(ended) = running.join_next().await {
            let ended = of(ended);
            if outcome.is_ok() {
                outcome = ended;
            }
        }
    });
    let drained = drain.await;
    // What is still left is cut off, and gone before this returns.
    running.shutdown().await;
    outcome?;
    drained.map_err(|_| ServeError::TooLate)
}

fn of(ended: Result<Result<(), ServeError>, JoinError>) -> Result<(), ServeError> {
    ended.unwrap_or_else(|panicked| Err(ServeError::Panicked(panicked.to_string())))
}
