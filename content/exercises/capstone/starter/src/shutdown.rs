//! How the service comes to its end: no more requests and no more jobs, but those
//! that have begun are finished.

use crate::model::Ending;
use crate::ports::UserService;
use axum::Router;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long the worker rests when there is nothing to do, or nothing to be done.
pub const REST: Duration = Duration::from_secs(5);

// Step 6

/// Comes back when the service is to end: at once, if that has been said already, or
/// if nobody is left who could say it.
pub async fn shutdown_signal(mut shutdown: watch::Receiver<bool>) {
    let _ = shutdown.changed().await;
}

/// Does one job after another until the service is to end.
pub async fn work(users: Arc<dyn UserService>, shutdown: watch::Receiver<bool>) {
    let _ = (users, shutdown);
}

/// Serves `app` and lets the worker work until the signal; then both have until
/// `deadline` to finish what they have begun.
pub async fn run(
    listener: TcpListener,
    app: Router,
    users: Arc<dyn UserService>,
    shutdown: watch::Receiver<bool>,
    deadline: Duration,
) -> Ending {
    let _ = (users, deadline);
    tokio::select! {
        _ = axum::serve(listener, app) => Ending::Drained,
        () = shutdown_signal(shutdown) => Ending::Drained,
    }
}
