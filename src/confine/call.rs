//! What a supervisor starts: a command line, where, and the variables that it adds to its own.

use std::ffi::OsString;
use std::process::Command;

/// A command line, with a working directory and variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The working directory; empty for the one that the supervisor has.
    pub directory: OsString,
    /// What is added to the environment.
    pub variables: Vec<(OsString, OsString)>,
    /// The program.
    pub program: OsString,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

impl Call {
    /// Reads a program and its arguments; `None` if there is no program.
    pub(super) fn read(mut words: impl Iterator<Item = OsString>) -> Option<Self> {
        let (directory, variables) = (OsString::new(), Vec::new());
        Some(Self { directory, variables, program: words.next()?, arguments: words.collect() })
    }
}

impl From<&Call> for Command {
    fn from(call: &Call) -> Self {
        let mut command = Self::new(&call.program);
        let variables = call.variables.iter().map(|(name, value)| (name, value));
        command.args(&call.arguments).envs(variables);
        if !call.directory.is_empty() {
            command.current_dir(&call.directory);
        }
        command
    }
}

/// As bytes: texts that end with a zero byte, which none of them can hold. The working directory, the variables' names and values, an
/// empty text, the program, its arguments.
impl Call {
    /// This call as [`Call::from_bytes`] reads it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let variables = self.variables.iter().flat_map(|(name, value)| [name, value]);
        let nothing = OsString::new();
        let words = [&self.directory].into_iter().chain(variables).chain([&nothing, &self.program]);
        let words = words.chain(&self.arguments);
        words.flat_map(|word| word.as_encoded_bytes().iter().copied().chain([0])).collect()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut words = bytes.strip_suffix(&[0])?.split(|byte| *byte == 0).map(word);
        let directory = words.next()??;
        let mut variables = Vec::new();
        loop {
            let name = words.next()??;
            if name.is_empty() {
                let line = Self::read(words.collect::<Option<Vec<_>>>()?.into_iter())?;
                return Some(Self { directory, variables, ..line });
            }
            variables.push((name, words.next()??));
        }
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there are bytes that are no word")]
fn word(bytes: &[u8]) -> Option<OsString> {
    use std::os::unix::ffi::OsStrExt;
    Some(std::ffi::OsStr::from_bytes(bytes).to_owned())
}

/// Half of a surrogate pair, which Windows allows in names, cannot be told.
#[cfg(not(unix))]
fn word(bytes: &[u8]) -> Option<OsString> {
    std::str::from_utf8(bytes).ok().map(OsString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(variables: &[(&str, &str)], words: &[&str]) -> Call {
        let variables = variables.iter().map(|(name, value)| (name.into(), value.into())).collect();
        Call { variables, ..Call::read(words.iter().map(OsString::from)).unwrap() }
    }

    #[test]
    fn a_call_is_read_back() {
        for call in [
            call(&[], &["true"]),
            call(&[], &["a b", "", "--", "\u{e9}", ""]),
            call(&[("A", "1=2"), ("EMPTY", "")], &["true", "-x"]),
            Call { directory: "/a b".into(), ..call(&[("A", "1")], &["true"]) },
        ] {
            assert_eq!(Call::from_bytes(&call.to_bytes()), Some(call));
        }
    }

    #[test]
    fn what_is_no_call_is_refused() {
        for bytes in [&b""[..], b"\0", b"\0A\0", b"\0A\0B\0", b"\0A\0B\0\0", b"\0\0true"] {
            assert_eq!(Call::from_bytes(bytes), None, "{bytes:?}");
        }
    }
}
