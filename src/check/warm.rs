//! Building ahead: the dependencies of a set, fetched and compiled before they are needed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::{BuildFact, BuildLog, Ending, Invocation, ProcessEvent, toolchain};
use crate::check::build::Built;
use crate::check::event::{Event, Tell, Wait};
use crate::check::obstacle::Obstacle;
use crate::check::verdict::Cause;
use crate::check::workshop::{Job, Workshop};
use crate::confine::Limits;
use crate::pack::{DependencySet, Pack};
use crate::sandbox::Placed;

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
        pack.set(set).is_some_and(|found| Stamp::of(&found, &self.target(pack, set), rustc).holds())
    }

    /// Fetches and builds the dependencies of a set, in its turn.
    pub(super) async fn warm(
        &self,
        pack: &Arc<Pack>,
        set: &str,
        tell: Tell<'_, WarmEvent>,
        cancel: &CancellationToken,
    ) -> Result<(), Obstacle> {
        let job = self.job(pack, set).await?;
        let waiting = &mut |wait| tell(WarmEvent::Waiting(wait));
        let _turn = self.turn_to_build(&job.commands.target, cancel, waiting).await?;
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
        let stamp = Stamp::of(&pack.set(set).ok_or_else(unknown)?, &job.commands.target, rustc);
        if stamp.holds() {
            return Ok(());
        }
        let mut total = self.count(&placed, job, tell, cancel).await?;
        if total.is_none() {
            self.fetch(&placed, job, stamp.packages as u32, tell, cancel).await?;
            total = self.count(&placed, job, tell, cancel).await?;
        }
        let mut progress = Progress::new(total);
        let build = job.commands.build(&placed.manifest, &placed.package);
        let mut tell_fact = |fact| progress.take(fact).into_iter().for_each(&mut *tell);
        match self.build(&build, &placed.package, cancel, &mut tell_fact).await? {
            Built::Executables(_) => stamp.set(),
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
        let mut process = self.spawn(cargo, terms)?;
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

/// The mark in a target directory that a set is built there, which says by whom, what was built and how.
struct Stamp {
    at: PathBuf,
    /// How many packages have to be fetched.
    packages: usize,
    /// The identity of the rustc that builds, where it is known yet.
    rustc: Option<String>,
    /// The checksums of the packages, and the manifest, for features and profiles decide what is built of them.
    text: String,
}

impl Stamp {
    fn of(set: &DependencySet, target: &Path, rustc: Option<String>) -> Self {
        let checksums: Vec<_> = set.packages_to_fetch().collect();
        let text = format!("{}\n{}", checksums.join("\n"), set.manifest);
        Self { at: target.join("ready"), packages: checksums.len(), rustc, text }
    }

    fn holds(&self) -> bool {
        self.packages == 0 || (self.is_set() && self.has_artifacts())
    }

    fn is_set(&self) -> bool {
        let present = fs::read_to_string(&self.at).unwrap_or_default();
        let Some((rustc, text)) = present.split_once('\n') else { return false };
        let is_same = self.rustc.as_ref().map_or_else(|| toolchain::is_unchanged(rustc), |own| own == rustc);
        is_same && text == self.text
    }

    /// Whether there is anything that the mark speaks of: whoever makes room removes what is large.
    fn has_artifacts(&self) -> bool {
        self.at.with_file_name("debug").join("build").is_dir()
    }

    fn set(&self) -> Result<(), Obstacle> {
        let rustc = self.rustc.as_deref().unwrap_or_default();
        fs::write(&self.at, format!("{rustc}\n{}", self.text))
            .map_err(|error| Obstacle::io("write", &self.at, &error))
    }
}

/// Removes the mark, after which the set is fetched and built again.
pub(super) fn forget(target: &Path) {
    // A mark that is not there is forgotten already.
    let _ = fs::remove_file(target.join("ready"));
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

    const LOCK: &str = "checksum = \"1\"\nchecksum = \"2\"\n";

    fn stamp(manifest: &str, lock: &str, target: &Path) -> Stamp {
        let set = DependencySet { manifest: manifest.into(), lock: lock.into() };
        Stamp::of(&set, target, Some("/bin/rustc\t1\t2".into()))
    }

    /// A target directory in which something was built.
    fn target() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("debug/build")).unwrap();
        dir
    }

    #[test]
    fn a_set_without_packages_is_always_ready() {
        let lock = "[[package]]\nname = \"warm\"\nversion = \"0.0.0\"\n";
        assert!(stamp("", lock, Path::new("/nowhere")).holds());
    }

    #[test]
    fn a_set_is_ready_once_stamped_until_its_lock_or_its_manifest_changes() {
        let dir = target();
        let stamp = |manifest: &str, lock: &str| stamp(manifest, lock, dir.path());
        let (old, new) = (LOCK, "checksum = \"1\"\nchecksum = \"3\"\n");
        assert!(!stamp("", old).holds());
        stamp("", old).set().unwrap();
        assert!(stamp("", old).holds() && !stamp("", new).holds() && !stamp("resolver = \"1\"", old).holds());
        forget(dir.path());
        assert!(!stamp("", old).holds());
    }

    #[test]
    fn what_another_toolchain_built_is_not_ready() {
        let dir = target();
        let rustc = tempfile::NamedTempFile::new().unwrap();
        let identity = format!("{}\t0\t0", rustc.path().display());
        rustc.as_file().set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        let stamp =
            |rustc: Option<&str>| Stamp { rustc: rustc.map(str::to_owned), ..stamp("", LOCK, dir.path()) };
        stamp(Some(&identity)).set().unwrap();
        assert!(stamp(Some(&identity)).holds() && stamp(None).holds());
        assert!(!stamp(Some("/bin/rustc\t3\t4")).holds());
        rustc.as_file().set_len(1).unwrap();
        assert!(!stamp(None).holds(), "before anybody asked for the toolchain, its change is seen as well");
    }

    #[test]
    fn a_mark_beside_nothing_is_no_mark() {
        let dir = target();
        let stamp = stamp("", LOCK, dir.path());
        stamp.set().unwrap();
        assert!(stamp.holds());
        fs::remove_dir_all(dir.path().join("debug")).unwrap();
        assert!(!stamp.holds());
    }

    #[test]
    fn a_mark_of_an_earlier_version_is_none() {
        let dir = target();
        let stamp = stamp("", LOCK, dir.path());
        fs::write(&stamp.at, &stamp.text).unwrap();
        assert!(!stamp.holds());
    }

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
