//! Both doors, from the first request to the last.

use std::io;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::Server;

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
    signal: watch::Receiver<bool>,
    deadline: Duration,
) -> io::Result<Drained> {
    let rest = axum::serve(doors.rest, doors.router).into_future();
    let grpc = Server::builder()
        .add_service(doors.jobs)
        .serve_with_incoming_shutdown(
            TcpListenerStream::new(doors.grpc),
            asked_to_stop(signal.clone()),
        );
    let drained = async {
        let (rest, grpc) = tokio::join!(rest, grpc);
        rest?;
        grpc.map_err(io::Error::other)?;
        Ok(Drained::InTime)
    };
    let cut = async {
        asked_to_stop(signal).await;
        sleep(deadline).await;
    };
    tokio::select! {
        ended = drained => ended,
        () = cut => Ok(Drained::Cut),
    }
}

/// Resolves at once if the signal was given already.
async fn asked_to_stop(mut signal: watch::Receiver<bool>) {
    // Without a sender there is nobody left who could say so later.
    let _ = signal.wait_for(|stop| *stop).await;
}
