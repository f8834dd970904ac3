//! Running a program: what is told of it, and how it ends.

use std::fmt;
use std::iter;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::{BuildFact, Diagnostic, Ending, Input};
use crate::check::build::Built;
use crate::check::event::{Tell, Wait};
use crate::check::obstacle::Obstacle;
use crate::check::outlet::{Outlet, pass_on};
use crate::check::plan::limits_of_process;
use crate::check::signals::signal_name;
use crate::check::verdict::Cause;
use crate::check::warm::{Progress, WarmEvent};
use crate::check::workshop::{Job, Workshop};
use crate::pack::{Limits, Pack};
use crate::sandbox::Placed;

/// How long a program may run; it can be stopped at any time.
const LIMIT: Duration = Duration::from_mins(10);

/// What a program reads, and where what it prints goes.
#[derive(Debug)]
pub(super) struct Streams {
    pub(super) input: Input,
    /// Where all of its output goes, which waits as long as that is full; without it, it is told as events, within bounds.
    pub(super) output: Option<mpsc::Sender<Vec<u8>>>,
}

/// One fact about a program that is built and run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlayEvent {
    /// It waits for something outside.
    Waiting(Wait),
    /// Dependencies are being fetched.
    Fetching {
        /// How many packages so far.
        done: u32,
        /// At most how many.
        total: Option<u32>,
    },
    /// A crate was compiled or begun.
    Building {
        /// Its name.
        unit: String,
        /// How many are done.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// The compiler said something of the program.
    Diagnosed(Box<Diagnostic>),
    /// It was built and started.
    Started,
    /// It printed this, both streams as they came; decoded lossily.
    Printed(String),
    /// This many bytes of its output were left out here: it prints faster than anybody reads.
    Dropped(u64),
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlayEnd {
    /// The compiler refused it.
    DidNotCompile,
    /// It ended by itself with this status.
    Exited(i32),
    /// It was killed by this signal, or on Windows by this exception, which is negative.
    Signalled(i32),
    /// It was stopped.
    Stopped,
    /// It ran longer than it may: 10 minutes.
    TimedOut,
}

impl fmt::Display for PlayEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DidNotCompile => f.write_str("it did not compile"),
            Self::Exited(status) => write!(f, "it ended with status {status}"),
            Self::Signalled(signal) => write!(f, "it was killed by {}", signal_name(*signal)),
            Self::Stopped => f.write_str("it was stopped"),
            Self::TimedOut => {
                write!(f, "it was stopped: it ran longer than {} minutes", LIMIT.as_secs() / 60)
            }
        }
    }
}

impl From<WarmEvent> for PlayEvent {
    fn from(event: WarmEvent) -> Self {
        match event {
            WarmEvent::Fetching { done, total } => Self::Fetching { done, total },
            WarmEvent::Building { unit, done, total } => Self::Building { unit, done, total },
            WarmEvent::Waiting(wait) => Self::Waiting(wait),
        }
    }
}

impl Workshop {
    /// Builds and runs a program of one file.
    pub(super) async fn play(
        &self,
        pack: &Arc<Pack>,
        set: &str,
        code: &str,
        streams: Streams,
        emit: Tell<'_, PlayEvent>,
        cancel: &CancellationToken,
    ) -> Result<PlayEnd, Obstacle> {
        let job = self.job(pack, set).await?;
        let (placed, executable) = {
            let target = job.commands.target.clone();
            let _turn =
                self.turn_to_build(&target, cancel, &mut |wait| emit(PlayEvent::Waiting(wait))).await?;
            self.make_ready(pack, set, &job, &mut |event| emit(event.into()), cancel).await?;
            let placed = self.sandbox.place_program(pack, set, code)?;
            let mut built = self.build_program(&placed, &job, &mut *emit, cancel).await?;
            let tell = &mut |event: WarmEvent| emit(event.into());
            if self.fetch_missing(pack, set, &job, iter::once(&built), tell, cancel).await? {
                built = self.build_program(&placed, &job, &mut *emit, cancel).await?;
            }
            match built {
                Built::Refused(_) => return Ok(PlayEnd::DidNotCompile),
                Built::Failed(log) => return Err(Obstacle::of_build(&log)),
                Built::Executables(executables) => (placed, executables.into_iter().next()),
            }
        };
        let Some(executable) = executable else {
            return Err(Obstacle::new(Cause::Internal, "cargo built no program"));
        };
        let invocation = job.commands.program(&executable, &placed.dir).with_input();
        let limits = limits_of_process(&Limits::default());
        // Also where nobody reads its output any more it is ended, and the caller's own token says nothing of that.
        let stop = cancel.child_token();
        let terms = Terms { deadline: Some(LIMIT), limits, cancel: stop.clone() };
        let mut process = self.spawn(&invocation, terms)?;
        process.give(streams.input);
        emit(PlayEvent::Started);
        let outlet = Outlet::new(streams.output, LIMIT, stop);
        Ok(end(pass_on(process, outlet, emit).await))
    }

    async fn build_program(
        &self,
        placed: &Placed,
        job: &Job,
        emit: Tell<'_, PlayEvent>,
        cancel: &CancellationToken,
    ) -> Result<Built, Obstacle> {
        let mut progress = Progress::new(None);
        let build = job.commands.build(&placed.manifest, &placed.package);
        let mut tell = |fact| match fact {
            BuildFact::Diagnosed(diagnostic) => emit(PlayEvent::Diagnosed(Box::new(diagnostic))),
            fact => progress.take(fact).into_iter().for_each(|event| emit(event.into())),
        };
        self.build(&build, &placed.package, cancel, &mut tell).await
    }
}

fn end(ending: Ending) -> PlayEnd {
    match ending {
        Ending::Code(code) => PlayEnd::Exited(code),
        Ending::Signal(signal) => PlayEnd::Signalled(signal),
        Ending::DeadlinePassed => PlayEnd::TimedOut,
        Ending::Stopped => PlayEnd::Stopped,
    }
}
