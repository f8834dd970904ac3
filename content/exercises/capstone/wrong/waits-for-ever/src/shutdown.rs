//! How the service comes to its end: no more requests and no more jobs, but those
//! that have begun are finished.

use crate::model::Ending;
use crate::ports::UserService;
use axum::Router;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::sleep;

/// How long the worker rests when there is nothing to do, or nothing to be done.
pub const REST: Duration = Duration::from_secs(5);

/// Comes back when the service is to end: at once, if that has been said already, or
/// if nobody is left who could say it.
pub async fn shutdown_signal(mut shutdown: watch::Receiver<bool>) {
    let _ = shutdown.wait_for(|stop| *stop).await;
}

/// Does one job after another until the service is to end.
pub async fn work(users: Arc<dyn UserService>, shutdown: watch::Receiver<bool>) {
    while !*shutdown.borrow() {
        // Not in the `select!`: a job that has begun is not dropped.
        match users.sync_next().await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "sync failed, trying again later"),
        }
        tokio::select! {
            () = shutdown_signal(shutdown.clone()) => return,
            () = sleep(REST) => {}
        }
    }
}

/// Serves `app` and lets the worker work until the signal; then both have until
/// `deadline` to finish what they have begun.
pub async fn run(
    listener: TcpListener,
    app: Router,
    users: Arc<dyn UserService>,
    shutdown: watch::Receiver<bool>,
    _: Duration,
) -> Ending {
    let signal = shutdown_signal(shutdown.clone());
    let server = axum::serve(listener, app).with_graceful_shutdown(signal);
    let server = tokio::spawn(server.into_future());
    let worker = tokio::spawn(work(users, shutdown.clone()));

    shutdown_signal(shutdown).await;
    let _ = tokio::join!(server, worker);
    Ending::Drained
}
