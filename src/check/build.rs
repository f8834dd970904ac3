//! One build: cargo called, its facts passed on, its end understood.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::{
    BuildFact, BuildLog, BuildLogs, BuildNews, Diagnostic, Ending, Invocation, Process, ProcessEvent,
};
use crate::check::event::{Event, Tell};
use crate::check::obstacle::Obstacle;
use crate::check::verdict::Cause;
use crate::check::warm::Progress;
use crate::check::workshop::Workshop;
use crate::confine::Limits;

/// How long a build may take: the first one builds every dependency.
pub(super) const LIMIT: Duration = Duration::from_mins(10);

/// How much longer a build of several packages may take for each of them.
const EACH: Duration = Duration::from_mins(1);

/// How a build ended.
#[derive(Debug)]
pub(super) enum Built {
    /// Well: these are the executables.
    Executables(Vec<PathBuf>),
    /// The compiler refused the code.
    Refused(Vec<Diagnostic>),
    /// Something stood in the way.
    Failed(Box<BuildLog>),
}

impl Workshop {
    /// Runs a build of `package` and tells its facts.
    pub(super) async fn build(
        &self,
        invocation: &Invocation,
        package: &str,
        cancel: &CancellationToken,
        tell: Tell<'_, BuildFact>,
    ) -> Result<Built, Obstacle> {
        self.build_limited(invocation, Limits::default(), package, cancel, tell).await
    }

    /// The same, with limits.
    pub(super) async fn build_limited(
        &self,
        invocation: &Invocation,
        limits: Limits,
        package: &str,
        cancel: &CancellationToken,
        tell: Tell<'_, BuildFact>,
    ) -> Result<Built, Obstacle> {
        let terms = Terms { deadline: Some(LIMIT), limits, cancel: cancel.clone() };
        let built = follow(self.spawn(invocation, terms.clone())?, package, &mut *tell).await?;
        match built {
            Built::Failed(log) if self.gives_up_namespaces(&log.said()) => {
                follow(self.spawn(invocation, terms)?, package, tell).await
            }
            built => Ok(built),
        }
    }

    /// Runs one build of several packages, each of which may fail by itself and has so many test targets; tells the facts of the
    /// first.
    pub(super) async fn build_all(
        &self,
        invocation: &Invocation,
        (packages, targets): (&[String], usize),
        cancel: &CancellationToken,
        tell: Tell<'_, BuildFact>,
    ) -> Result<Vec<(Built, Vec<Diagnostic>)>, Obstacle> {
        let deadline = Some(limit_for(packages.len()));
        let terms = Terms { deadline, limits: Limits::default(), cancel: cancel.clone() };
        let mut builds = Builds::new(self.spawn(invocation, terms)?, packages, targets);
        while let Some(news) = builds.next().await {
            if let BuildNews::Told(fact) = news {
                tell(fact);
            }
        }
        builds.end()
    }
}

/// How long a build of so many packages may take.
pub(super) fn limit_for(packages: usize) -> Duration {
    LIMIT + EACH * packages as u32
}

/// One build of several packages while it runs.
#[derive(Debug)]
pub(super) struct Builds {
    process: Process,
    logs: BuildLogs,
    news: VecDeque<BuildNews>,
    ending: Ending,
}

impl Builds {
    /// Follows this process, which builds these packages, with so many test targets in each.
    pub(super) fn new(process: Process, packages: &[String], targets: usize) -> Self {
        let logs = BuildLogs::new(packages, targets);
        Self { process, logs, news: VecDeque::new(), ending: Ending::Stopped }
    }

    /// What is new; `None` when the build has ended. To drop the future loses nothing.
    pub(super) async fn next(&mut self) -> Option<BuildNews> {
        while self.news.is_empty() {
            match self.process.next().await? {
                ProcessEvent::Ended(how) => self.ending = how,
                event => self.news.extend(self.logs.take(&event)),
            }
        }
        self.news.pop_front()
    }

    /// What became of each package, and what the compiler said of it.
    pub(super) fn end(self) -> Result<Vec<(Built, Vec<Diagnostic>)>, Obstacle> {
        let understood = self.logs.into_logs().into_iter().map(|log| {
            let diagnostics = log.diagnostics.clone();
            // Where one of several failed, the others are built all the same.
            let ending = if log.is_built() { built_or(self.ending) } else { self.ending };
            understand(ending, log).map(|built| (built, diagnostics))
        });
        understood.collect()
    }
}

/// Follows a build of `package` to its end and tells its facts.
pub(super) async fn follow(
    mut process: Process,
    package: &str,
    tell: Tell<'_, BuildFact>,
) -> Result<Built, Obstacle> {
    let mut log = BuildLog::new(package);
    let mut ending = Ending::Stopped;
    while let Some(event) = process.next().await {
        if let ProcessEvent::Ended(how) = event {
            ending = how;
        }
        log.take(&event).into_iter().for_each(&mut *tell);
    }
    understand(ending, log)
}

/// Tells of a build what a check tells.
pub(super) fn tell_of_build(emit: Tell<'_, Event>) -> impl FnMut(BuildFact) + Send {
    let mut progress = Progress::new(None);
    move |fact| progress.tell(fact).into_iter().for_each(&mut *emit)
}

/// What the compiler says in a build that may count for nothing: where something stands in its way, another one follows and
/// says it all again.
#[derive(Debug, Default)]
pub(super) struct HeldBack(Vec<Event>);

impl HeldBack {
    /// Tells everything else at once.
    pub(super) fn tell(&mut self, event: Event, emit: Tell<'_, Event>) {
        if let Event::Diagnosed(_) = event { self.0.push(event) } else { emit(event) }
    }

    /// Tells what was held back: the build counts.
    pub(super) fn release(self, emit: Tell<'_, Event>) {
        self.0.into_iter().for_each(emit);
    }
}

fn built_or(ending: Ending) -> Ending {
    if let Ending::Code(_) = ending { Ending::Code(0) } else { ending }
}

fn understand(ending: Ending, log: BuildLog) -> Result<Built, Obstacle> {
    match ending {
        Ending::Stopped => Err(Obstacle::cancelled()),
        Ending::DeadlinePassed => Err(Obstacle::new(Cause::BuildTimedOut, TOO_LONG)),
        Ending::Code(0) => {
            Ok(Built::Executables(log.executables.into_iter().map(|(_, file)| file).collect()))
        }
        _ if log.refused() && log.trouble().is_none() => Ok(Built::Refused(log.diagnostics)),
        _ => Ok(Built::Failed(Box::new(log))),
    }
}

const TOO_LONG: &str =
    "the build took longer than it may and was stopped; start it again to go on where it was";
