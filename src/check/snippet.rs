//! Pieces of code that claim something of themselves: listings of a chapter, questions of a quiz. What the compiler says to
//! them and what they print.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::{BuildFact, Diagnostic, Ending, Invocation, Level};
use crate::check::build::Built;
use crate::check::event::{Event, Tell};
use crate::check::obstacle::Obstacle;
use crate::check::plan::limits_of_process;
use crate::check::warm::{Progress, WarmEvent};
use crate::check::workshop::{Job, Workshop};
use crate::pack::{Limits, Pack};
use crate::sandbox::{Placed, Snippet};

/// How long a program that proves something may run.
const LIMIT: Duration = Duration::from_secs(10);

/// How much of its output is kept.
const KEPT: usize = 64 * 1024;

/// What became of a piece of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// What the compiler said.
    pub diagnostics: Vec<Diagnostic>,
    /// How it ended.
    pub end: TrialEnd,
}

/// How the trial of a piece of code ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrialEnd {
    /// The compiler refused it.
    DidNotCompile,
    /// It compiled; it is a library, or nobody asked for more.
    Compiled,
    /// It ran and ended well, having printed this to its standard output.
    Printed(String),
    /// It ran and did not end well; what it printed, both streams.
    Broke(String),
}

impl Trial {
    /// Whether the compiler refused it with this error, among others.
    pub fn fails_with(&self, code: &str) -> bool {
        let is_it = |diagnostic: &Diagnostic| {
            diagnostic.level == Level::Error && diagnostic.code.as_deref() == Some(code)
        };
        self.end == TrialEnd::DidNotCompile && self.diagnostics.iter().any(is_it)
    }
}

impl Workshop {
    /// Builds pieces of code together and runs the programs among them; gives what became of them in the
    /// same order.
    pub(super) async fn attempt_snippets(
        &self,
        pack: &Arc<Pack>,
        (set, owner): (&str, &str),
        snippets: &[Snippet],
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Vec<Trial>, Obstacle> {
        let job = self.job(pack, set).await?;
        let _turn =
            self.turn_to_build(&job.commands.target, cancel, &mut |wait| emit(Event::Waiting(wait))).await?;
        self.make_ready(pack, set, &job, &mut |event| emit(event.into()), cancel).await?;
        let placed = self.sandbox.place_snippets(pack, set, owner, snippets)?;
        let Some(first) = placed.first() else { return Ok(Vec::new()) };
        let packages: Vec<_> = placed.iter().map(|placed| placed.package.clone()).collect();
        let command = job.commands.build_all_once(&first.manifest, &packages, &[]);
        let mut built = self.build_snippets(&command, &packages, &mut *emit, cancel).await?;
        let each = built.iter().map(|(built, _)| built);
        let told = &mut |event: WarmEvent| emit(event.into());
        if self.fetch_missing(pack, set, &job, each, told, cancel).await? {
            built = self.build_snippets(&command, &packages, &mut *emit, cancel).await?;
        }
        let mut trials = Vec::with_capacity(placed.len());
        for (placed, (built, diagnostics)) in placed.iter().zip(built) {
            let end = match built {
                Built::Refused(_) => TrialEnd::DidNotCompile,
                Built::Failed(log) => return Err(Obstacle::of_build(&log)),
                Built::Executables(files) => match files.first() {
                    Some(program) => self.try_program(&job, placed, program, cancel).await?,
                    None => TrialEnd::Compiled,
                },
            };
            trials.push(Trial { diagnostics, end });
        }
        Ok(trials)
    }

    async fn build_snippets(
        &self,
        command: &Invocation,
        packages: &[String],
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Vec<(Built, Vec<Diagnostic>)>, Obstacle> {
        let mut progress = Progress::new(None);
        let mut tell = |fact: BuildFact| progress.take(fact).into_iter().for_each(|event| emit(event.into()));
        let began = Instant::now();
        let built = self.build_all(command, (packages, 0), cancel, &mut tell).await?;
        emit(Event::Built { took: began.elapsed() });
        Ok(built)
    }

    async fn try_program(
        &self,
        job: &Job,
        placed: &Placed,
        program: &Path,
        cancel: &CancellationToken,
    ) -> Result<TrialEnd, Obstacle> {
        let limits = limits_of_process(&Limits::default());
        let terms = Terms { deadline: Some(LIMIT), limits, cancel: cancel.clone() };
        let process = self.spawn(&job.commands.program(program, &placed.dir), terms)?;
        let gathered = process.gather(KEPT).await;
        match gathered.ending {
            Ending::Code(0) => Ok(TrialEnd::Printed(gathered.stdout.text())),
            Ending::Stopped => Err(Obstacle::cancelled()),
            Ending::DeadlinePassed => Ok(TrialEnd::Broke("it ran longer than 10 seconds".to_owned())),
            Ending::Code(_) | Ending::Signal(_) => Ok(TrialEnd::Broke(gathered.everything())),
        }
    }
}
