//! One check from beginning to end: place, make ready, build, run, report.

use std::iter;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use crate::cargo::{BuildFact, Diagnostic, Level};
use crate::check::build::{Built, LIMIT, follow};
use crate::check::event::{Event, Report, Subject, Tell, TestResult};
use crate::check::obstacle::Obstacle;
use crate::check::plan::{Plan, Scope};
use crate::check::testify::{self, Finding};
use crate::check::verdict::{self, Cause, Outcome, Verdict};
use crate::check::warm::{Progress, WarmEvent};
use crate::check::workshop::{Job, Workshop};
use crate::pack::{Exercise, Files, Kind, Pack};
use crate::sandbox::{Placed, Tree};

/// What is to be judged.
pub(super) struct Question<'a> {
    pub(super) pack: &'a Arc<Pack>,
    pub(super) exercise: &'a Exercise,
    pub(super) subject: Subject,
    pub(super) scope: Scope,
}

/// What is known so far; whatever stops the check, this is reported.
#[derive(Default)]
pub(super) struct Draft {
    diagnostics: Vec<Diagnostic>,
    results: Vec<TestResult>,
    build: Duration,
    run: Duration,
}

impl Workshop {
    /// Judges; tells what happens through `emit`, last of all the report that it returns.
    pub(super) async fn judge(
        self: &Arc<Self>,
        question: Question<'_>,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Report {
        let tests = question.scope.tests(question.exercise);
        emit(Event::Started { tests: tests.clone() });
        let mut draft = Draft::default();
        let mut told = |event: Event| {
            draft.note(&event);
            emit(event);
        };
        let ending = self.attempt_to_judge(&question, tests.clone(), &mut told, cancel).await;
        let report = draft.report(&question, &tests, ending);
        emit(Event::Finished(Box::new(report.clone())));
        report
    }

    async fn attempt_to_judge(
        self: &Arc<Self>,
        question: &Question<'_>,
        tests: Vec<String>,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Judged, Obstacle> {
        if question.exercise.kind == Kind::Quiz {
            return self.attempt_quiz(question, emit, cancel).await;
        }
        if question.exercise.kind == Kind::Test {
            return self.attempt_suite(question, tests, emit, cancel).await;
        }
        let Question { pack, exercise, subject, scope } = question;
        if cancel.is_cancelled() {
            return Err(Obstacle::cancelled());
        }
        let job = self.job(pack, &exercise.set).await?;
        // One answer of an exercise at a time, here and in every other program on this home: the next one is built over
        // the files and the binaries of the one before.
        let place = self.sandbox.crate_dir(pack, exercise);
        let _crate_turn = self.turns.take(&place, cancel, &mut |wait| emit(Event::Waiting(wait))).await?;
        let (placed, built) = {
            let target = job.commands.target.clone();
            let _build_turn =
                self.turns.take(&target, cancel, &mut |wait| emit(Event::Waiting(wait))).await?;
            let placed = self.sandbox.place(pack, exercise, tree(exercise, subject))?;
            let built = if let Some(built) = self.build_on(&target, &placed, emit, cancel).await? {
                built
            } else {
                self.make_ready(pack, &exercise.set, &job, &mut |event| emit(event.into()), cancel).await?;
                self.build_judged(pack, exercise, &placed, &job, emit, cancel).await?
            };
            (placed, built)
        };
        let executables = match built {
            Built::Executables(executables) => executables,
            Built::Refused(_) => return Ok(Judged::Refused),
            Built::Failed(log) => return Err(Obstacle::of_build(&log)),
        };
        let backtrace = matches!(scope, Scope::Backtrace(_));
        let needs = self.needs(exercise).await;
        let plan = Plan { tests, limits: exercise.limits.clone(), needs, backtrace, placed, executables };
        let findings = self.run(plan, Arc::new(job), emit, cancel).await?;
        if cancel.is_cancelled() { Err(Obstacle::cancelled()) } else { Ok(Judged::Run(findings)) }
    }

    /// Goes on with the build that was begun ahead; `None` if there is none of this crate, or something stood in its way.
    async fn build_on(
        &self,
        target: &Path,
        placed: &Placed,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Option<Built>, Obstacle> {
        let Some(ahead) = self.waiting.claim_for(target, placed).await else { return Ok(None) };
        let began = Instant::now();
        let (process, _job) = ahead.go_on(LIMIT, cancel);
        let built = follow(process, &placed.package, &mut tell_of_build(emit)).await?;
        match built {
            Built::Failed(_) => Ok(None),
            built => {
                emit(Event::Built { took: began.elapsed() });
                Ok(Some(built))
            }
        }
    }

    /// Builds what judges. Where packages are missing after all, somebody emptied the cargo home: they are fetched again.
    async fn build_judged(
        &self,
        pack: &Arc<Pack>,
        exercise: &Exercise,
        placed: &Placed,
        job: &Job,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Built, Obstacle> {
        let invocation = job.commands.build_tests(&placed.manifest, &placed.package, &placed.test_targets);
        let mut began = Instant::now();
        let mut built = self.build(&invocation, &placed.package, cancel, &mut tell_of_build(emit)).await?;
        let tell = &mut |event: WarmEvent| emit(event.into());
        if self.fetch_missing(pack, &exercise.set, job, iter::once(&built), tell, cancel).await? {
            began = Instant::now();
            built = self.build(&invocation, &placed.package, cancel, &mut tell_of_build(emit)).await?;
        }
        emit(Event::Built { took: began.elapsed() });
        Ok(built)
    }
}

/// Tells of a build what a check tells.
pub(super) fn tell_of_build(emit: Tell<'_, Event>) -> impl FnMut(BuildFact) + Send {
    let mut progress = Progress::new(None);
    move |fact| match fact {
        BuildFact::Diagnosed(diagnostic) => emit(Event::Diagnosed(Box::new(diagnostic))),
        fact => progress.take(fact).into_iter().for_each(|event| emit(event.into())),
    }
}

/// How far a check came.
pub(super) enum Judged {
    /// The compiler refused the code.
    Refused,
    /// The tests were run.
    Run(Vec<Finding>),
}

fn tree(exercise: &Exercise, subject: &Subject) -> Tree {
    if *subject == Subject::Learner { Tree::Learner } else { Tree::Judge(over(exercise, subject)) }
}

/// What a subject lays over the starter.
pub(super) fn over(exercise: &Exercise, subject: &Subject) -> Files {
    match subject {
        Subject::Learner | Subject::Starter => Files::new(),
        Subject::Solution => exercise.solution.clone(),
        Subject::Wrong(name) => {
            let mut files = exercise.solution.clone();
            let wrong = exercise.wrong.iter().find(|wrong| wrong.name == *name);
            files.extend(wrong.map(|wrong| wrong.files.clone()).unwrap_or_default());
            files
        }
    }
}

impl Draft {
    /// A draft of a check whose build told this.
    pub(super) fn of_build(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, ..Self::default() }
    }

    pub(super) fn note(&mut self, event: &Event) {
        match event {
            Event::Diagnosed(diagnostic) => self.diagnostics.push((**diagnostic).clone()),
            Event::Built { took } => self.build = *took,
            Event::TestFinished(result) => {
                self.run += Duration::from_millis(result.ms);
                self.results.push(result.clone());
            }
            _ => {}
        }
    }

    pub(super) fn report(
        self,
        question: &Question<'_>,
        tests: &[String],
        ending: Result<Judged, Obstacle>,
    ) -> Report {
        let result = |name: &String| self.results.iter().find(|result| result.name == *name).cloned();
        let tests: Vec<_> =
            tests.iter().map(|name| result(name).unwrap_or_else(|| testify::not_run(name))).collect();
        let (verdict, cause, explanation) = match ending {
            Err(obstacle) => (Verdict::Unjudged, Some(obstacle.cause), Some(obstacle.explanation)),
            Ok(Judged::Refused) => {
                (Verdict::Failed, Some(Cause::DidNotCompile), Some(explain_refusal(&self.diagnostics)))
            }
            Ok(Judged::Run(findings)) => {
                let outcomes: Vec<_> = tests.iter().map(|test| test.outcome).collect();
                let sound = findings.iter().all(|finding| finding.sound);
                let (verdict, cause) = verdict::judge(&outcomes, sound);
                (verdict, cause, cause.map(|cause| explain(cause, &tests)))
            }
        };
        Report {
            pack: question.pack.id.clone(),
            exercise: question.exercise.id.clone(),
            verdict,
            cause,
            explanation,
            tests,
            diagnostics: self.diagnostics,
            build_ms: self.build.as_millis() as u64,
            run_ms: self.run.as_millis() as u64,
        }
    }
}

fn explain_refusal(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count();
    format!("it does not compile: {errors} error{}", if errors == 1 { "" } else { "s" })
}

fn explain(cause: Cause, tests: &[TestResult]) -> String {
    let count = |outcome| tests.iter().filter(|test| test.outcome == outcome).count();
    let all = tests.len();
    match cause {
        Cause::TestsFailed => format!("{} of {all} tests failed", count(Outcome::Failed)),
        Cause::TimedOut => format!("{} of {all} tests ran too long", count(Outcome::TimedOut)),
        Cause::Crashed => format!("the process of {} of {all} tests died", count(Outcome::Crashed)),
        _ => {
            let first = tests.iter().find(|test| test.outcome == Outcome::NotRun);
            let why = first.and_then(|test| Some(format!("{}: {}", test.name, test.message.as_ref()?)));
            why.unwrap_or_else(|| "no test judges it".to_owned())
        }
    }
}

#[cfg(test)]
mod tests;
