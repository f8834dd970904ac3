//! What the system tells the process: to end, to stop, that it goes on.

use crate::failure::Failure;
use crate::tui::runtime::Sender;

/// What the system wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// End, saving what there is to save.
    End,
    /// A Ctrl-C that did not come as a key: it ends the app, unless another program has the terminal.
    Interrupt,
    /// Stop until the shell lets it go on.
    Suspend,
    /// It goes on after a stop that nobody could prepare for.
    Continued,
    /// The terminal has another size.
    Resized,
}

#[cfg(unix)]
pub use self::unix::{can_suspend, end_child, listen, suspend, tell_size};

#[cfg(not(unix))]
pub use self::other::{can_suspend, end_child, listen, suspend, tell_size};

#[cfg(unix)]
mod unix {
    use std::time::Duration;

    use rustix::process::{Pid, Signal as Number, getpid, getsid, kill_current_process_group, kill_process};
    use tokio::process::Child;
    use tokio::signal::unix::{SignalKind, signal};

    use super::{Failure, Sender, Signal};

    const SIGTSTP: i32 = Number::TSTP.as_raw();
    const SIGCONT: i32 = Number::CONT.as_raw();

    /// Passes signals on to the loop from now on.
    pub fn listen(sender: &Sender) -> Result<(), Failure> {
        let kinds = [
            (SignalKind::terminate(), Signal::End),
            (SignalKind::hangup(), Signal::End),
            (SignalKind::quit(), Signal::End),
            (SignalKind::interrupt(), Signal::Interrupt),
            (SignalKind::from_raw(SIGTSTP), Signal::Suspend),
            (SignalKind::from_raw(SIGCONT), Signal::Continued),
            (SignalKind::window_change(), Signal::Resized),
        ];
        for (kind, meaning) in kinds {
            let mut stream = signal(kind).map_err(refused)?;
            let sender = sender.clone();
            tokio::spawn(async move {
                while stream.recv().await.is_some() {
                    sender.signal(meaning);
                }
            });
        }
        Ok(())
    }

    /// Whether there is a shell that could let the process go on: not for the first process of a terminal.
    pub fn can_suspend() -> bool {
        getsid(None).is_ok_and(|leader| leader != getpid())
    }

    /// Stops this process and those that the shell started with it; returns when the shell lets them go on.
    pub async fn suspend() -> Result<(), Failure> {
        let mut continued = signal(SignalKind::from_raw(SIGCONT)).map_err(refused)?;
        kill_current_process_group(Number::STOP).map_err(refused)?;
        // The stop may reach another thread first, so that this one is still running here.
        continued.recv().await;
        Ok(())
    }

    /// Has whoever reads the terminal told the size of it once more.
    pub fn tell_size() {
        // A process may always signal itself.
        let _ = kill_process(getpid(), Number::WINCH);
    }

    /// How long a program that is told to end has for it.
    const FAREWELL: Duration = Duration::from_secs(1);

    /// Ends a program that has the terminal: it is asked to, and then killed.
    pub async fn end_child(child: &mut Child) {
        if let Some(process) = child.id().and_then(|id| Pid::from_raw(id.cast_signed())) {
            // It may have ended by itself.
            let _ = kill_process(process, Number::TERM);
        }
        if tokio::time::timeout(FAREWELL, child.wait()).await.is_err() {
            let _ = child.kill().await;
        }
    }

    fn refused(error: impl std::fmt::Display) -> Failure {
        Failure::unjudged("signals cannot be used").because(error.to_string())
    }
}

#[cfg(not(unix))]
mod other {
    use super::{Failure, Sender, Signal};

    /// Passes Ctrl-C from outside on to the loop.
    pub fn listen(sender: &Sender) -> Result<(), Failure> {
        let sender = sender.clone();
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                sender.signal(Signal::Interrupt);
            }
        });
        Ok(())
    }

    /// Nobody can be asked to here.
    pub fn tell_size() {}

    /// There is no job control here.
    pub fn can_suspend() -> bool {
        false
    }

    /// Ends a program that has the terminal.
    pub async fn end_child(child: &mut tokio::process::Child) {
        let _ = child.kill().await;
    }

    /// Does nothing.
    pub async fn suspend() -> Result<(), Failure> {
        Ok(())
    }
}
