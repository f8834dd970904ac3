//! A suite run as a whole, in one process: whether it is content with the code that it was built with.
//!
//! As with a single test, exit code, summary and record must agree. How many tests there are is the first thing that the
//! harness prints, before any of them has begun.

use crate::cargo::process::{Ending, Gathered};
use crate::cargo::suite::{Hindrance, Record, hindrance, without_remark};

/// What a run of a whole suite turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuiteTestimony {
    /// Every test was run and passed.
    Passed,
    /// So many failed.
    Failed(u32),
    /// There is no test in it.
    Empty,
    /// The process ended before its tests did.
    Died(Ending),
    /// It ran past its deadline.
    TimedOut,
    /// It was stopped.
    Stopped,
    /// Its process could not be started.
    NotStarted(String),
    /// The process said that the harness does not know the option of the record; whether that is true, it cannot tell.
    NoRecord,
}

/// What a run turned out to be, given the harness's record.
pub fn testimony(run: &Gathered, record: &Record) -> SuiteTestimony {
    match run.ending {
        Ending::DeadlinePassed => SuiteTestimony::TimedOut,
        Ending::Stopped => SuiteTestimony::Stopped,
        Ending::Signal(_) => SuiteTestimony::Died(run.ending),
        Ending::Code(code) => match hindrance(code, &without_remark(&run.stderr.text()), record) {
            Some(Hindrance::NotStarted(why)) => SuiteTestimony::NotStarted(why),
            Some(Hindrance::NoRecord) => SuiteTestimony::NoRecord,
            None => ended(code, &run.stdout.text(), record),
        },
    }
}

/// What a person is shown of a run: both streams, without what the harness says of our option.
pub fn output(run: &Gathered) -> String {
    format!("{}{}", run.stdout.text(), without_remark(&run.stderr.text()).trim_start())
}

fn ended(code: i32, stdout: &str, record: &Record) -> SuiteTestimony {
    let planned = planned(stdout);
    match (code, summary(stdout)) {
        (0, Some((0, 0))) if planned == Some(0) => SuiteTestimony::Empty,
        (0, Some((passed, 0))) if planned == Some(passed) && all_passed(passed, record) => {
            SuiteTestimony::Passed
        }
        (101, Some((_, failed @ 1..))) => SuiteTestimony::Failed(failed),
        _ => SuiteTestimony::Died(Ending::Code(code)),
    }
}

/// Whether the record tells of so many tests, and of each that it passed. A harness that keeps none has to be believed.
fn all_passed(passed: u32, record: &Record) -> bool {
    match record {
        Record::NotKept => true,
        Record::NotBegun | Record::Unwritable(_) => false,
        Record::Text(text) => {
            text.lines().count() == passed as usize && text.lines().all(|line| line.starts_with("ok "))
        }
    }
}

/// How many tests the harness means to run, by the line that it begins with.
fn planned(stdout: &str) -> Option<u32> {
    stdout.strip_prefix("\nrunning ")?.split_once(" test")?.0.parse().ok()
}

/// How many tests passed and failed by the line at the end.
fn summary(stdout: &str) -> Option<(u32, u32)> {
    let summary = stdout.trim_end().rsplit('\n').next()?.strip_prefix("test result: ")?;
    let (_, counts) = summary.split_once(". ")?;
    let count = |what: &str| counts.split("; ").find_map(|part| part.strip_suffix(what)?.trim().parse().ok());
    Some((count("passed")?, count("failed")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo::output::Output;

    fn ran(ending: Ending, stdout: &str, record: &str) -> SuiteTestimony {
        let output = |text: &str| {
            let mut output = Output::new(4096);
            output.push(text.as_bytes());
            output
        };
        let run = Gathered { ending, stdout: output(stdout), stderr: output("") };
        testimony(&run, &Record::Text(record.to_owned()))
    }

    const BEGUN: &str = "\nrunning 2 tests\n";
    const ALL_PASSED: &str = "\nrunning 2 tests\ntest a ... ok\ntest b ... ok\n\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 \
                              measured; 0 filtered out; finished in 0.00s\n\n";

    #[test]
    fn a_pass_takes_the_code_the_summary_and_the_record() {
        let done = Ending::Code(0);
        assert_eq!(ran(done, ALL_PASSED, "ok a\nok b\n"), SuiteTestimony::Passed);
        for record in ["", "ok a\n", "ok a\nfailed b\n", "ok a\nok b\nok c\n"] {
            assert_eq!(ran(done, ALL_PASSED, record), SuiteTestimony::Died(done), "{record:?}");
        }
        let forged = format!("{BEGUN}test result: ok. 1 passed; 0 failed; 0 ignored;");
        assert_eq!(ran(done, &forged, "ok a\n"), SuiteTestimony::Died(done));
        let code = Ending::Code(1);
        assert_eq!(ran(code, ALL_PASSED, "ok a\nok b\n"), SuiteTestimony::Died(code));
    }

    #[test]
    fn failures_are_counted_and_other_ends_told_apart() {
        let failed = format!("{BEGUN}\ntest result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured\n");
        assert_eq!(ran(Ending::Code(101), &failed, "ok a\nfailed b\n"), SuiteTestimony::Failed(1));
        let empty = "\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored\n";
        assert_eq!(ran(Ending::Code(0), empty, ""), SuiteTestimony::Empty);
        let signal = Ending::Signal(6);
        assert_eq!(ran(signal, ALL_PASSED, "ok a\nok b\n"), SuiteTestimony::Died(signal));
    }

    #[test]
    fn a_suite_that_could_not_be_started_says_why() {
        let mut stderr = Output::new(4096);
        stderr.push(b"cannot start: /x: no such file\n");
        let run = Gathered { ending: Ending::Code(126), stdout: Output::new(9), stderr };
        assert_eq!(testimony(&run, &Record::NotBegun), SuiteTestimony::NotStarted("/x: no such file".into()));
    }
}
