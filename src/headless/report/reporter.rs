//! The choice between the reporters.

use crate::check::{Event, Report, Subject};
use crate::headless::command::CheckFormat;
use crate::headless::console::Console;
use crate::headless::names::Chosen;
use crate::headless::report::human::Human;
use crate::headless::report::json::Json;
use crate::headless::report::junit;

/// Writes what the events of checks say.
#[derive(Debug)]
pub(in crate::headless) enum Reporter {
    /// For people.
    Human(Human),
    /// One object a line.
    Json(Json),
    /// One document at the end.
    Junit(Subject),
}

impl Reporter {
    /// A reporter of this format.
    pub(in crate::headless) fn new(format: CheckFormat) -> Self {
        match format {
            CheckFormat::Human => Self::Human(Human::default()),
            CheckFormat::Json => Self::Json(Json::default()),
            CheckFormat::Junit => Self::Junit(Subject::Learner),
        }
    }

    /// The check of an exercise is about to begin.
    pub(in crate::headless) fn begin(&mut self, chosen: &Chosen, subject: &Subject, console: &mut Console) {
        match self {
            Self::Human(human) => human.begin(chosen, subject, console),
            Self::Json(_) | Self::Junit(_) => self.prepare(chosen, subject),
        }
    }

    /// The same where nothing is to be written before there is a first result.
    pub(in crate::headless) fn prepare(&mut self, chosen: &Chosen, subject: &Subject) {
        match self {
            Self::Human(human) => human.prepare(chosen, subject),
            Self::Json(json) => json.begin(chosen, subject),
            Self::Junit(of) => of.clone_from(subject),
        }
    }

    /// What is written of the check at hand takes the place of what stands on the screen.
    pub(in crate::headless) fn renew(&mut self) {
        if let Self::Human(human) = self {
            human.renew();
        }
    }

    /// The check at hand was stopped, for another one follows.
    pub(in crate::headless) fn superseded(&self, console: &mut Console) {
        if let Self::Human(human) = self {
            human.superseded(console);
        }
    }

    /// Something happened in the check at hand.
    pub(in crate::headless) fn event(&mut self, event: &Event, console: &mut Console) {
        match self {
            Self::Human(human) => human.event(event, console),
            Self::Json(json) => json.event(event, console),
            Self::Junit(_) => {}
        }
    }

    /// All checks have ended.
    pub(in crate::headless) fn end(&mut self, reports: &[Report], console: &mut Console) {
        match self {
            Self::Human(_) => Human::end(reports, console),
            Self::Json(_) => {}
            Self::Junit(subject) => console.raw(&junit::document(reports, subject)),
        }
    }
}

/// The name of what is judged.
pub(in crate::headless) fn subject_name(subject: &Subject) -> String {
    match subject {
        Subject::Learner => "learner".to_owned(),
        Subject::Solution => "solution".to_owned(),
        Subject::Starter => "starter".to_owned(),
        Subject::Wrong(name) => format!("wrong/{name}"),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::check::event::{Difference, Place};
    use crate::check::{Cause, Outcome, TestResult, Verdict};

    fn test(name: &str, outcome: Outcome) -> TestResult {
        TestResult {
            name: name.into(),
            outcome,
            ms: 2,
            output: String::new(),
            dropped: 0,
            difference: None,
            panicked_at: None,
            message: None,
        }
    }

    /// A report with one test of each kind.
    pub(in crate::headless::report) fn failed_report() -> Report {
        let failed = TestResult {
            output: "\u{1b}[31mred\u{1b}[0m <&> \u{1}\nsecond\n".into(),
            difference: Some(Difference { actual: "100.0".into(), expected: "90.0".into() }),
            panicked_at: Some(Place { file: "tests/t.rs".into(), line: 3, column: 5 }),
            message: Some("ten units \"pay\" <less>".into()),
            ..test("ten_pay_less", Outcome::Failed)
        };
        let tests = vec![test("nine_pay_in_full", Outcome::Passed), failed, test("later", Outcome::NotRun)];
        Report {
            pack: "p".into(),
            exercise: "e".into(),
            verdict: Verdict::Failed,
            cause: Some(Cause::TestsFailed),
            explanation: None,
            tests,
            diagnostics: Vec::new(),
            build_ms: 310,
            run_ms: 4,
        }
    }
}
