//! What of an exercise is run, and with what.

use std::path::PathBuf;

use crate::check::needs::Needs;
use crate::confine;
use crate::pack::{Exercise, Limits};
use crate::sandbox::Placed;

/// Which tests of an exercise are run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// This one alone, with a backtrace.
    Backtrace(String),
}

/// The largest file that may be written; enough for any database that an exercise makes.
const FILE_BYTES: u64 = 1 << 30;

/// Enough for a server and its clients, too few to exhaust the machine's.
const OPEN_FILES: u64 = 1024;

/// Processes and threads of a run at a time: enough for several runtimes with a worker on each core and for a crowd of threads, and so few
/// that this program still gets its turn when all of them want the processor.
pub(super) fn most_tasks() -> u64 {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    256.max(16 * cores)
}

/// A tenth of the processor time that the thread has which ends them (`sched_prio_to_weight` in Linux's `kernel/sched/core.c`). Of the
/// machine's they have their full share where the kernel shares that out by sessions first (`sched(7)`, "The autogroup feature").
const NICE: u64 = 10;

/// What the processes of code under judgement may use, less the time, which is not the system's to limit.
pub(super) fn limits_of_process(limits: &Limits) -> confine::Limits {
    confine::Limits {
        file_bytes: Some(FILE_BYTES),
        open_files: Some(OPEN_FILES),
        memory_bytes: Some(u64::from(limits.memory_mib) << 20),
        tasks: Some(most_tasks()),
        nice: cfg!(target_os = "linux").then_some(NICE),
    }
}

/// The tests to run and what they are run with.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) tests: Vec<String>,
    pub(super) limits: Limits,
    pub(super) needs: Needs,
    pub(super) backtrace: bool,
    pub(super) placed: Placed,
    pub(super) executables: Vec<PathBuf>,
}

impl Scope {
    /// Whether panics tell how they came about.
    pub(super) fn wants_backtrace(&self) -> bool {
        matches!(self, Self::Backtrace(_))
    }

    /// The names of the tests, each once, in the order of the steps.
    pub(super) fn tests(&self, exercise: &Exercise) -> Vec<String> {
        match self {
            Self::Backtrace(name) => vec![name.clone()],
            Self::All => {
                let mut names: Vec<String> = Vec::new();
                for name in exercise.tests_in_order() {
                    if !names.iter().any(|known| known == name) {
                        names.push(name.to_owned());
                    }
                }
                names
            }
        }
    }
}
