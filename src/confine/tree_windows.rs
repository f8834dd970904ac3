//! A process tree on Windows: a job object, which no process of the tree can leave.

use std::io;
use std::process::{ChildStdin, Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use process_wrap::std::{ChildWrapper, CommandWrap, JobObject};

use super::limits::Limits;
use super::namespace::Namespace;

/// A running child and everything that descends from it.
pub(super) struct Tree {
    child: Box<dyn ChildWrapper>,
    stop: Arc<AtomicBool>,
}

/// Kills a tree from another thread.
pub(super) struct Killer(Arc<AtomicBool>);

/// There is no session to leave: a console program that is given all its streams does not touch the console.
pub(super) fn leave_terminal() {}

/// Nothing is limited on Windows, and the report of confinement says so.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn limit(_limits: Limits) -> io::Result<()> {
    Ok(())
}

/// Nobody gives way on Windows.
pub(super) fn give_way(_nice: Option<u64>) {}

impl Tree {
    /// Starts the child in a job object.
    pub(super) fn start(command: Command, _namespace: Option<Namespace>) -> io::Result<Self> {
        let child = CommandWrap::from(command).wrap(JobObject).spawn()?;
        Ok(Self { child, stop: Arc::new(AtomicBool::new(false)) })
    }

    pub(super) fn take_stdin(&mut self) -> Option<ChildStdin> {
        self.child.stdin().take()
    }

    pub(super) fn killer(&self) -> Killer {
        Killer(Arc::clone(&self.stop))
    }

    /// Waits for the child, kills what it left behind and ends this process as the child ended.
    pub(super) fn wait(mut self) -> ExitCode {
        let code = loop {
            match self.child.inner_mut().try_wait() {
                Ok(None) if !self.stop.load(Ordering::Relaxed) => thread::sleep(Duration::from_millis(2)),
                Ok(Some(status)) => break status.code().unwrap_or(1),
                _ => break 1,
            }
        };
        let _ = self.child.start_kill();
        let _ = self.child.wait();
        // `ExitCode` holds a byte; a status such as 0xC0000005 must not become a success.
        std::process::exit(code)
    }
}

impl Killer {
    pub(super) fn kill(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
