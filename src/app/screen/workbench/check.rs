//! A check as the workbench follows it: every test from the start, each turning in its place.

use std::time::Duration;

use crate::app::message::JobId;
use crate::check::{Cause, Event, Outcome, Report, TestResult, Verdict, Wait};
use crate::text::ansi;

/// How long a test runs before it is told which one it is.
const LASTING: Duration = Duration::from_secs(1);

/// The check of the exercise.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// None was started since the exercise was opened.
    Never,
    /// One runs.
    Running(Running),
    /// The last one has ended.
    Ended(Ended),
}

/// A check that runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    /// The job.
    pub id: JobId,
    /// When it was started.
    pub since: Duration,
    /// What is being done.
    pub phase: Phase,
    /// The one test that runs with a backtrace, where the check is for that alone.
    pub backtrace_of: Option<String>,
    /// Whether it was asked to stop.
    pub stopping: bool,
    /// The tests that run, in the order in which they were started, and since when.
    pub(super) tests: Vec<(String, Duration)>,
    /// For a backtrace: the check that ended before it, and what that said of the one test.
    pub(super) before: Option<(Ended, TestState)>,
}

/// What a check is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// It was started.
    Starting,
    /// It waits.
    Waiting(Wait),
    /// Dependencies are fetched.
    Fetching {
        /// How many so far.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// Crates are compiled.
    Building {
        /// The one at hand.
        unit: String,
        /// How many so far.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// Tests run.
    Testing,
}

/// A check that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is not a pass.
    pub cause: Option<Cause>,
    /// The cause in words.
    pub explanation: Option<String>,
    /// How long it took, from the key to the verdict.
    pub took: Duration,
    /// The reason of the first failure, in one line.
    pub reason: Option<String>,
    /// The step that the learner was at.
    pub(super) goal: usize,
}

/// A test as it is listed.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRow {
    /// libtest's name.
    pub name: String,
    /// The step that it judges.
    pub step: usize,
    /// How far it is.
    pub state: TestState,
}

/// How far a test is.
#[derive(Debug, Clone, PartialEq)]
pub enum TestState {
    /// It has not run.
    Waiting,
    /// It has not run since the exercise was opened, or since the text last compiled; before, it passed.
    Before,
    /// It runs.
    Running,
    /// It has ended.
    Ended(Box<TestResult>),
}

impl Check {
    /// The check that runs.
    pub fn running(&self) -> Option<&Running> {
        match self {
            Self::Running(running) => Some(running),
            _ => None,
        }
    }

    /// The check that has ended.
    pub fn ended(&self) -> Option<&Ended> {
        match self {
            Self::Ended(ended) => Some(ended),
            _ => None,
        }
    }
}

impl Running {
    /// A check that was just started.
    pub(super) fn new(
        id: JobId,
        since: Duration,
        backtrace_of: Option<String>,
        before: Option<(Ended, TestState)>,
    ) -> Self {
        Self { id, since, phase: Phase::Starting, backtrace_of, stopping: false, tests: Vec::new(), before }
    }

    /// What is being done, in a few words; `warming` is whether the crates of the exercise are being built behind it.
    pub fn words(&self, exercise: &str, warming: bool) -> String {
        let counted = |done: u32, total: Option<u32>| match total {
            Some(total) => format!(" {done}/{total}"),
            None => format!(" {done}"),
        };
        match &self.phase {
            _ if self.stopping => "stopping".to_owned(),
            Phase::Starting => format!("starting {exercise}"),
            Phase::Waiting(Wait::CargoLock) => "waiting for another cargo".to_owned(),
            Phase::Waiting(Wait::OtherBuild) if warming => "waiting for the crates".to_owned(),
            Phase::Waiting(Wait::OtherBuild) => "waiting for another build".to_owned(),
            Phase::Fetching { done, total } => format!("fetching crates{}", counted(*done, *total)),
            Phase::Building { unit, total: Some(total), done } if *total > 1 => {
                format!("compiling {unit} {done}/{total}")
            }
            Phase::Building { unit, .. } => format!("compiling {unit}"),
            Phase::Testing => format!("testing {exercise}"),
        }
    }

    /// The test that runs longest, and since when, where it is long enough to wonder: quick ones would only flicker.
    pub fn lasting(&self, now: Duration) -> Option<(&str, Duration)> {
        let (name, since) = self.tests.first()?;
        let took = now.saturating_sub(*since);
        (took >= LASTING).then_some((name, took))
    }

    /// Takes note of an event that tells what is being done.
    pub(super) fn follow(&mut self, event: &Event, now: Duration) {
        match event {
            Event::TestStarted { name } => self.tests.push((name.clone(), now)),
            Event::TestFinished(result) => self.tests.retain(|(name, _)| *name != result.name),
            _ => {}
        }
        self.phase = match event {
            Event::Waiting(wait) => Phase::Waiting(*wait),
            Event::Fetching { done, total } => Phase::Fetching { done: *done, total: *total },
            Event::Building { unit, done, total } => {
                Phase::Building { unit: unit.clone(), done: *done, total: *total }
            }
            Event::Built { .. } | Event::TestStarted { .. } => Phase::Testing,
            Event::Started { .. } | Event::Diagnosed(_) | Event::TestFinished(_) | Event::Finished(_) => {
                return;
            }
        };
    }
}

impl Ended {
    /// A check that ended with this report.
    pub(super) fn new(report: &Report, took: Duration, goal: usize) -> Self {
        let explanation = report.explanation.clone();
        let reason = match report.verdict {
            Verdict::Passed => None,
            Verdict::Unjudged => explanation.as_deref().and_then(first_line),
            Verdict::Failed => reason(report),
        };
        Self { verdict: report.verdict, cause: report.cause, explanation, took, reason, goal }
    }
}

impl TestRow {
    /// How it ended.
    pub fn result(&self) -> Option<&TestResult> {
        match &self.state {
            TestState::Ended(result) => Some(result),
            _ => None,
        }
    }

    /// Whether it passed when it was judged last.
    pub fn passes(&self) -> bool {
        match &self.state {
            TestState::Ended(result) => result.outcome == Outcome::Passed,
            TestState::Before => true,
            TestState::Waiting | TestState::Running => false,
        }
    }

    /// Whether it ended otherwise than with a pass.
    pub fn failed(&self) -> bool {
        self.result().is_some_and(|result| result.outcome.is_failure())
    }

    /// Whether it was left out: what it needs is not there.
    pub fn skipped(&self) -> bool {
        self.result().is_some_and(|result| result.outcome == Outcome::Skipped)
    }
}

/// Why a test did not pass, in one line.
pub fn why(result: &TestResult) -> Option<String> {
    if let Some(sides) = &result.difference {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        return Some(format!("expected {}   got {}", one_line(&sides.expected), one_line(&sides.actual)));
    }
    let said = result.message.as_deref().and_then(first_line);
    said.or_else(|| match result.outcome {
        Outcome::TimedOut => Some(format!("did not end within {} ms", result.ms)),
        Outcome::Crashed => Some("its process died".to_owned()),
        _ => None,
    })
}

fn reason(report: &Report) -> Option<String> {
    if report.cause == Some(Cause::DidNotCompile) {
        let error = report.diagnostics.iter().find(|said| said.level == crate::cargo::Level::Error)?;
        return Some(error.message.clone());
    }
    let failed = |test: &&TestResult| test.outcome.is_failure();
    report.tests.iter().find(failed).and_then(why)
}

fn first_line(text: &str) -> Option<String> {
    let lines = text.lines().flat_map(ansi::lines);
    lines.map(|line| line.text().trim().to_owned()).find(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_plain_text() {
        assert_eq!(first_line("\n  \u{1b}[32mgreen\u{1b}[0m  \nmore").as_deref(), Some("green"));
        assert_eq!(first_line(" \n"), None);
    }
}
