//! Where what a program prints goes: to somebody who takes all of it, at their own pace, or as events within bounds.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::cargo::{Ending, Process, ProcessEvent};
use crate::check::event::Tell;
use crate::check::play::PlayEvent;
use crate::check::stream::{Shown, Throttle, Utf8};

/// Where a program's output goes.
#[derive(Debug)]
pub(super) enum Outlet {
    /// To whoever takes all of it. While they take nothing, nothing is read, and the program waits at its full pipe.
    Whole {
        taker: mpsc::Sender<Vec<u8>>,
        /// When the program has run as long as it may, which nobody notices who waits for the taker.
        until: Instant,
        /// Stops the program.
        stop: CancellationToken,
    },
    /// Into events, no more of it than a person could read.
    Told(Throttle),
    /// Nowhere: the program is being ended.
    Closed,
}

impl Outlet {
    /// The outlet of a program that starts now, may run so long and is stopped by this token.
    pub(super) fn new(
        taker: Option<mpsc::Sender<Vec<u8>>>,
        limit: Duration,
        stop: CancellationToken,
    ) -> Self {
        match taker {
            Some(taker) => Self::Whole { taker, until: Instant::now() + limit, stop },
            None => Self::Told(Throttle::new(std::time::Instant::now())),
        }
    }

    async fn pass(&mut self, bytes: Vec<u8>, emit: Tell<'_, PlayEvent>) {
        match self {
            _ if bytes.is_empty() => {}
            Self::Whole { taker, until, stop } => {
                let taken = tokio::select! {
                    sent = taker.send(bytes) => sent.is_ok(),
                    () = tokio::time::sleep_until(*until) => false,
                    () = stop.cancelled() => false,
                };
                if !taken {
                    self.close();
                }
            }
            Self::Told(throttle) => {
                let text = String::from_utf8_lossy(&bytes);
                tell(throttle.take(&text, std::time::Instant::now()), emit);
            }
            Self::Closed => {}
        }
    }

    /// Waits until something else is to be done than to read: nobody takes anything any more, or what was held back may pass.
    async fn turns(&self) {
        match self {
            Self::Whole { taker, .. } => taker.closed().await,
            Self::Told(throttle) => match throttle.resumes_at() {
                Some(at) => tokio::time::sleep_until(at.into()).await,
                None => std::future::pending().await,
            },
            Self::Closed => std::future::pending().await,
        }
    }

    fn turn(&mut self, emit: Tell<'_, PlayEvent>) {
        match self {
            Self::Told(throttle) => tell(throttle.resume(std::time::Instant::now()), emit),
            _ => self.close(),
        }
    }

    /// What is printed from now on is for nobody, and the process itself tells why: its time is up, or it was stopped.
    fn close(&mut self) {
        if let Self::Whole { taker, stop, .. } = self
            && taker.is_closed()
        {
            stop.cancel();
        }
        *self = Self::Closed;
    }
}

/// Passes the output of the process on, until it ends.
pub(super) async fn pass_on(mut process: Process, mut outlet: Outlet, emit: Tell<'_, PlayEvent>) -> Ending {
    let (mut stdout, mut stderr) = (Utf8::default(), Utf8::default());
    let mut ending = Ending::Stopped;
    loop {
        let event = tokio::select! {
            event = process.next() => event,
            () = outlet.turns() => {
                outlet.turn(&mut *emit);
                continue;
            }
        };
        let bytes = match event {
            Some(ProcessEvent::Stdout(bytes)) => stdout.take(&bytes),
            Some(ProcessEvent::Stderr(bytes)) => stderr.take(&bytes),
            Some(ProcessEvent::Ended(how)) => {
                ending = how;
                [stdout.rest(), stderr.rest()].concat()
            }
            None => break,
        };
        let since = Instant::now();
        outlet.pass(bytes, &mut *emit).await;
        process.excuse(since.elapsed());
    }
    if let Outlet::Told(throttle) = &mut outlet {
        tell(throttle.finish(), emit);
    }
    ending
}

fn tell(shown: Option<Shown>, emit: Tell<'_, PlayEvent>) {
    let Some(Shown { dropped, text }) = shown else { return };
    if dropped > 0 {
        emit(PlayEvent::Dropped(dropped));
    }
    emit(PlayEvent::Printed(text));
}
