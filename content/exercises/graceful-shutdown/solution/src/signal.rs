//! How the end is announced: to the program, and within it.

use std::io;
use tokio::sync::watch;

/// Returns when the channel says `true`, be it now or later, or when nobody is left who could say it.
pub async fn shutdown_signal(mut rx: watch::Receiver<bool>) {
    // An error means that the sender is gone.
    let _ = rx.wait_for(|stop| *stop).await;
}

/// The signal with which the operating system asks for the end: Ctrl-C, and where there is one, SIGTERM. Both are listened
/// to from the moment of the call, not only when the future is first polled.
#[cfg(unix)]
pub fn asked_to_end() -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// The signal with which the operating system asks for the end.
#[cfg(not(unix))]
pub fn asked_to_end() -> io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
