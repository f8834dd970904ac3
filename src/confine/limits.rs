//! What a child process may use, as values and as the supervisor's arguments.

use std::ffi::OsString;

/// What a child process and its descendants may use; `None` leaves a limit as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// The size of the largest file that may be written, in bytes.
    pub file_bytes: Option<u64>,
    /// Open files of each process.
    pub open_files: Option<u64>,
    /// Memory of each process, in bytes; address space where the system does not tell the two apart.
    pub memory_bytes: Option<u64>,
    /// Processes and threads of all together, at a time. How closely that is held is in the [report](super::report()).
    pub tasks: Option<u64>,
    /// How much further than this program they give way to others of their session that want the processor: `nice(2)`, `sched(7)`.
    pub nice: Option<u64>,
}

impl Limits {
    /// No limit at all.
    pub const NONE: Self =
        Self { file_bytes: None, open_files: None, memory_bytes: None, tasks: None, nice: None };

    /// These limits as the supervisor's arguments.
    pub fn to_arguments(self) -> Vec<OsString> {
        self.named()
            .into_iter()
            .filter_map(|(name, value)| Some(OsString::from(format!("--{name}={}", value?))))
            .collect()
    }

    /// Reads one argument of the supervisor; `false` if it names no limit.
    pub fn read_argument(&mut self, argument: &str) -> bool {
        let Some((name, value)) = argument.strip_prefix("--").and_then(|rest| rest.split_once('=')) else {
            return false;
        };
        let Ok(value) = value.parse() else { return false };
        let limit = match name {
            "file-size" => &mut self.file_bytes,
            "files" => &mut self.open_files,
            "memory" => &mut self.memory_bytes,
            "tasks" => &mut self.tasks,
            "nice" => &mut self.nice,
            _ => return false,
        };
        *limit = Some(value);
        true
    }

    fn named(self) -> [(&'static str, Option<u64>); 5] {
        [
            ("file-size", self.file_bytes),
            ("files", self.open_files),
            ("memory", self.memory_bytes),
            ("tasks", self.tasks),
            ("nice", self.nice),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_back() {
        let limits = Limits {
            memory_bytes: Some(3),
            tasks: Some(7),
            nice: Some(1),
            open_files: Some(99),
            ..Limits::default()
        };
        let mut read = Limits::default();
        for argument in limits.to_arguments() {
            assert!(read.read_argument(argument.to_str().unwrap()));
        }
        assert_eq!(read, limits);
    }

    #[test]
    fn what_is_no_limit_is_refused() {
        for argument in ["--", "--stdin", "--files", "--files=", "--files=x", "--colour=1", "files=1"] {
            assert!(!Limits::default().read_argument(argument), "{argument}");
        }
    }
}
