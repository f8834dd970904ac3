//! What a check tells while it runs, in the past tense, and the report it ends with.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::cargo::Diagnostic;
use crate::check::verdict::{Cause, Outcome, Verdict};

/// What is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The learner's files in the sandbox.
    Learner,
    /// The model answer.
    Solution,
    /// The starter as shipped.
    Starter,
    /// The wrong answer of this name.
    Wrong(String),
}

/// One fact about a running check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The check has begun; these tests will be run, in this order.
    Started {
        /// Every test that judges the exercise.
        tests: Vec<String>,
    },
    /// It waits for something outside.
    Waiting(Wait),
    /// Dependencies were fetched.
    Fetching {
        /// How many packages so far.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// A crate was compiled or begun.
    Building {
        /// Its name.
        unit: String,
        /// How many are done.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// The compiler said something of the exercise's own code.
    Diagnosed(Box<Diagnostic>),
    /// The build has ended, well or not.
    Built {
        /// After this long.
        took: Duration,
    },
    /// A test has begun.
    TestStarted {
        /// Its name.
        name: String,
    },
    /// A test has ended.
    TestFinished(TestResult),
    /// The check has ended. Always the last event.
    Finished(Box<Report>),
}

/// Whoever is told. One type for all, or every step of a check would be compiled anew for each of its callers.
pub(super) type Tell<'a, T> = &'a mut (dyn FnMut(T) + Send);

/// What a check waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Another cargo holds the lock of the target directory or the package cache.
    CargoLock,
    /// Another build of ours runs first.
    OtherBuild,
}

/// How one test ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    /// libtest's name.
    pub name: String,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it ran.
    pub ms: u64,
    /// What it printed, both streams as they came, escape sequences and all; bounded.
    pub output: String,
    /// How many bytes of output were dropped to keep it bounded.
    pub dropped: u64,
    /// The assertion's two sides, where the panic message gives both.
    pub difference: Option<Difference>,
    /// Where it panicked.
    pub panicked_at: Option<Place>,
    /// What the panic said, without the place; or in words, why it counts as it does.
    pub message: Option<String>,
}

impl TestResult {
    /// Whether it came to a `todo!`, be it in a thread or a task that it started.
    pub fn is_unwritten(&self) -> bool {
        let said = self.message.iter().chain([&self.output]);
        said.into_iter().any(|said| said.contains(UNWRITTEN))
    }
}

/// What `todo!` says.
const UNWRITTEN: &str = "not yet implemented";

/// The two sides of a failed assertion, in Rust's debug form. By this project's convention a judge's tests write the
/// actual value on the left and the expected one on the right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What the learner's code gave.
    pub actual: String,
    /// What it should have given.
    pub expected: String,
}

/// A place in a source file, as a panic names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Relative to the crate.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
}

/// What a check ends with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The pack's id.
    pub pack: String,
    /// The exercise's id.
    pub exercise: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is not a pass.
    pub cause: Option<Cause>,
    /// The cause in words: what, why, what to do.
    pub explanation: Option<String>,
    /// Every test of the exercise, in the order of the steps.
    pub tests: Vec<TestResult>,
    /// What the compiler said of the exercise's own code.
    pub diagnostics: Vec<Diagnostic>,
    /// How long the build took, in milliseconds.
    pub build_ms: u64,
    /// How long it took from the first test's start to the last one's end, in milliseconds.
    pub run_ms: u64,
}

impl Report {
    /// The tests that passed; `None` if the code did not compile, which says nothing of them.
    pub fn passing(&self) -> Option<BTreeSet<String>> {
        let passed = self.tests.iter().filter(|result| result.outcome == Outcome::Passed);
        (self.cause != Some(Cause::DidNotCompile)).then(|| passed.map(|result| result.name.clone()).collect())
    }

    /// Whether it tells of the learner's work. To judge an exercise that is as its pack gives it begins nothing, unless it passes.
    pub fn counts(&self, is_as_given: bool) -> bool {
        match self.verdict {
            Verdict::Unjudged => false,
            Verdict::Failed => !is_as_given,
            Verdict::Passed => true,
        }
    }
}
