//! Both doors, from the first request to the last.

use std::io;
use std::time::Duration;

use tokio::sync::watch;

use crate::doors::Doors;

/// How the requests in flight ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drained {
    /// All of them were answered.
    InTime,
    /// The deadline came first.
    Cut,
}

/// Serves until the signal says `true` or its sender is gone; then accepts nothing new, and answers what is in flight for at most
/// `deadline`.
pub async fn serve(
    doors: Doors,
    mut signal: watch::Receiver<bool>,
    deadline: Duration,
) -> io::Result<Drained> {
    // Step 1: where is the other door? Step 2: the signal ends everything at once. Step 3: and the deadline?
    let _ = (doors.grpc, doors.jobs, deadline);
    let rest = axum::serve(doors.rest, doors.router).into_future();
    tokio::select! {
        ended = rest => ended.map(|()| Drained::InTime),
        _ = signal.changed() => Ok(Drained::InTime),
    }
}
