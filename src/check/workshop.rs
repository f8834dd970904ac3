//! What all jobs of an engine share: the toolchain, the sandbox, the order in which builds take their turn.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

use crate::cargo::process::{Gathered, Terms, unguessable};
use crate::cargo::{Commands, Ending, Environment, Invocation, Process, Toolchain, configuration, toolchain};
use crate::check::ahead::Waiting;
use crate::check::needs::Needs;
use crate::check::obstacle::Obstacle;
use crate::check::standbys::Standbys;
use crate::check::turns::Turns;
use crate::check::verdict::Cause;
use crate::confine::{Limits, NO_NAMESPACE, Supervisor};
use crate::pack::{Exercise, Pack};
use crate::sandbox::{Linking, Sandbox};
use crate::settings::Home;

/// What all jobs share.
#[derive(Debug)]
pub(super) struct Workshop {
    pub(super) home: Home,
    pub(super) sandbox: Sandbox,
    pub(super) turns: Turns,
    pub(super) waiting: Waiting,
    pub(super) supervisor: Supervisor,
    environment: Environment,
    toolchain: OnceCell<Toolchain>,
    pub(super) keeps_no_record: AtomicBool,
    tidied: AtomicBool,
}

/// The places and command lines of one job; what it left in its directory goes with it.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) commands: Commands,
    pub(super) standbys: Standbys,
    directory: TempDir,
    /// Whether nobody waits for what is built.
    pub(super) is_behind: bool,
}

impl Job {
    /// A place for the record of a test, with a name that cannot be foreseen; not in the children's temporary directory.
    pub(super) fn record(&self) -> PathBuf {
        self.directory.path().join(format!("{}.record", unguessable()))
    }

    /// A new directory for a question to the toolchain.
    pub(super) fn scratch(&self) -> Result<TempDir, Obstacle> {
        directory_in(self.directory.path())
    }

    /// A new temporary directory for a single run.
    pub(super) fn place_of_its_own(&self) -> Result<TempDir, Obstacle> {
        directory_in(&self.commands.tmp)
    }

    /// How many binaries of the same crates are linked.
    pub(super) fn linking(&self) -> Linking {
        if self.commands.libraries().is_some() { Linking::Shared } else { Linking::Static }
    }

    /// A place for artifacts that no other job locks.
    pub(super) fn artifacts(&self) -> PathBuf {
        self.directory.path().join("artifacts")
    }
}

fn directory_in(within: &Path) -> Result<TempDir, Obstacle> {
    tempfile::tempdir_in(within).map_err(|error| Obstacle::temporary("create a directory in", within, &error))
}

impl Workshop {
    pub(super) fn new(home: Home, supervisor: Supervisor, environment: Environment) -> Self {
        Self {
            sandbox: Sandbox::new(home.clone()),
            home,
            supervisor,
            environment,
            toolchain: OnceCell::new(),
            turns: Turns::default(),
            waiting: Waiting::default(),
            keeps_no_record: AtomicBool::new(false),
            tidied: AtomicBool::new(false),
        }
    }

    /// The toolchain, looked for once; where none was found, each call looks again.
    pub(super) async fn toolchain(&self) -> Result<&Toolchain, Obstacle> {
        self.toolchain.get_or_try_init(|| self.find_toolchain()).await
    }

    /// The identity of the toolchain, where it has been looked for already.
    pub(super) fn known_rustc(&self) -> Option<String> {
        self.toolchain.get().map(Toolchain::identity)
    }

    async fn find_toolchain(&self) -> Result<Toolchain, Obstacle> {
        let question = toolchain::ask(&self.environment)?;
        // Whether there are namespaces is found out by waiting for a process, and must be known when the first one is wanted.
        let supervisor = self.supervisor.clone();
        let tried = tokio::task::spawn_blocking(move || supervisor.makes_namespaces());
        let answer = self.ask(&question, "").await?;
        let _ = tried.await;
        Ok(toolchain::read_answer(&self.environment, &question, &answer.everything())?)
    }

    /// What the tests of an exercise need, and what of it is there.
    pub(super) async fn needs(&self, exercise: &Exercise) -> Needs {
        Needs::find(exercise, &self.environment).await
    }

    /// Makes the places that a job of this set needs.
    pub(super) async fn job(&self, pack: &Pack, set: &str) -> Result<Job, Obstacle> {
        let toolchain = self.toolchain().await?.clone();
        let (target, tmp) = (self.target(pack, set), self.home.tmp());
        for dir in [&target, &tmp] {
            fs::create_dir_all(dir).map_err(|error| Obstacle::io("create", dir, &error))?;
        }
        if !self.tidied.swap(true, Ordering::Relaxed) {
            tidy(&tmp, SystemTime::now());
        }
        let cargo_home = self.cargo_home(pack, set);
        configuration::prepare(&cargo_home, self.environment.cargo_home().as_deref())?;
        let directory = tempfile::Builder::new()
            .prefix(RUN)
            .tempdir_in(&tmp)
            .map_err(|error| Obstacle::temporary("create a directory in", &tmp, &error))?;
        let private = directory.path().join("tmp");
        fs::create_dir(&private).map_err(|error| Obstacle::io("create", &private, &error))?;
        let commands =
            Commands { toolchain, environment: self.environment.clone(), cargo_home, target, tmp: private };
        Ok(Job { commands, standbys: Standbys::default(), directory, is_behind: false })
    }

    /// The command lines that need no places.
    pub(super) async fn bare(&self) -> Result<Commands, Obstacle> {
        Ok(Commands {
            toolchain: self.toolchain().await?.clone(),
            environment: self.environment.clone(),
            cargo_home: self.home.cargo_home(),
            target: self.home.target(),
            tmp: std::env::temp_dir(),
        })
    }

    /// The target directory of a set.
    pub(super) fn target(&self, pack: &Pack, set: &str) -> PathBuf {
        self.sandbox.target(pack, set)
    }

    fn cargo_home(&self, pack: &Pack, set: &str) -> PathBuf {
        if pack.set(set).is_some_and(|set| set.packages_to_fetch().next().is_none()) {
            self.home.cargo_home_without_packages()
        } else {
            self.home.cargo_home()
        }
    }

    /// Starts a process.
    pub(super) fn spawn(&self, invocation: &Invocation, terms: Terms) -> Result<Process, Obstacle> {
        self.spawn_under(&self.supervisor, invocation, terms)
    }

    /// Starts a process that runs nobody's code, in the person's own surroundings: in a namespace of users, files of root are nobody's, and
    /// ssh does not trust them.
    pub(super) fn spawn_at_home(&self, invocation: &Invocation, terms: Terms) -> Result<Process, Obstacle> {
        self.spawn_under(&self.supervisor.clone().without_namespaces(), invocation, terms)
    }

    /// Whether a process was not started for want of a namespace that was granted before. Then there will be none from here on.
    pub(super) fn gives_up_namespaces(&self, why: &str) -> bool {
        let gives_up = why.contains(NO_NAMESPACE);
        if gives_up {
            self.supervisor.give_up_namespaces();
            // What is started from here on could reach those that stand by.
            self.waiting.end_standbys();
        }
        gives_up
    }

    fn spawn_under(
        &self,
        supervisor: &Supervisor,
        invocation: &Invocation,
        terms: Terms,
    ) -> Result<Process, Obstacle> {
        Process::spawn(invocation, supervisor, terms).map_err(|error| {
            let missing = !invocation.directory.is_dir();
            let path = if missing { &invocation.directory } else { self.supervisor.program() };
            Obstacle::io("start a process through", path, &error)
        })
    }

    /// Runs a process that answers quickly.
    pub(super) async fn gather(
        &self,
        invocation: &Invocation,
        cancel: &CancellationToken,
    ) -> Result<Gathered, Obstacle> {
        let process = self.spawn(invocation, terms_of_answer(cancel.clone()))?;
        answer(process, invocation).await
    }

    /// Asks a program of the toolchain, which answers quickly to what it is given to read.
    pub(super) async fn ask(&self, invocation: &Invocation, input: &str) -> Result<Gathered, Obstacle> {
        let mut process = self.spawn_at_home(invocation, terms_of_answer(CancellationToken::new()))?;
        process.give(input.to_owned().into());
        answer(process, invocation).await
    }
}

fn terms_of_answer(cancel: CancellationToken) -> Terms {
    Terms { deadline: Some(ANSWER), limits: Limits::default(), cancel }
}

async fn answer(process: Process, invocation: &Invocation) -> Result<Gathered, Obstacle> {
    let gathered = process.gather(ANSWER_KEPT).await;
    let name = invocation.program.display();
    match gathered.ending {
        Ending::Stopped => Err(Obstacle::cancelled()),
        Ending::DeadlinePassed => Err(Obstacle::new(
            Cause::Internal,
            format!("{name} did not answer within {} s", ANSWER.as_secs()),
        )),
        _ => Ok(gathered),
    }
}

/// Removes what runs left behind that were killed with this program, as far as it can; none of them lasts a day.
fn tidy(tmp: &Path, now: SystemTime) {
    let is_old = |entry: &fs::DirEntry| {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        modified.is_ok_and(|modified| now.duration_since(modified).is_ok_and(|age| age > ABANDONED))
    };
    for entry in fs::read_dir(tmp).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(RUN) && is_old(&entry) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// What the directories of runs are called.
const RUN: &str = "run-";

/// The age at which the directory of a run belongs to nobody.
const ABANDONED: Duration = Duration::from_hours(24);

/// How long a question to the toolchain may take.
const ANSWER: Duration = Duration::from_secs(30);

/// How much of an answer is kept: more than any file that a person writes.
const ANSWER_KEPT: usize = 32 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_old_runs_are_tidied_away() {
        let tmp = tempfile::tempdir().unwrap();
        for name in ["run-abc", "other"] {
            fs::create_dir(tmp.path().join(name)).unwrap();
        }
        let left = |after: Duration| {
            tidy(tmp.path(), SystemTime::now() + after);
            fs::read_dir(tmp.path()).unwrap().count()
        };
        assert_eq!(left(ABANDONED / 2), 2);
        assert_eq!(left(ABANDONED * 2), 1);
        assert!(tmp.path().join("other").exists());
    }
}
