//! Building ahead: the dependencies of a set, fetched and compiled before they are needed.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::{BuildFact, BuildLog, Ending, Invocation, ProcessEvent};
use crate::check::build::Built;
use crate::check::event::{Event, Tell, Wait};
use crate::check::obstacle::Obstacle;
use crate::check::ready::{ReadyMark, forget};
use crate::check::verdict::Cause;
use crate::check::workshop::{Job, Workshop};
use crate::confine::Limits;
use crate::pack::Pack;
use crate::sandbox::Placed;

/// What is built behind the learner gives way to their builds and tests, on a system that shares the processor out by processes. Where it
/// does by sessions, each has its share.
const BEHIND: Limits = Limits { nice: Some(15), ..Limits::NONE };

/// How long fetching may take.
const FETCH_LIMIT: Duration = Duration::from_mins(30);

/// One fact about dependencies being made ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WarmEvent {
    /// They are being fetched.
    Fetching {
        /// How many packages so far.
        done: u32,
        /// At most how many.
        total: Option<u32>,
    },
    /// They are being built.
    Building {
        /// The crate at hand.
        unit: String,
        /// How many crates so far.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// It waits for something outside.
    Waiting(Wait),
}

impl From<WarmEvent> for Event {
    fn from(event: WarmEvent) -> Self {
        match event {
            WarmEvent::Fetching { done, total } => Self::Fetching { done, total },
            WarmEvent::Building { unit, done, total } => Self::Building { unit, done, total },
            WarmEvent::Waiting(wait) => Self::Waiting(wait),
        }
    }
}

impl Workshop {
    /// Whether a set is built, by the mark in its target directory.
    pub(super) fn is_ready(&self, pack: &Pack, set: &str) -> bool {
        let rustc = self.known_rustc();
        pack.set(set).is_some_and(|found| ReadyMark::of(&found, &self.target(pack, set), rustc).holds())
    }

    /// Fetches and builds the dependencies of a set, in its turn.
    pub(super) async fn warm(
        &self,
        pack: &Arc<Pack>,
        set: &str,
        tell: Tell<'_, WarmEvent>,
        cancel: &CancellationToken,
    ) -> Result<(), Obstacle> {
        let mut job = self.job(pack, set).await?;
        job.is_behind = true;
        let waiting = &mut |wait| tell(WarmEvent::Waiting(wait));
        let _turn = self.turns.take(&job.commands.target, cancel, waiting).await?;
        self.make_ready(pack, set, &job, tell, cancel).await
    }

    /// Fetches and builds the dependencies of a set, unless that has been done.
    ///
    /// The caller holds the turn at the set's target directory.
    pub(super) async fn make_ready(
        &self,
        pack: &Arc<Pack>,
        set: &str,
        job: &Job,
        tell: Tell<'_, WarmEvent>,
        cancel: &CancellationToken,
    ) -> Result<(), Obstacle> {
        let placed = self.sandbox.place_warm(pack, set)?;
        let unknown = || Obstacle::new(Cause::BrokenJudge, format!("there is no set {set}"));
        let rustc = Some(job.commands.toolchain.identity());
        let mark = ReadyMark::of(&pack.set(set).ok_or_else(unknown)?, &job.commands.target, rustc);
        if mark.holds() {
            return Ok(());
        }
        self.end_waiting(&job.commands.target).await;
        let mut total = self.count(&placed, job, tell, cancel).await?;
        if total.is_none() {
            self.fetch(&placed, job, mark.packages as u32, tell, cancel).await?;
            total = self.count(&placed, job, tell, cancel).await?;
        }
        let mut progress = Progress::new(total);
        let build = job.commands.build(&placed.manifest, &placed.package);
        let mut tell_fact = |fact| progress.take(fact).into_iter().for_each(&mut *tell);
        let limits = if job.is_behind { BEHIND } else { Limits::NONE };
        match self.build_limited(&build, limits, &placed.package, cancel, &mut tell_fact).await? {
            Built::Executables(_) => mark.set(),
            Built::Refused(diagnostics) => {
                let said = diagnostics.first().map_or("", |diagnostic| diagnostic.rendered.as_str());
                Err(Obstacle::new(Cause::BrokenJudge, format!("the dependency set does not build:\n{said}")))
            }
            Built::Failed(log) => Err(Obstacle::of_build(&log)),
        }
    }

    /// Where a build found packages missing after all, somebody having emptied the cargo home: fetches them again, so that it can
    /// be tried once more. Says whether it did.
    ///
    /// The caller holds the turn at the set's target directory.
    pub(super) async fn fetch_missing(
        &self,
        pack: &Arc<Pack>,
        set: &str,
        job: &Job,
        mut built: impl Iterator<Item = &Built>,
        tell: Tell<'_, WarmEvent>,
        cancel: &CancellationToken,
    ) -> Result<bool, Obstacle> {
        let misses = built.any(|built| matches!(built, Built::Failed(log) if log.misses_packages()));
        if misses {
            forget(&job.commands.target);
            self.make_ready(pack, set, job, tell, cancel).await?;
        }
        Ok(misses)
    }

    /// How many packages building the set takes; `None` if they must be fetched first.
    async fn count(
        &self,
        placed: &Placed,
        job: &Job,
        tell: Tell<'_, WarmEvent>,
        cancel: &CancellationToken,
    ) -> Result<Option<u32>, Obstacle> {
        let tree = job.commands.tree(&placed.manifest, &placed.package);
        let Told { ending, listed, .. } = self.follow(&tree, placed, None, tell, cancel).await?;
        if ending != Ending::Code(0) {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&listed);
        // A package that was listed before is marked with a star; one that runs while compiling with a remark.
        let packages: std::collections::BTreeSet<_> = text
            .lines()
            .map(|line| line.split_whitespace().take(2).collect::<Vec<_>>())
            .filter(|package| package.len() == 2)
            .collect();
        Ok(Some(packages.len() as u32))
    }

    async fn fetch(
        &self,
        placed: &Placed,
        job: &Job,
        total: u32,
        tell: Tell<'_, WarmEvent>,
        cancel: &CancellationToken,
    ) -> Result<(), Obstacle> {
        tell(WarmEvent::Fetching { done: 0, total: Some(total) });
        let fetch = job.commands.fetch(&placed.manifest);
        let Told { ending, log, .. } = self.follow(&fetch, placed, Some(total), tell, cancel).await?;
        match ending {
            Ending::Code(0) => Ok(()),
            Ending::DeadlinePassed => {
                Err(Obstacle::new(Cause::NoNetwork, "fetching took longer than 30 minutes"))
            }
            _ => Err(Obstacle::of_build(&log)),
        }
    }

    /// Runs a cargo that needs its home, and therefore waits while another one downloads into it; tells of that, and of each package.
    async fn follow(
        &self,
        cargo: &Invocation,
        placed: &Placed,
        total: Option<u32>,
        tell: Tell<'_, WarmEvent>,
        cancel: &CancellationToken,
    ) -> Result<Told, Obstacle> {
        let terms = Terms { deadline: Some(FETCH_LIMIT), limits: Limits::default(), cancel: cancel.clone() };
        let mut process = self.spawn_at_home(cargo, terms)?;
        let mut told =
            Told { ending: Ending::Stopped, log: BuildLog::new(&placed.package), listed: Vec::new() };
        let mut done = 0;
        while let Some(event) = process.next().await {
            for fact in told.log.take(&event) {
                match fact {
                    BuildFact::Downloaded => {
                        done += 1;
                        tell(WarmEvent::Fetching { done, total });
                    }
                    BuildFact::LockAwaited => tell(WarmEvent::Waiting(Wait::CargoLock)),
                    _ => {}
                }
            }
            match event {
                ProcessEvent::Stdout(bytes) => told.listed.extend(bytes),
                ProcessEvent::Stderr(_) => {}
                ProcessEvent::Ended(how) => told.ending = how,
            }
        }
        if told.ending == Ending::Stopped { Err(Obstacle::cancelled()) } else { Ok(told) }
    }
}

/// What a cargo that was followed told.
struct Told {
    ending: Ending,
    log: BuildLog,
    /// Its standard output.
    listed: Vec<u8>,
}

/// From a build's facts to its progress.
#[derive(Debug)]
pub(super) struct Progress {
    unit: String,
    done: u32,
    total: Option<u32>,
}

impl Progress {
    pub(super) fn new(total: Option<u32>) -> Self {
        Self { unit: String::new(), done: 0, total }
    }

    /// What a check tells of it.
    pub(super) fn tell(&mut self, fact: BuildFact) -> Option<Event> {
        match fact {
            BuildFact::Diagnosed(diagnostic) => Some(Event::Diagnosed(Box::new(diagnostic))),
            fact => self.take(fact).map(Event::from),
        }
    }

    pub(super) fn take(&mut self, fact: BuildFact) -> Option<WarmEvent> {
        match fact {
            BuildFact::LockAwaited => return Some(WarmEvent::Waiting(Wait::CargoLock)),
            BuildFact::Compiling(unit) => self.unit = unit,
            BuildFact::Done(done) => self.done = done,
            BuildFact::Downloaded | BuildFact::Diagnosed(_) => return None,
        }
        Some(WarmEvent::Building { unit: self.unit.clone(), done: self.done, total: self.total })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_counts_what_is_done() {
        let mut progress = Progress::new(Some(3));
        assert_eq!(
            progress.take(BuildFact::Compiling("serde".into())),
            Some(WarmEvent::Building { unit: "serde".into(), done: 0, total: Some(3) })
        );
        assert_eq!(
            progress.take(BuildFact::Done(1)),
            Some(WarmEvent::Building { unit: "serde".into(), done: 1, total: Some(3) })
        );
        assert_eq!(progress.take(BuildFact::LockAwaited), Some(WarmEvent::Waiting(Wait::CargoLock)));
    }
}
