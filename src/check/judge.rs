//! One check from beginning to end: make, run, report.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use crate::cargo::{Diagnostic, Level};
use crate::check::build::Built;
use crate::check::event::{Event, Report, Subject, Tell, TestResult};
use crate::check::judges_own;
use crate::check::obstacle::Obstacle;
use crate::check::plan::{Plan, Scope};
use crate::check::testify::{self, Finding};
use crate::check::verdict::{self, Cause, Outcome, Verdict};
use crate::check::workshop::Workshop;
use crate::pack::{Exercise, Kind, Pack};

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
    /// When the first test was started.
    began: Option<Instant>,
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
            return self.prove_quiz(question, emit, cancel).await;
        }
        if question.exercise.kind == Kind::Test {
            return self.attempt_suite(question, tests, emit, cancel).await;
        }
        let Question { pack, exercise, scope, .. } = question;
        if cancel.is_cancelled() {
            return Err(Obstacle::cancelled());
        }
        let mut job = self.job(pack, &exercise.set).await?;
        // One answer of an exercise at a time, here and in every other program on this home: the next one is built over
        // the files and the binaries of the one before.
        let place = self.sandbox.crate_dir(pack, exercise);
        let _crate_turn = self.turns.take(&place, cancel, &mut |wait| emit(Event::Waiting(wait))).await?;
        let (placed, built) = self.make(question, &mut job, &mut *emit, cancel).await?;
        let executables = match built {
            Built::Executables(executables) => executables,
            Built::Refused(said) => return judges_own::refusal(exercise, &placed.dir, &said),
            Built::Failed(log) => return Err(Obstacle::of_build(&log)),
        };
        let backtrace = scope.wants_backtrace();
        let needs = self.needs(exercise).await;
        let plan = Plan { tests, limits: exercise.limits.clone(), needs, backtrace, placed, executables };
        let findings = self.run(plan, Arc::new(job), emit, cancel).await?;
        if cancel.is_cancelled() { Err(Obstacle::cancelled()) } else { Ok(Judged::Run(findings)) }
    }
}

/// How far a check came.
pub(super) enum Judged {
    /// The compiler refused the code.
    Refused,
    /// The tests were run.
    Run(Vec<Finding>),
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
            Event::TestStarted { .. } => drop(self.began.get_or_insert_with(Instant::now)),
            Event::TestFinished(result) => {
                // They run beside each other.
                self.run =
                    self.began.map_or(self.run + Duration::from_millis(result.ms), |began| began.elapsed());
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
