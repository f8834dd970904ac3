//! A build begun ahead: cargo has read its manifests and waits at a lock of ours for the word to look at the code.
//!
//! With two hundred dependencies that reading takes cargo a tenth of a second, and nothing that a learner types changes it.
//! cargo locks the build directory first and then the directory for artifacts; the latter is one of ours for this build
//! alone, and locked. So it waits with the build directory in its hands, and whoever builds there next, this program or
//! another one on this home, lets it go on or ends it: a note beside the target directory says by which mark to find it.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::{Ending, Invocation, Process, ProcessEvent};
use crate::check::event::{Subject, Tell, Wait};
use crate::check::obstacle::Obstacle;
use crate::check::plan::Scope;
use crate::check::standbys::Standbys;
use crate::check::turns::Turn;
use crate::check::workshop::{Job, Workshop};
use crate::confine::{self, Limits};
use crate::pack::{Exercise, Kind, Pack};
use crate::sandbox::{Placed, Tree};

/// Only here can a process be found by its mark, which another program must be able to.
const CAN_BE_ENDED_BY_OTHERS: bool = cfg!(target_os = "linux");

/// How long cargo may take to come to its lock.
const LIMIT: Duration = Duration::from_secs(30);

/// The build of an engine that waits, if one does.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    build: Mutex<Option<Ahead>>,
    /// This cargo does not wait where it should.
    is_hopeless: AtomicBool,
}

/// A build that waits to be let go.
#[derive(Debug)]
pub(super) struct Ahead {
    process: Process,
    placed: Vec<Placed>,
    manifests: u64,
    gate: File,
    job: Job,
    note: PathBuf,
}

impl Ahead {
    /// Whether it waits still, builds this and has read what stands there now.
    fn suits(&mut self, placed: &[Placed]) -> bool {
        !self.process.has_ended() && self.placed == placed && self.manifests == manifests(placed)
    }

    /// Lets it go on under other terms; the job holds its files.
    pub(super) fn go_on(mut self, deadline: Duration, cancel: &CancellationToken) -> (Process, Job) {
        self.process.renew(Some(deadline), cancel.clone());
        self.take_note_down();
        // The lock goes with the file.
        drop(self.gate);
        (self.process, self.job)
    }

    /// The supervisors that stand by for its tests.
    pub(super) fn take_standbys(&mut self) -> Standbys {
        mem::take(&mut self.job.standbys)
    }

    /// Ends it and waits until nothing is left of it; those that stand by for its tests end in a moment.
    pub(super) async fn end(mut self) {
        let cancel = CancellationToken::new();
        cancel.cancel();
        self.process.renew(None, cancel);
        while self.process.next().await.is_some() {}
        self.take_note_down();
    }

    fn take_note_down(&self) {
        if fs::read_to_string(&self.note).is_ok_and(|mark| mark == self.process.mark()) {
            // One that stays names processes that are gone.
            let _ = fs::remove_file(&self.note);
        }
    }
}

impl Waiting {
    /// Takes the build that waits with this target directory in its hands; one of another program is ended.
    ///
    /// The caller holds the turn at the target directory.
    pub(super) async fn claim(&self, target: &Path) -> Option<Ahead> {
        let note = note_beside(target);
        let own = self.slot().take_if(|ahead| ahead.note == note);
        // Another program may have ended ours, and let its own wait.
        if let Ok(mark) = fs::read_to_string(&note)
            && own.as_ref().is_none_or(|own| own.process.mark() != mark)
        {
            let _ = tokio::task::spawn_blocking(move || confine::sweep(&mark)).await;
            let _ = fs::remove_file(&note);
        }
        own
    }

    /// The same, but only a build of these crates as they stand; another is ended.
    pub(super) async fn claim_for(&self, target: &Path, placed: &[Placed]) -> Option<Ahead> {
        let mut ahead = self.claim(target).await?;
        if ahead.suits(placed) {
            return Some(ahead);
        }
        ahead.end().await;
        None
    }

    /// Ends those that stand by for the tests of the build that waits.
    pub(super) fn end_standbys(&self) {
        if let Some(ahead) = &*self.slot() {
            ahead.job.standbys.clear();
        }
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Ahead>> {
        self.build.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Workshop {
    /// Waits for the turn at a set's target directory; a build that waits there is ended.
    pub(super) async fn turn_to_build(
        &self,
        target: &Path,
        cancel: &CancellationToken,
        waiting: Tell<'_, Wait>,
    ) -> Result<Turn, Obstacle> {
        let turn = self.turns.take(target, cancel, waiting).await?;
        self.end_waiting(target).await;
        Ok(turn)
    }

    /// Ends the build that waits with this target directory in its hands.
    ///
    /// The caller holds the turn at the target directory.
    pub(super) async fn end_waiting(&self, target: &Path) {
        if let Some(ahead) = self.waiting.claim(target).await {
            ahead.end().await;
        }
    }

    /// Begins the build of the next check of the learner's files, if that can be done and the set is built.
    pub(super) async fn begin_ahead(
        &self,
        pack: &Arc<Pack>,
        exercise: &Exercise,
        cancel: &CancellationToken,
    ) -> Result<(), Obstacle> {
        let can_wait = CAN_BE_ENDED_BY_OTHERS && !self.waiting.is_hopeless.load(Ordering::Relaxed);
        if !can_wait
            || exercise.kind == Kind::Quiz
            || cancel.is_cancelled()
            || !self.is_ready(pack, &exercise.set)
        {
            return Ok(());
        }
        let job = self.job(pack, &exercise.set).await?;
        let target = job.commands.target.clone();
        let _turn = self.turns.take(&target, cancel, &mut |_| {}).await?;
        let (placed, build) = if exercise.kind == Kind::Test {
            self.suite_to_build(pack, exercise, &Subject::Learner, &job)?
        } else {
            let placed = self.sandbox.place(pack, exercise, Tree::Learner)?;
            let build = job.commands.build_tests(&placed.manifest, &placed.package, &placed.test_targets);
            (vec![placed], build)
        };
        let ahead = match self.waiting.claim_for(&target, &placed).await {
            Some(ahead) => Some(ahead),
            None => self.start_ahead(job, placed, build, cancel).await?,
        };
        if exercise.kind != Kind::Test
            && let Some(Ahead { placed, job, .. }) = &ahead
            && let Some(placed) = placed.first()
        {
            self.stand_by(exercise, &Scope::All, placed, job);
        }
        // One of another set may wait still; it ends here.
        let other = mem::replace(&mut *self.waiting.slot(), ahead);
        if let Some(other) = other {
            other.end().await;
        }
        if cancel.is_cancelled() {
            // Whoever wanted all to end found none yet.
            self.end_ahead().await;
        }
        Ok(())
    }

    /// Ends the build that waits, if one does.
    pub(super) async fn end_ahead(&self) {
        let ahead = self.waiting.slot().take();
        if let Some(ahead) = ahead {
            ahead.end().await;
        }
    }

    async fn start_ahead(
        &self,
        job: Job,
        placed: Vec<Placed>,
        build: Invocation,
        cancel: &CancellationToken,
    ) -> Result<Option<Ahead>, Obstacle> {
        let artifacts = job.artifacts();
        let gate = artifacts.join("debug").join(".cargo-lock");
        let closed = close(&gate).map_err(|error| Obstacle::io("lock", &gate, &error))?;
        let manifests = manifests(&placed);
        let build = build.variable("CARGO_TARGET_DIR", &artifacts);
        let terms = Terms { deadline: Some(LIMIT), limits: Limits::default(), cancel: cancel.clone() };
        let mut process = self.spawn(&build, terms)?;
        match come_to_wait(&mut process).await {
            Stop::AtTheGate => {}
            Stop::Elsewhere => {
                self.waiting.is_hopeless.store(true, Ordering::Relaxed);
                return Ok(None);
            }
            Stop::Ended => return Ok(None),
        }
        process.renew(None, CancellationToken::new());
        let note = note_beside(&job.commands.target);
        fs::write(&note, process.mark()).map_err(|error| Obstacle::io("write", &note, &error))?;
        Ok(Some(Ahead { process, placed, manifests, gate: closed, job, note }))
    }
}

/// Where a build came to a halt.
enum Stop {
    /// At the lock that we hold.
    AtTheGate,
    /// At another one, or nowhere: a cargo that keeps its locks elsewhere, or a file system without any.
    Elsewhere,
    /// It failed or was stopped, which the check itself will tell.
    Ended,
}

async fn come_to_wait(process: &mut Process) -> Stop {
    let mut said = String::new();
    while let Some(event) = process.next().await {
        match event {
            ProcessEvent::Stderr(bytes) => said.push_str(&String::from_utf8_lossy(&bytes)),
            ProcessEvent::Stdout(_) => {}
            ProcessEvent::Ended(Ending::Code(0)) => return Stop::Elsewhere,
            ProcessEvent::Ended(_) => return Stop::Ended,
        }
        if said.contains("file lock on artifact directory") {
            return Stop::AtTheGate;
        }
        if said.contains("file lock on package cache") {
            // Another cargo downloads, perhaps for minutes, and meanwhile nobody else could have the turn.
            return Stop::Ended;
        }
        if said.contains("file lock on build directory") {
            return Stop::Elsewhere;
        }
    }
    Stop::Ended
}

fn close(gate: &Path) -> std::io::Result<File> {
    fs::create_dir_all(gate.parent().unwrap_or(gate))?;
    let file = File::create(gate)?;
    file.lock()?;
    Ok(file)
}

/// What cargo reads before it waits, as one number.
fn manifests(placed: &[Placed]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let shared =
        placed.first().map(|first| [first.manifest.clone(), first.manifest.with_file_name("Cargo.lock")]);
    let own = placed.iter().map(|placed| placed.dir.join("Cargo.toml"));
    for file in shared.into_iter().flatten().chain(own) {
        fs::read(file).ok().hash(&mut hasher);
    }
    hasher.finish()
}

/// Where it is noted that a build waits with a target directory in its hands: the note holds the mark of its processes.
fn note_beside(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.ahead"))
}
