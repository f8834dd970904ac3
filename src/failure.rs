//! The one error that a person reads: what went wrong, why, what to do, and the exit code it stands for.

use std::{fmt, io};

use crate::check::Obstacle;
use crate::import::OpenError;
use crate::progress::{LockError, StoreError};
use crate::sandbox::SandboxError;

/// Exit code of a run that did what was asked, or of a pass.
pub const EXIT_OK: u8 = 0;
/// Exit code of a judged answer that did not pass.
pub const EXIT_NOT_PASSED: u8 = 1;
/// Exit code of a wrong call or of bad input.
pub const EXIT_USAGE: u8 = 2;
/// Exit code of an answer that could not be judged.
pub const EXIT_UNJUDGED: u8 = 3;

/// An error as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, in one sentence without a full stop.
    pub what: String,
    /// The causes, outermost first.
    pub why: Vec<String>,
    /// What the person can do.
    pub hints: Vec<String>,
    /// The process's exit code if this ends it.
    pub exit: u8,
}

impl Failure {
    /// Bad input or a wrong call.
    pub fn usage(what: impl Into<String>) -> Self {
        Self { what: what.into(), why: Vec::new(), hints: Vec::new(), exit: EXIT_USAGE }
    }

    /// Something in the machine or the toolchain that is nobody's wrong answer.
    pub fn unjudged(what: impl Into<String>) -> Self {
        Self { exit: EXIT_UNJUDGED, ..Self::usage(what) }
    }

    /// Adds a cause.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why.push(why.into());
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)?;
        for why in &self.why {
            write!(f, "\n  because {why}")?;
        }
        for hint in &self.hints {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

impl From<SandboxError> for Failure {
    fn from(error: SandboxError) -> Self {
        let kind = error.io_kind();
        let failure = Self::unjudged(error.to_string());
        match kind {
            Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => {
                failure.hint("free some space, or choose another directory with --home")
            }
            Some(io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied) => {
                failure.hint("make the directory writable, or choose another one with --home")
            }
            Some(io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists) => {
                failure.hint("a file stands where a directory should be: move it away, or choose another place with --home or PATTERNS_TUI_HOME")
            }
            Some(io::ErrorKind::InvalidFilename) => {
                failure.hint("the path is too long: choose a shorter one with --home or PATTERNS_TUI_HOME")
            }
            Some(_) => failure.hint("look at the directory, or choose another with --home"),
            _ => failure,
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::usage(error.to_string()).hint(error.hint())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::unjudged(error.to_string()).hint(error.hint())
    }
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Self {
        Self::unjudged(error.to_string()).hint(error.hint())
    }
}

impl From<Obstacle> for Failure {
    fn from(obstacle: Obstacle) -> Self {
        let mut lines = obstacle.explanation.lines();
        let failure = Self::unjudged(lines.next().unwrap_or_default());
        lines.fold(failure, Self::because)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Cause;

    #[test]
    fn an_obstacle_of_several_lines_is_told_line_by_line() {
        let failure =
            Failure::from(Obstacle::new(Cause::NoNetwork, "no registry\nerror: x\n\nCaused by:\n  y"));
        assert_eq!(failure.what, "no registry");
        assert_eq!(failure.why, ["error: x", "", "Caused by:", "  y"]);
        assert_eq!(failure.exit, EXIT_UNJUDGED);
    }
}
