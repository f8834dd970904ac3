//! A command line as a value: made by pure functions, looked at by tests, started elsewhere.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// A command line with everything that decides what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Its whole environment.
    pub variables: Vec<(OsString, OsString)>,
    /// Where it looks for shared libraries, as a list of paths; its supervisor does not.
    pub libraries: Option<OsString>,
    /// Its working directory.
    pub directory: PathBuf,
    /// What its standard input is.
    pub stdin: Stdin,
}

/// What a child's standard input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stdin {
    /// Nothing: it reads its end at once.
    Closed,
    /// What is sent to the process while it runs.
    Sent,
}

impl Invocation {
    /// A program without arguments and variables, in the root directory, where no configuration file of anybody's applies.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            arguments: Vec::new(),
            variables: Vec::new(),
            libraries: None,
            directory: root_directory(),
            stdin: Stdin::Closed,
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn argument(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn arguments<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    /// Sets a variable; the last value of a name holds.
    #[must_use]
    pub fn variable(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.into(), value.as_ref().to_owned()));
        self
    }

    /// Sets the working directory.
    #[must_use]
    pub fn directory(mut self, directory: &Path) -> Self {
        directory.clone_into(&mut self.directory);
        self
    }

    /// Lets its standard input be sent.
    #[must_use]
    pub fn with_input(mut self) -> Self {
        self.stdin = Stdin::Sent;
        self
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&OsStr> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_os_str())
    }
}

/// The root of the file system that the current directory is on.
fn root_directory() -> PathBuf {
    let here = std::path::absolute(".").unwrap_or_else(|_| PathBuf::from("/"));
    here.ancestors().last().unwrap_or(Path::new("/")).to_owned()
}
