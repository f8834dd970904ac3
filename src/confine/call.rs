//! What a supervisor starts: a command line and the variables that it adds to its own.

use std::ffi::OsString;
use std::process::Command;

/// A command line, with variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
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
        Some(Self { variables: Vec::new(), program: words.next()?, arguments: words.collect() })
    }
}

impl From<&Call> for Command {
    fn from(call: &Call) -> Self {
        let mut command = Self::new(&call.program);
        let variables = call.variables.iter().map(|(name, value)| (name, value));
        command.args(&call.arguments).envs(variables);
        command
    }
}

/// As bytes: texts that end with a zero byte, which none of them can hold. The variables' names and values, an empty text, the program,
/// its arguments.
impl Call {
    /// This call as [`Call::from_bytes`] reads it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let variables = self.variables.iter().flat_map(|(name, value)| [name, value]);
        let nothing = OsString::new();
        let words = variables.chain([&nothing, &self.program]).chain(&self.arguments);
        words.flat_map(|word| word.as_encoded_bytes().iter().copied().chain([0])).collect()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut words = bytes.strip_suffix(&[0])?.split(|byte| *byte == 0).map(word);
        let mut variables = Vec::new();
        loop {
            let name = words.next()??;
            if name.is_empty() {
                return Some(Self {
                    variables,
                    ..Self::read(words.collect::<Option<Vec<_>>>()?.into_iter())?
                });
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
        ] {
            assert_eq!(Call::from_bytes(&call.to_bytes()), Some(call));
        }
    }

    #[test]
    fn what_is_no_call_is_refused() {
        for bytes in [&b""[..], b"\0", b"A\0", b"A\0B\0", b"A\0B\0\0", b"\0true"] {
            assert_eq!(Call::from_bytes(bytes), None, "{bytes:?}");
        }
    }
}
