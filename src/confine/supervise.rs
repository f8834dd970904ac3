//! The supervisor: one process that starts a child, kills its whole tree and ends as the child ended.
//!
//! `SUPERVISE [--LIMIT=VALUE].. [--stdin] [--libraries PATHS] -- PROGRAM ARGUMENTS`. Its standard input is the control pipe
//! (see [`super::control`]); the child has its standard output and standard error. Only the child looks for shared libraries
//! in `PATHS`: others can write there, and what they put there must not be loaded into the supervisor.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

use super::control;
use super::limits::Limits;
use super::tree::{self, Tree};

/// The first argument that makes this program a supervisor.
pub const SUPERVISE: &str = "__supervise";

/// The exit code of a supervisor that could not start the child; its standard error says why.
pub const CANNOT_START: u8 = 126;

/// Where Linux's loader looks first for shared libraries (ld.so(8)); no other system is given any.
const LIBRARIES: &str = "LD_LIBRARY_PATH";

/// Runs the command line after [`SUPERVISE`] and returns only to end the process.
pub fn supervise(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    match Order::read(arguments).map_err(io::Error::other).and_then(Order::start) {
        Ok(tree) => tree.wait(),
        Err(error) => {
            let _ = writeln!(io::stderr(), "cannot start: {error}");
            ExitCode::from(CANNOT_START)
        }
    }
}

/// What a supervisor is told to do.
#[derive(Debug, PartialEq, Eq)]
struct Order {
    limits: Limits,
    stdin: bool,
    libraries: Option<OsString>,
    program: OsString,
    arguments: Vec<OsString>,
}

impl Order {
    fn read(mut arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut limits = Limits::default();
        let mut stdin = false;
        let mut libraries = None;
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--") => break,
                Some("--stdin") => stdin = true,
                Some("--libraries") => libraries = arguments.next(),
                Some(text) if limits.read_argument(text) => {}
                _ => return Err(format!("{} is no limit", argument.display())),
            }
        }
        let program = arguments.next().ok_or("no program is named")?;
        Ok(Self { limits, stdin, libraries, program, arguments: arguments.collect() })
    }

    fn start(self) -> io::Result<Tree> {
        tree::leave_terminal();
        tree::limit(self.limits)?;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(if self.stdin { Stdio::piped() } else { Stdio::null() });
        command.envs(self.libraries.map(|paths| (LIBRARIES, paths)));
        let mut tree = Tree::start(command)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", self.program.display())))?;
        let child = tree.take_stdin();
        let killer = tree.killer();
        thread::spawn(move || {
            control::attend(io::stdin().lock(), || control::is_closed(&io::stdin()), child);
            killer.kill();
        });
        Ok(tree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Order, String> {
        Order::read(arguments.iter().map(OsString::from))
    }

    #[test]
    fn the_child_keeps_its_own_arguments() {
        let order = read(&["--files=9", "--stdin", "--libraries", "/a:/b", "--", "true", "--", "--memory=1"])
            .unwrap();
        assert_eq!(order.program, "true");
        assert_eq!(order.arguments, ["--", "--memory=1"]);
        assert_eq!(order.limits, Limits { open_files: Some(9), ..Limits::default() });
        assert!(order.stdin);
        assert_eq!(order.libraries.unwrap(), "/a:/b");
    }

    #[test]
    fn an_order_without_a_program_or_with_an_unknown_limit_is_refused() {
        assert!(read(&[]).is_err());
        assert!(read(&["--"]).is_err());
        assert!(read(&["--luck=1", "--", "true"]).is_err());
    }
}
