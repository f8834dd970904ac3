//! Starts everything, waits for the end, ends everything.

use crate::parts::{Parts, ServeError};
use tokio::sync::watch;

/// Runs the service until `signal`.
pub async fn serve(parts: Parts, signal: impl Future<Output = ()>) -> Result<(), ServeError> {
    let (shutdown_tx, shutdown_rx) = watch::channel(false);

    let http_server = (parts.http)(shutdown_rx.clone());
    let grpc_server = (parts.grpc)(shutdown_rx.clone());
    let worker_handle = tokio::spawn((parts.worker)(shutdown_rx));

    tracing::info!("server started");

    tokio::select! {
        _ = http_server => tracing::info!("HTTP server stopped"),
        _ = grpc_server => tracing::info!("gRPC server stopped"),
        () = signal => {
            tracing::info!("shutdown signal received");
            let _ = shutdown_tx.send(true);
        }
    }

    worker_handle.abort();
    tracing::info!("graceful shutdown complete");
    Ok(())
}
