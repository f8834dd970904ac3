//! The supervisor: one process that starts a child, kills its whole tree and ends as the child ended.
//!
//! `SUPERVISE [--namespace] [--LIMIT=VALUE].. [--stdin] [--libraries PATHS] -- PROGRAM ARGUMENTS`. Its standard input is the control
//! pipe (see [`super::control`]); the child has its standard output and standard error. Only the child looks for shared libraries
//! in `PATHS`: others can write there, and what they put there must not be loaded into the supervisor. With `--later` in place of the
//! command line, it gets ready and reads that from the control pipe, as the first frame.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{ChildStdin, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;

use super::call::Call;
use super::control;
use super::limits::Limits;
use super::namespace::{self, Grant, Namespace};
use super::tree::{self, Killer, Tree};

/// The first argument that makes this program a supervisor.
pub const SUPERVISE: &str = "__supervise";

/// The argument that asks for a namespace of processes.
pub(super) const NAMESPACE: &str = "--namespace";

/// The argument that stands for a command line which is told later.
pub const LATER: &str = "--later";

/// The exit code of a supervisor that could not start the child; its standard error says why.
pub const CANNOT_START: u8 = 126;

/// What a supervisor says that could make no namespace, though one was granted before. The system's own words are left out: a limit that is
/// reached reads like a full disk.
pub const NO_NAMESPACE: &str = "the system grants no more namespaces of processes";

/// What a supervisor says last of a tree that it has killed for the number of its processes.
pub const CROWDED: &str = "stopped for the number of its processes";

/// Where Linux's loader looks first for shared libraries (ld.so(8)); no other system is given any.
const LIBRARIES: &str = "LD_LIBRARY_PATH";

/// Runs the command line after [`SUPERVISE`] and returns only to end the process.
pub fn supervise(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let mut arguments = arguments.peekable();
    if arguments.next_if(|first| first == namespace::FIRST).is_some() {
        return namespace::be_first(arguments);
    }
    match Order::read(arguments).map_err(io::Error::other).and_then(Order::start) {
        Ok(Some(tree)) => tree.wait(),
        Ok(None) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "cannot start: {error}");
            ExitCode::from(CANNOT_START)
        }
    }
}

/// What a supervisor is told to do.
#[derive(Debug, PartialEq, Eq)]
struct Order {
    namespace: bool,
    limits: Limits,
    stdin: bool,
    libraries: Option<OsString>,
    /// The child's command line, unless it is told later.
    call: Option<Call>,
}

impl Order {
    fn read(mut arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut limits = Limits::default();
        let (mut namespace, mut stdin) = (false, false);
        let mut libraries = None;
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--") => break,
                Some(NAMESPACE) => namespace = true,
                Some("--stdin") => stdin = true,
                Some("--libraries") => libraries = arguments.next(),
                Some(LATER) => return Ok(Self { namespace, limits, stdin, libraries, call: None }),
                Some(text) if limits.read_argument(text) => {}
                _ => return Err(format!("{} is no limit", argument.display())),
            }
        }
        let call = Call::read(arguments).ok_or("no program is named")?;
        Ok(Self { namespace, limits, stdin, libraries, call: Some(call) })
    }

    /// Starts the child as soon as its command line is known; `None` if it was not told before the control pipe ended.
    fn start(self) -> io::Result<Option<Tree>> {
        tree::leave_terminal();
        tree::limit(self.limits)?;
        let grant = self.namespace.then(|| Grant::take(self.limits.tasks)).transpose();
        let grant = grant.map_err(|error| no_namespace(&error))?;
        // Whoever has made a namespace can start no thread any more.
        let (sender, receiver) = mpsc::channel();
        thread::Builder::new().spawn(move || receiver.recv().map(attend))?;
        #[cfg(target_os = "linux")]
        let watcher = {
            let is_loose = !grant.as_ref().is_some_and(Grant::limits_closely);
            self.limits.tasks.filter(|_| is_loose).map(super::watch::start).transpose()?
        };
        let namespace =
            grant.as_ref().map(Namespace::make).transpose().map_err(|error| no_namespace(&error))?;
        let call = match self.call {
            Some(call) => call,
            None => match control::read_frame(&mut io::stdin().lock())? {
                Some(told) => Call::from_bytes(&told).ok_or(io::ErrorKind::InvalidData)?,
                None => return Ok(None),
            },
        };
        #[cfg(target_os = "linux")]
        match (&grant, self.limits.tasks) {
            (Some(grant), _) => grant.limit_tasks()?,
            (None, Some(tasks)) => super::tasks::limit(tasks, false)?,
            (None, None) => {}
        }
        let mut command = Command::from(&call);
        command.stdin(if self.stdin { Stdio::piped() } else { Stdio::null() });
        command.envs(self.libraries.map(|paths| (LIBRARIES, paths)));
        tree::give_way(self.limits.nice);
        let mut tree = Tree::start(command, namespace)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", call.program.display())))?;
        // The thread that attends to the control pipe has waited for this.
        let _ = sender.send((tree.killer(), tree.take_stdin()));
        #[cfg(target_os = "linux")]
        watcher.map(|watcher| watcher.send(tree.killer()));
        Ok(Some(tree))
    }
}

fn no_namespace(error: &io::Error) -> io::Error {
    let number = error.raw_os_error().map_or(String::new(), |number| format!(" (error {number})"));
    io::Error::other(format!("{NO_NAMESPACE}{number}"))
}

/// Attends to the control pipe, and kills the tree when that ends.
fn attend((killer, child): (Killer, Option<ChildStdin>)) {
    control::attend(io::stdin().lock(), || control::is_closed(&io::stdin()), child);
    killer.kill();
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
        let call = order.call.unwrap();
        assert_eq!(call.program, "true");
        assert_eq!(call.arguments, ["--", "--memory=1"]);
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
