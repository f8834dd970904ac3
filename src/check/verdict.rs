//! The three verdicts and their causes.

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
    /// Unjudged: no linker was found.
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
