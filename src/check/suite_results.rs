//! What the runs of a suite say, put together: nothing is said of a wrong implementation before it is known whether the
//! right one is accepted. Pure.

use std::path::Path;
use std::time::Duration;

use crate::cargo::{Ending, SuiteTestimony, panics};
use crate::check::event::{Place, TestResult};
use crate::check::suite_run::Run;
use crate::check::testify::{self, Finding};
use crate::check::verdict::Outcome;
use crate::pack::ACCEPTS;

/// The results of a suite.
#[derive(Debug)]
pub(super) struct Results {
    /// The tests whose results are wanted.
    wanted: Vec<String>,
    is_accepted: Option<bool>,
    held: Vec<TestResult>,
    told: Vec<TestResult>,
}

impl Results {
    pub(super) fn new(wanted: Vec<String>) -> Self {
        let is_accepted = (!wanted.iter().any(|name| name == ACCEPTS)).then_some(true);
        Self { wanted, is_accepted, held: Vec::new(), told: Vec::new() }
    }

    /// Whether a result of this name is wanted and not there yet.
    pub(super) fn lacks(&self, name: &str) -> bool {
        let mut there = self.told.iter().chain(&self.held);
        self.wanted.iter().any(|wanted| wanted == name) && !there.any(|result| result.name == name)
    }

    /// Takes what a run says, or that the suite did not compile with an implementation; gives what can be told now.
    pub(super) fn take(&mut self, name: &str, run: Option<&Run>, took: Duration) -> Vec<TestResult> {
        if !self.lacks(name) {
            return Vec::new();
        }
        let is_right = name == ACCEPTS;
        let result = if is_right { accepted(name, run) } else { caught(name, run) };
        if is_right {
            self.is_accepted = Some(result.outcome == Outcome::Passed);
        }
        self.held.push(TestResult { ms: took.as_millis() as u64, ..result });
        match self.is_accepted {
            None => Vec::new(),
            Some(true) => self.tell(|_| true),
            Some(false) => self.tell(|result| result.name == ACCEPTS),
        }
    }

    /// Whether the right implementation is refused, and nothing else matters.
    pub(super) fn is_refused(&self) -> bool {
        self.is_accepted == Some(false)
    }

    /// Takes that nothing more will come; gives what is to be told of the rest.
    pub(super) fn close(&mut self) -> Vec<TestResult> {
        if !self.is_refused() {
            return Vec::new();
        }
        self.held.clear();
        let rest: Vec<_> = self.wanted.iter().filter(|name| self.lacks(name)).cloned().collect();
        let message = Some("a suite that does not accept the right one catches nothing".to_owned());
        self.held = rest
            .iter()
            .map(|name| TestResult { message: message.clone(), ..testify::not_run(name) })
            .collect();
        self.tell(|_| true)
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.told.into_iter().map(|result| Finding { result, sound: true }).collect()
    }

    fn tell(&mut self, which: impl Fn(&TestResult) -> bool) -> Vec<TestResult> {
        let new: Vec<_> = self.held.extract_if(.., |result| which(result)).collect();
        self.told.extend(new.clone());
        new
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: SuiteTestimony = SuiteTestimony::Passed;
    const NOTICED: SuiteTestimony = SuiteTestimony::Failed(1);

    fn results() -> Results {
        Results::new([ACCEPTS, "catches-a", "catches-b"].map(str::to_owned).into())
    }

    fn take(results: &mut Results, name: &str, testimony: SuiteTestimony) -> Vec<(String, Outcome)> {
        let run = Run { testimony, output: String::new() };
        told(results.take(name, Some(&run), Duration::ZERO))
    }

    fn told(results: Vec<TestResult>) -> Vec<(String, Outcome)> {
        results.into_iter().map(|result| (result.name, result.outcome)).collect()
    }

    fn of(name: &str, outcome: Outcome) -> (String, Outcome) {
        (name.to_owned(), outcome)
    }

    #[test]
    fn what_catches_is_told_once_the_right_one_is_accepted() {
        let mut results = results();
        assert_eq!(take(&mut results, "catches-b", NOTICED), []);
        let first = take(&mut results, ACCEPTS, RIGHT);
        assert_eq!(first, [of("catches-b", Outcome::Passed), of(ACCEPTS, Outcome::Passed)]);
        assert_eq!(take(&mut results, "catches-a", RIGHT), [of("catches-a", Outcome::Failed)]);
        assert_eq!(take(&mut results, "catches-a", NOTICED), [], "each is told once");
        assert!(results.close().is_empty());
        assert_eq!(results.into_findings().len(), 3);
    }

    #[test]
    fn a_suite_that_refuses_the_right_one_has_caught_nothing() {
        let mut results = results();
        assert_eq!(take(&mut results, "catches-b", NOTICED), []);
        assert_eq!(take(&mut results, ACCEPTS, NOTICED), [of(ACCEPTS, Outcome::Failed)]);
        assert!(results.is_refused());
        let rest = told(results.close());
        assert_eq!(rest, [of("catches-a", Outcome::NotRun), of("catches-b", Outcome::NotRun)]);
        assert_eq!(results.into_findings().len(), 3);
    }

    #[test]
    fn where_the_right_one_is_not_asked_for_nothing_waits_for_it() {
        let mut results = Results::new(vec!["catches-a".to_owned()]);
        assert!(!results.lacks(ACCEPTS));
        assert_eq!(take(&mut results, "catches-a", NOTICED), [of("catches-a", Outcome::Passed)]);
        assert_eq!(take(&mut results, "catches-b", NOTICED), []);
    }
}
