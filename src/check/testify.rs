//! From what a test's process left behind to the result that a person reads. Pure.

use std::time::Duration;

use crate::cargo::{Ending, Panic, TestLog, Testimony, panics};
use crate::check::event::{Difference, Place, TestResult};
use crate::check::plan::{Plan, most_tasks};
use crate::check::signals::signal_name;
use crate::check::verdict::Outcome;
use crate::confine::CROWDED;

/// What a run found: the result, and whether the run itself makes sense.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) result: TestResult,
    pub(super) sound: bool,
}

pub(super) fn finding(
    name: &str,
    log: &TestLog,
    testimony: Testimony,
    took: Duration,
    plan: &Plan,
) -> Finding {
    let stderr = log.stderr();
    let panic = panics::decisive(&panics::read(&stderr), name);
    let sound = !matches!(testimony, Testimony::Missing | Testimony::Ignored | Testimony::Contradiction);
    let (outcome, words) = outcome(testimony, &stderr, panic.as_ref(), plan.limits.test);
    let passed = outcome == Outcome::Passed;
    let panic = panic.filter(|_| !passed);
    let result = TestResult {
        name: name.to_owned(),
        outcome,
        ms: took.as_millis() as u64,
        output: log.output(),
        dropped: log.dropped(),
        panicked_at: panic.as_ref().and_then(|panic| place(panic, &plan.placed.package)),
        difference: panic
            .and_then(|panic| panic.sides)
            .map(|(left, right)| Difference { actual: left, expected: right }),
        message: words,
    };
    Finding { result, sound }
}

/// A test that was not run.
pub(super) fn not_run(name: &str) -> TestResult {
    TestResult {
        name: name.to_owned(),
        outcome: Outcome::NotRun,
        ms: 0,
        output: String::new(),
        dropped: 0,
        difference: None,
        panicked_at: None,
        message: None,
    }
}

/// A test that is left out, and why.
pub(super) fn skipped(name: &str, why: &str) -> TestResult {
    TestResult { outcome: Outcome::Skipped, message: Some(why.to_owned()), ..not_run(name) }
}

fn outcome(
    testimony: Testimony,
    stderr: &str,
    panic: Option<&Panic>,
    limit: Duration,
) -> (Outcome, Option<String>) {
    let panicked = panic.map(|panic| explained(&panic.message));
    match testimony {
        Testimony::Passed => (Outcome::Passed, None),
        Testimony::Failed(why) => (Outcome::Failed, why.or(panicked).or_else(|| returned_error(stderr))),
        Testimony::Died(ending) => (Outcome::Crashed, Some(died(ending, stderr, panicked))),
        Testimony::TimedOut => {
            (Outcome::TimedOut, Some(format!("ran longer than {} s and was stopped", limit.as_secs_f32())))
        }
        Testimony::Stopped => (Outcome::NotRun, Some("stopped".into())),
        Testimony::Ignored => (Outcome::NotRun, Some("it is marked #[ignore]".into())),
        Testimony::Missing => (Outcome::NotRun, Some("there is no test of this name".into())),
        Testimony::NotStarted(_) | Testimony::NoRecord | Testimony::Contradiction => (
            Outcome::NotRun,
            Some("its exit status and what the test harness said contradict each other".into()),
        ),
    }
}

/// What a panic said, and where a limit may be behind it, that. So says what starts a thread (std's, tokio's); the system says the same
/// where no memory is left for its stack.
fn explained(message: &str) -> String {
    let refused = message.contains("spawn") && message.contains("Resource temporarily unavailable");
    if cfg!(target_os = "linux") && refused {
        let most = most_tasks();
        return format!(
            "{message}\nperhaps for a limit: of {most} processes and threads at a time, or of memory for their stacks"
        );
    }
    message.to_owned()
}

/// A test that returns an error prints it in this form.
fn returned_error(stderr: &str) -> Option<String> {
    const FORM: &str = "Error: ";
    // The error's own words may hold the same.
    let below = stderr.rfind(&format!("\n{FORM}")).map(|end| end + 1);
    let start = below.or_else(|| stderr.starts_with(FORM).then_some(0))?;
    Some(stderr[start..].trim_end().to_owned())
}

fn died(ending: Ending, stderr: &str, panicked: Option<String>) -> String {
    let how = match ending {
        Ending::Code(code) => format!("the process ended with status {code} before the test did"),
        _ if stderr.trim_end().ends_with(CROWDED) => {
            format!("more than {} processes at a time: it was stopped", most_tasks())
        }
        _ if stderr.contains("has overflowed its stack") => "the stack overflowed".to_owned(),
        _ if stderr.contains("memory allocation of ") => "it took more memory than it may".to_owned(),
        Ending::Signal(signal) => format!("the process was killed by {}", signal_name(signal)),
        Ending::DeadlinePassed | Ending::Stopped => "the process was stopped".to_owned(),
    };
    panicked.map_or(how.clone(), |message| format!("{message}\n{how}"))
}

/// A place in the crate; what panics elsewhere, in a library, is no place that the person could open.
fn place(panic: &Panic, package: &str) -> Option<Place> {
    let file = panic.file.strip_prefix(package)?.strip_prefix('/')?;
    Some(Place { file: file.to_owned(), line: panic.line, column: panic.column })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panic(file: &str) -> Panic {
        Panic {
            thread: "t".into(),
            file: file.into(),
            line: 3,
            column: 5,
            message: "boom".into(),
            sides: None,
        }
    }

    fn words(testimony: Testimony, stderr: &str, panicked: bool) -> (Outcome, String) {
        let panic = panic("ex/src/lib.rs");
        let (outcome, words) =
            outcome(testimony, stderr, panicked.then_some(&panic), Duration::from_millis(1500));
        (outcome, words.unwrap_or_default())
    }

    #[test]
    fn every_testimony_has_an_outcome_and_words() {
        let table = [
            (Testimony::Passed, "", false, Outcome::Passed, ""),
            (Testimony::Failed(None), "", true, Outcome::Failed, "boom"),
            (Testimony::Failed(Some("did not panic".into())), "", true, Outcome::Failed, "did not panic"),
            (Testimony::Failed(None), "x\nError: \"bad\"\n", false, Outcome::Failed, "Error: \"bad\""),
            (
                Testimony::Failed(None),
                "Error: \"no Error: y\"\n",
                false,
                Outcome::Failed,
                "Error: \"no Error: y\"",
            ),
            (
                Testimony::Died(Ending::Code(0)),
                "",
                false,
                Outcome::Crashed,
                "the process ended with status 0 before the test did",
            ),
            (
                Testimony::Died(Ending::Signal(6)),
                "thread 't' (1) has overflowed its stack",
                false,
                Outcome::Crashed,
                "the stack overflowed",
            ),
            (
                Testimony::Died(Ending::Signal(6)),
                "",
                true,
                Outcome::Crashed,
                "boom\nthe process was killed by SIGABRT: it aborted",
            ),
            (
                Testimony::Died(Ending::Signal(6)),
                "memory allocation of 4194304 bytes failed",
                false,
                Outcome::Crashed,
                "it took more memory than it may",
            ),
            (Testimony::TimedOut, "", false, Outcome::TimedOut, "ran longer than 1.5 s and was stopped"),
            (Testimony::Missing, "", false, Outcome::NotRun, "there is no test of this name"),
        ];
        for (testimony, stderr, panicked, outcome, expected) in table {
            assert_eq!(words(testimony, stderr, panicked), (outcome, expected.to_owned()));
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_limit_that_may_be_behind_a_panic_is_named() {
        let spawn = "failed to spawn thread: Os { code: 11, kind: WouldBlock, message: \"Resource temporarily unavailable\" }";
        assert!(explained(spawn).contains("\nperhaps for a limit: of "));
        assert_eq!(explained("boom"), "boom");
    }

    #[test]
    fn only_a_place_in_the_crate_is_a_place() {
        assert_eq!(place(&panic("ex/src/lib.rs"), "ex").unwrap().file, "src/lib.rs");
        assert_eq!(place(&panic("/rustc/1/library/core/src/option.rs"), "ex"), None);
        assert_eq!(place(&panic("example/src/lib.rs"), "ex"), None);
    }
}
