//! A suite of the learner's, judged: it passes on the right implementation and fails on every wrong one.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use tokio_util::sync::CancellationToken;

use crate::cargo::process::Terms;
use crate::cargo::suite::{Record, TestTask};
use crate::cargo::{Ending, SuiteTestimony, TestCall, panics, whole_suite};
use crate::check::build::{Built, tell_of_build};
use crate::check::event::{Event, Place, Subject, Tell, TestResult};
use crate::check::judge::{Judged, Question};
use crate::check::make::over;
use crate::check::obstacle::Obstacle;
use crate::check::plan::limits_of_process;
use crate::check::run::read_record;
use crate::check::testify::{self, Finding};
use crate::check::verdict::{Cause, Outcome};
use crate::check::warm::WarmEvent;
use crate::check::workshop::{Job, Workshop};
use crate::pack::{ACCEPTS, CATCHES, Exercise, Files, Limits};
use crate::sandbox::{Answer, Placed, Tree};

/// What became of the suite's build with one implementation.
struct Tried {
    name: String,
    placed: Placed,
    built: Built,
}

/// A run of the suite on one implementation.
struct Run {
    testimony: SuiteTestimony,
    /// What a person is shown of it, with paths relative to the crate.
    output: String,
}

impl Workshop {
    /// Builds the suite with every implementation at once and runs it on each.
    pub(super) async fn attempt_suite(
        self: &Arc<Self>,
        question: &Question<'_>,
        tests: Vec<String>,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Judged, Obstacle> {
        let job = self.job(question.pack, &question.exercise.set).await?;
        let place = self.sandbox.crate_dir(question.pack, question.exercise);
        let _crate_turn = self.turns.take(&place, cancel, &mut |wait| emit(Event::Waiting(wait))).await?;
        let implementations = self.build_suite(question, &job, &mut *emit, cancel).await?;
        if let Some(Tried { built: Built::Refused(_), .. }) = implementations.first() {
            return Ok(Judged::Refused);
        }
        let mut findings = Vec::new();
        let mut is_accepted = true;
        for Tried { name, placed, built } in implementations {
            if !tests.contains(&name) {
                continue;
            }
            emit(Event::TestStarted { name: name.clone() });
            let began = Instant::now();
            let run = match built {
                Built::Refused(_) => None,
                Built::Failed(log) => return Err(Obstacle::of_build(&log)),
                Built::Executables(files) => {
                    Some(self.run_suite(question, &placed, &files, &job, cancel).await?)
                }
            };
            let mut result = if name == ACCEPTS {
                accepted(&name, run.as_ref())
            } else if is_accepted {
                caught(&name, run.as_ref())
            } else {
                let message = Some("a suite that does not accept the right one catches nothing".to_owned());
                TestResult { message, ..testify::not_run(&name) }
            };
            is_accepted &= name != ACCEPTS || result.outcome == Outcome::Passed;
            result.ms = began.elapsed().as_millis() as u64;
            emit(Event::TestFinished(result.clone()));
            findings.push(Finding { result, sound: true });
        }
        if cancel.is_cancelled() { Err(Obstacle::cancelled()) } else { Ok(Judged::Run(findings)) }
    }

    async fn build_suite(
        &self,
        question: &Question<'_>,
        job: &Job,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Vec<Tried>, Obstacle> {
        let Question { pack, exercise, subject, .. } = question;
        let _turn =
            self.turn_to_build(&job.commands.target, cancel, &mut |wait| emit(Event::Waiting(wait))).await?;
        self.make_ready(pack, &exercise.set, job, &mut |event| emit(event.into()), cancel).await?;
        let suite = self.suite_of(question)?;
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
        let packages: Vec<_> = placed.iter().map(|placed| placed.package.clone()).collect();
        let Some(first) = placed.first().filter(|first| !first.test_targets.is_empty()) else {
            return Err(Obstacle::new(Cause::BrokenJudge, format!("{subject:?} has no suite of tests")));
        };
        let command = job.commands.build_all(&first.manifest, &packages, &first.test_targets);
        let mut began = Instant::now();
        let mut builds = self.build_all(&command, &packages, cancel, &mut tell_of_build(emit)).await?;
        let each = builds.iter().map(|(built, _)| built);
        let tell = &mut |event: WarmEvent| emit(event.into());
        if self.fetch_missing(pack, &exercise.set, job, each, tell, cancel).await? {
            began = Instant::now();
            builds = self.build_all(&command, &packages, cancel, &mut tell_of_build(emit)).await?;
        }
        emit(Event::Built { took: began.elapsed() });
        let wrong = exercise.wrong.iter().map(|wrong| format!("{CATCHES}{}", wrong.name));
        let names = std::iter::once(ACCEPTS.to_owned()).chain(wrong);
        let tried = names.zip(placed).zip(builds);
        Ok(tried.map(|((name, placed), (built, _))| Tried { name, placed, built }).collect())
    }

    /// The files that the learner writes, as the subject has them.
    fn suite_of(&self, question: &Question<'_>) -> Result<Files, Obstacle> {
        let Question { pack, exercise, subject, .. } = question;
        let shipped = match subject {
            Subject::Learner => {
                self.sandbox.place(pack, exercise, Tree::Learner)?;
                let read =
                    |path: &String| Ok((path.clone(), Arc::from(self.sandbox.read(pack, exercise, path)?)));
                return exercise.edit.iter().map(read).collect();
            }
            Subject::Starter => &exercise.starter,
            Subject::Solution | Subject::Wrong(_) => &exercise.solution,
        };
        let is_suite = |(path, _): &(&String, &Arc<str>)| exercise.edit.contains(path);
        let suite = shipped.iter().filter(is_suite);
        Ok(suite.map(|(path, text)| (path.clone(), Arc::clone(text))).collect())
    }

    async fn run_suite(
        &self,
        question: &Question<'_>,
        placed: &Placed,
        executables: &[PathBuf],
        job: &Job,
        cancel: &CancellationToken,
    ) -> Result<Run, Obstacle> {
        let Some(executable) = executables.first() else {
            return Err(Obstacle::new(Cause::Internal, "cargo built no tests"));
        };
        let limits = &question.exercise.limits;
        let mut run = self.run_suite_once(limits, placed, executable, job, cancel).await?;
        if run.testimony == SuiteTestimony::NoRecord {
            self.note_harness_without_record();
            run = self.run_suite_once(limits, placed, executable, job, cancel).await?;
        }
        match &run.testimony {
            SuiteTestimony::NotStarted(why) => Err(Obstacle::not_started("suite", why)),
            _ => Ok(run),
        }
    }

    async fn run_suite_once(
        &self,
        limits: &Limits,
        placed: &Placed,
        executable: &Path,
        job: &Job,
        cancel: &CancellationToken,
    ) -> Result<Run, Obstacle> {
        let record = self.harness_keeps_record().then(|| job.record());
        let task = TestTask::All { record: record.as_deref() };
        let call = TestCall { executable, task, backtrace: false };
        let terms =
            Terms { deadline: Some(limits.test), limits: limits_of_process(limits), cancel: cancel.clone() };
        let process = self.spawn(&job.commands.test(&call, &placed.dir), terms)?;
        let run = process.gather(limits.output_kib as usize * 1024).await;
        let record = record.as_deref().map_or(Record::NotKept, read_record);
        Ok(Run {
            testimony: whole_suite::testimony(&run, &record),
            output: whole_suite::output(&run).replace(&format!("{}/", placed.package), ""),
        })
    }
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

/// What the suite says of the right implementation.
fn accepted(name: &str, run: Option<&Run>) -> TestResult {
    let Some(run) = run else { return testify::not_run(name) };
    let (outcome, message) = match run.testimony {
        SuiteTestimony::Passed | SuiteTestimony::Empty => (Outcome::Passed, None),
        SuiteTestimony::Stopped => (Outcome::NotRun, Some("stopped".to_owned())),
        SuiteTestimony::TimedOut => (Outcome::TimedOut, Some("the suite ran too long".to_owned())),
        SuiteTestimony::Failed(failed) => {
            (Outcome::Failed, Some(format!("{failed} of your tests failed on the right implementation")))
        }
        SuiteTestimony::Died(_) | SuiteTestimony::NotStarted(_) | SuiteTestimony::NoRecord => {
            (Outcome::Crashed, Some("the suite's process ended before its tests did".to_owned()))
        }
    };
    let output = run.output.clone();
    let panic = panics::read(&output).into_iter().next().filter(|_| outcome != Outcome::Passed);
    let place = panic.filter(|panic| Path::new(&panic.file).is_relative()).map(|panic| Place {
        file: panic.file,
        line: panic.line,
        column: panic.column,
    });
    TestResult { outcome, output, message, panicked_at: place, ..testify::not_run(name) }
}

/// Whether the suite notices what is wrong: tests fail, or it does not even compile or end.
fn caught(name: &str, run: Option<&Run>) -> TestResult {
    let Some(run) = run else {
        return TestResult { outcome: Outcome::Passed, ..testify::not_run(name) };
    };
    let (outcome, message) = match run.testimony {
        SuiteTestimony::Stopped => (Outcome::NotRun, Some("stopped")),
        SuiteTestimony::Empty => (Outcome::Failed, Some("your suite has no tests")),
        SuiteTestimony::Passed => (Outcome::Failed, Some("your suite passes on this wrong implementation")),
        SuiteTestimony::Died(Ending::Code(0)) => {
            (Outcome::Failed, Some("the suite's process ended well before its tests had ended"))
        }
        _ => (Outcome::Passed, None),
    };
    let message = message.map(str::to_owned);
    TestResult { outcome, output: run.output.clone(), message, ..testify::not_run(name) }
}
