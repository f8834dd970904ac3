//! The supervisor: one process that starts a child, kills its whole tree and ends as the child ended.

use std::ffi::OsString;
use std::process::ExitCode;

/// The first argument that makes this program a supervisor.
pub const SUPERVISE: &str = "__supervise";

/// Runs the command line after [`SUPERVISE`].
pub fn supervise(_arguments: impl Iterator<Item = OsString>) -> ExitCode {
    ExitCode::FAILURE
}
