//! A suite of the learner's, judged: it passes on the right implementation and fails on every wrong one.
//!
//! One call of cargo builds it with every implementation; it is run on each as soon as that one is built. Where it does not
//! accept the right one, the others are not waited for.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::{BuildNews, Invocation, Process};
use crate::check::build::{Builds, Built, HeldBack, limit_for};
use crate::check::event::{Event, Subject, Tell, TestResult};
use crate::check::judge::{Judged, Question};
use crate::check::make::over;
use crate::check::obstacle::Obstacle;
use crate::check::suite_results::Results;
use crate::check::suite_run::Run;
use crate::check::verdict::Cause;
use crate::check::warm::{Progress, WarmEvent};
use crate::check::workshop::{Job, Workshop};
use crate::confine::Limits;
use crate::pack::SharedText;
use crate::pack::{ACCEPTS, CATCHES, Exercise, Files, Pack};
use crate::sandbox::{Answer, Placed, Tree};

/// A suite and its implementations: the right one first, then the wrong ones in the pack's order.
struct Suite<'a> {
    workshop: Arc<Workshop>,
    exercise: &'a Exercise,
    job: Arc<Job>,
    placed: Vec<Placed>,
    results: Results,
    runs: JoinSet<Ran>,
    /// How many runs may go on at a time.
    seats: Arc<Semaphore>,
    cancel: CancellationToken,
}

/// A run that ended: the place of its implementation, what came of it, and how long it took.
type Ran = (usize, Result<Run, Obstacle>, Duration);

/// What became of the build with each implementation; `None` if it was given up, for the right one is refused.
type EachBuilt = Option<Vec<Built>>;

impl Workshop {
    /// Builds the suite with every implementation and runs it on each.
    pub(super) async fn attempt_suite(
        self: &Arc<Self>,
        question: &Question<'_>,
        tests: Vec<String>,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Judged, Obstacle> {
        let Question { pack, exercise, subject, .. } = question;
        let job = Arc::new(self.job(pack, &exercise.set).await?);
        let place = self.sandbox.crate_dir(pack, exercise);
        let _crate_turn = self.turns.take(&place, cancel, &mut |wait| emit(Event::Waiting(wait))).await?;
        let waiting = &mut |wait| emit(Event::Waiting(wait));
        let turn = self.turns.take(&job.commands.target, cancel, waiting).await?;
        let (placed, command) = self.suite_to_build(pack, exercise, subject, &job)?;
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let mut suite = Suite {
            workshop: Arc::clone(self),
            exercise,
            job,
            placed,
            results: Results::new(tests),
            runs: JoinSet::new(),
            seats: Arc::new(Semaphore::new(cores)),
            cancel: cancel.clone(),
        };
        let built = suite.build(pack, &command, &mut *emit).await?;
        drop(turn);
        if let Some(Built::Refused(_)) = built.as_ref().and_then(|built| built.first()) {
            return Ok(Judged::Refused);
        }
        suite.finish(built.unwrap_or_default(), emit).await?;
        if cancel.is_cancelled() {
            return Err(Obstacle::cancelled());
        }
        Ok(Judged::Run(suite.results.into_findings()))
    }

    /// Places the suite of a subject with every implementation; gives the crates and the build of them all.
    pub(super) fn suite_to_build(
        &self,
        pack: &Pack,
        exercise: &Exercise,
        subject: &Subject,
        job: &Job,
    ) -> Result<(Vec<Placed>, Invocation), Obstacle> {
        let suite = self.suite_of(pack, exercise, subject)?;
        let answer = |name: String, subject: &Subject| {
            let mut files = over(exercise, subject);
            files.extend(suite.clone());
            Answer { name, files }
        };
        let wrong = exercise
            .wrong
            .iter()
            .map(|wrong| answer(unsaid(exercise, &wrong.name), &Subject::Wrong(wrong.name.clone())));
        let right = answer(unsaid(exercise, ""), &Subject::Solution);
        let answers: Vec<_> = std::iter::once(right).chain(wrong).collect();
        let placed = self.sandbox.place_answers(pack, exercise, &answers, job.linking())?;
        let Some(first) = placed.first().filter(|first| !first.test_targets.is_empty()) else {
            return Err(Obstacle::new(Cause::BrokenJudge, format!("{subject:?} has no suite of tests")));
        };
        let build = job.commands.build_all(&first.manifest, &packages(&placed), &first.test_targets);
        Ok((placed, build))
    }

    /// The files that the learner writes, as the subject has them.
    fn suite_of(&self, pack: &Pack, exercise: &Exercise, subject: &Subject) -> Result<Files, Obstacle> {
        let shipped = match subject {
            Subject::Learner => {
                self.sandbox.place(pack, exercise, Tree::Learner)?;
                let read = |path: &String| {
                    Ok((path.clone(), SharedText::from(self.sandbox.read(pack, exercise, path)?)))
                };
                return exercise.edit.iter().map(read).collect();
            }
            Subject::Starter => &exercise.starter,
            Subject::Solution | Subject::Wrong(_) => &exercise.solution,
        };
        let is_suite = |(path, _): &(&String, &SharedText)| exercise.edit.contains(path);
        let suite = shipped.iter().filter(is_suite);
        Ok(suite.map(|(path, text)| (path.clone(), text.clone())).collect())
    }
}

impl Suite<'_> {
    /// Builds all implementations, by the build that was begun ahead or by one from the start, and runs the suite on what is
    /// there already.
    ///
    /// The caller holds the turn at the target directory.
    async fn build(
        &mut self,
        pack: &Arc<Pack>,
        command: &Invocation,
        emit: Tell<'_, Event>,
    ) -> Result<EachBuilt, Obstacle> {
        let (workshop, job) = (Arc::clone(&self.workshop), Arc::clone(&self.job));
        let target = &job.commands.target;
        if let Some(ahead) = workshop.waiting.claim_for(target, &self.placed).await {
            let (process, _job) = ahead.go_on(limit_for(self.placed.len()), &self.cancel);
            let mut held = HeldBack::default();
            let built = self.follow(process, &mut |event| held.tell(event, &mut *emit)).await;
            let each = built.as_ref().ok().and_then(Option::as_ref);
            if !each.is_some_and(|each| matches!(each.first(), Some(Built::Failed(_)))) {
                held.release(emit);
                return built;
            }
        }
        let cancel = self.cancel.clone();
        let set = &self.exercise.set;
        workshop.make_ready(pack, set, &job, &mut |event| emit(event.into()), &cancel).await?;
        let built = self.follow(self.spawn(command)?, &mut *emit).await?;
        let each = built.iter().flatten();
        let tell = &mut |event: WarmEvent| emit(event.into());
        if workshop.fetch_missing(pack, set, &job, each, tell, &cancel).await? {
            return self.follow(self.spawn(command)?, emit).await;
        }
        Ok(built)
    }

    fn spawn(&self, command: &Invocation) -> Result<Process, Obstacle> {
        let deadline = Some(limit_for(self.placed.len()));
        self.workshop
            .spawn(command, Terms { deadline, limits: Limits::default(), cancel: self.cancel.clone() })
    }

    /// Follows a build, and runs the suite on each implementation as it comes.
    async fn follow(&mut self, process: Process, emit: Tell<'_, Event>) -> Result<EachBuilt, Obstacle> {
        let began = Instant::now();
        let mut builds = Builds::new(process, &packages(&self.placed), targets_of(&self.placed));
        let mut progress = Progress::new(None);
        loop {
            tokio::select! {
                news = builds.next() => match news {
                    Some(BuildNews::Told(fact)) => progress.tell(fact).into_iter().for_each(&mut *emit),
                    Some(BuildNews::Built(at, executable)) => self.start(at, executable, emit),
                    None => break,
                },
                Some(ran) = self.runs.join_next() => self.take(ran, emit)?,
            }
            if self.results.is_refused() {
                // To drop the build is to end it.
                emit(Event::Built { took: began.elapsed() });
                return Ok(None);
            }
        }
        emit(Event::Built { took: began.elapsed() });
        Ok(Some(builds.end()?.into_iter().map(|(built, _)| built).collect()))
    }

    /// Starts the run on the implementation at this place, unless nobody wants to know.
    fn start(&mut self, at: usize, executable: PathBuf, emit: Tell<'_, Event>) {
        let name = self.name(at);
        if !self.results.lacks(&name) {
            return;
        }
        emit(Event::TestStarted { name });
        let (workshop, job) = (Arc::clone(&self.workshop), Arc::clone(&self.job));
        let (seats, cancel) = (Arc::clone(&self.seats), self.cancel.clone());
        let (placed, limits) = (self.placed[at].clone(), self.exercise.limits.clone());
        self.runs.spawn(async move {
            let _seat = seats.acquire().await;
            let began = Instant::now();
            let run = workshop.run_suite(&placed, &executable, &limits, &job, &cancel).await;
            (at, run, began.elapsed())
        });
    }

    fn take(&mut self, ran: Result<Ran, JoinError>, emit: Tell<'_, Event>) -> Result<(), Obstacle> {
        let (at, run, took) = ran.map_err(|error| {
            Obstacle::new(Cause::Internal, format!("the suite could not be awaited: {error}"))
        })?;
        let name = self.name(at);
        tell(self.results.take(&name, Some(&run?), took), emit);
        Ok(())
    }

    /// Takes the runs that still go on, and what did not compile.
    async fn finish(&mut self, built: Vec<Built>, emit: Tell<'_, Event>) -> Result<(), Obstacle> {
        while !self.results.is_refused()
            && let Some(ran) = self.runs.join_next().await
        {
            self.take(ran, emit)?;
        }
        // Where the right one is refused, the runs on others may still go on: that nothing is known of them is no fault of the build.
        let built = if self.results.is_refused() { Vec::new() } else { built };
        for (at, built) in built.into_iter().enumerate() {
            let name = self.name(at);
            match built {
                _ if !self.results.lacks(&name) => {}
                Built::Refused(_) => tell(self.results.take(&name, None, Duration::ZERO), emit),
                Built::Failed(log) => return Err(Obstacle::of_build(&log)),
                Built::Executables(_) => {
                    return Err(Obstacle::new(Cause::Internal, "cargo built no tests"));
                }
            }
        }
        tell(self.results.close(), emit);
        Ok(())
    }

    /// The test that the implementation at this place is.
    fn name(&self, at: usize) -> String {
        let wrong = at.checked_sub(1).and_then(|at| self.exercise.wrong.get(at));
        wrong.map_or_else(|| ACCEPTS.to_owned(), |wrong| format!("{CATCHES}{}", wrong.name))
    }
}

fn tell(results: Vec<TestResult>, emit: Tell<'_, Event>) {
    results.into_iter().map(Event::TestFinished).for_each(emit);
}

fn packages(placed: &[Placed]) -> Vec<String> {
    placed.iter().map(|placed| placed.package.clone()).collect()
}

/// How many test targets each of the crates has: all are judged by the same suite.
pub(super) fn targets_of(placed: &[Placed]) -> usize {
    placed.first().map_or(0, |first| first.test_targets.len())
}

/// The name of the crate of an implementation, which does not say which one it is: the suite is compiled in that crate, and could
/// tell right from wrong by its own path.
fn unsaid(exercise: &Exercise, wrong: &str) -> String {
    let mut hasher = DefaultHasher::new();
    exercise.id.hash(&mut hasher);
    wrong.hash(&mut hasher);
    exercise.solution.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
