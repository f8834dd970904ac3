//! The three verdicts, their causes, and the outcomes of tests that they follow from.

use serde::{Deserialize, Serialize};

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every test passed.
    Passed,
    /// The answer is wrong.
    Failed,
    /// It could not be told.
    Unjudged,
}

/// How a test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Exit status 0, and libtest says that one test ran and passed.
    Passed,
    /// An assertion failed or the code panicked.
    Failed,
    /// It ran past its deadline.
    TimedOut,
    /// Its process died: a signal, an abort, an exit before the test's end.
    Crashed,
    /// It was never started.
    NotRun,
    /// It was left out: what it needs is not there, as the pack allows.
    Skipped,
}

impl Outcome {
    /// Whether the test ran and did not pass.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Failed | Self::TimedOut | Self::Crashed)
    }
}

/// Why a check did not end in a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Failed: the compiler refused the code.
    DidNotCompile,
    /// Failed: at least one test failed.
    TestsFailed,
    /// Failed: at least one test ran past its deadline, and none failed outright.
    TimedOut,
    /// Failed: at least one test's process died, and none failed outright.
    Crashed,
    /// Unjudged: the learner or the program's end stopped it.
    Cancelled,
    /// Unjudged: no cargo or no rustc was found.
    NoToolchain,
    /// Unjudged: no linker was found, or it does not work.
    NoLinker,
    /// Unjudged: dependencies had to be fetched and the registry was out of reach.
    NoNetwork,
    /// Unjudged: the disk is full.
    DiskFull,
    /// Unjudged: the home directory cannot be written.
    ReadOnlyHome,
    /// Unjudged: a dependency or the judge's own tests did not build.
    BrokenJudge,
    /// Unjudged: the build took longer than it may.
    BuildTimedOut,
    /// Unjudged: exit status and output contradict each other, or a test that should exist was not there.
    Contradiction,
    /// Unjudged: something else in the toolchain or the machine.
    Internal,
}

/// The verdict on tests that were run: each one's outcome, and whether every run made sense.
///
/// A failure is told before a time-out, and that before a crash: the clearest news first. Tests of which none failed are a pass
/// only if each of them passed; those that were skipped say nothing, and a pass takes one at least that did not.
pub fn judge(outcomes: &[Outcome], sound: bool) -> (Verdict, Option<Cause>) {
    let any = |outcome: Outcome| outcomes.contains(&outcome);
    if any(Outcome::Failed) {
        (Verdict::Failed, Some(Cause::TestsFailed))
    } else if any(Outcome::TimedOut) {
        (Verdict::Failed, Some(Cause::TimedOut))
    } else if any(Outcome::Crashed) {
        (Verdict::Failed, Some(Cause::Crashed))
    } else if sound && any(Outcome::Passed) && !any(Outcome::NotRun) {
        (Verdict::Passed, None)
    } else {
        (Verdict::Unjudged, Some(Cause::Contradiction))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Outcome::{Crashed, Failed as TestFailed, NotRun, Passed as TestPassed, Skipped, TimedOut};

    #[test]
    fn the_verdict_follows_from_the_outcomes() {
        type Row = (&'static [Outcome], bool, (Verdict, Option<Cause>));
        let failed = |cause| (Verdict::Failed, Some(cause));
        let unjudged = (Verdict::Unjudged, Some(Cause::Contradiction));
        let table: &[Row] = &[
            (&[TestPassed], true, (Verdict::Passed, None)),
            (&[TestPassed, TestPassed], true, (Verdict::Passed, None)),
            (&[TestPassed, TestFailed], true, failed(Cause::TestsFailed)),
            (&[TimedOut, TestFailed, Crashed], true, failed(Cause::TestsFailed)),
            (&[Crashed, TimedOut], true, failed(Cause::TimedOut)),
            (&[TestPassed, Crashed], true, failed(Cause::Crashed)),
            (&[TestFailed, NotRun], false, failed(Cause::TestsFailed)),
            (&[TestPassed, NotRun], true, unjudged),
            (&[TestPassed], false, unjudged),
            (&[], true, unjudged),
            (&[TestPassed, Skipped], true, (Verdict::Passed, None)),
            (&[TestFailed, Skipped], true, failed(Cause::TestsFailed)),
            (&[NotRun, Skipped, TestPassed], true, unjudged),
            (&[Skipped, Skipped], true, unjudged),
        ];
        for (outcomes, sound, expected) in table {
            assert_eq!(judge(outcomes, *sound), *expected, "{outcomes:?} {sound}");
        }
    }
}
