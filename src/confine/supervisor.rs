//! The supervisor as those see it who start one: where it is, and what the system grants it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use super::limits::Limits;
use super::supervise::{NAMESPACE, SUPERVISE};

/// This program's own executable, which is started again as the supervisor of every child.
#[derive(Debug, Clone)]
pub struct Supervisor {
    program: PathBuf,
    /// Whether the system grants a namespace of processes; known once it was tried.
    granted: Arc<OnceLock<bool>>,
    /// Whether there are to be none all the same.
    given_up: Arc<AtomicBool>,
}

impl Supervisor {
    /// The supervisor that this executable is.
    pub fn new(program: PathBuf) -> Self {
        // Children run in other directories, where a relative path would lead elsewhere.
        let program = std::path::absolute(&program).unwrap_or(program);
        Self { program, granted: Arc::default(), given_up: Arc::default() }
    }

    /// The same without namespaces, as on a system that grants none.
    #[must_use]
    pub fn without_namespaces(self) -> Self {
        Self { given_up: Arc::new(true.into()), ..self }
    }

    /// Makes no more namespaces, nor do its clones.
    pub fn give_up_namespaces(&self) {
        self.given_up.store(true, Ordering::Relaxed);
    }

    /// Where it is.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// What stands before the child's command line.
    pub fn arguments(&self, limits: Limits) -> Vec<OsString> {
        let mut arguments = vec![OsString::from(SUPERVISE)];
        arguments.extend(self.makes_namespaces().then(|| NAMESPACE.into()));
        arguments.extend(limits.to_arguments());
        arguments
    }

    /// Whether each child has a namespace of processes of its own. That is tried the first time, which takes some milliseconds.
    pub fn makes_namespaces(&self) -> bool {
        !self.given_up.load(Ordering::Relaxed)
            && *self.granted.get_or_init(|| cfg!(target_os = "linux") && self.try_namespace())
    }

    /// A system that grants half of what it takes is found out by trying. What is run in the namespace only has to be there.
    fn try_namespace(&self) -> bool {
        let mut command = Command::new(&self.program);
        // With a limit, for the system may grant the one and not the other.
        command
            .args([SUPERVISE, NAMESPACE, "--tasks=9", "--"])
            .arg(&self.program)
            .arg("--version")
            .env_clear();
        let Ok(mut child) = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
        else {
            return false;
        };
        let begun = Instant::now();
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return status.success(),
                Ok(None) if begun.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(1)),
                _ => {
                    let _ = child.kill().and_then(|()| child.wait());
                    return false;
                }
            }
        }
    }
}

/// A system on which it takes longer to make a namespace is better off without.
const PATIENCE: Duration = Duration::from_secs(2);

impl From<PathBuf> for Supervisor {
    fn from(program: PathBuf) -> Self {
        Self::new(program)
    }
}
