//! What keeps an answer from being judged, in words that a person can act on.

use std::io;
use std::path::Path;

use crate::cargo::configuration::ConfigurationError;
use crate::cargo::{BuildLog, ToolchainError, Trouble, trouble};
use crate::check::verdict::Cause;
use crate::sandbox::SandboxError;

/// Why something could not be done, where nobody's answer is at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{explanation}")]
pub struct Obstacle {
    /// The kind.
    pub cause: Cause,
    /// What, why and what to do, in words.
    pub explanation: String,
}

impl Obstacle {
    /// An obstacle of this kind.
    pub fn new(cause: Cause, explanation: impl Into<String>) -> Self {
        Self { cause, explanation: explanation.into() }
    }

    pub(super) fn cancelled() -> Self {
        Self::new(Cause::Cancelled, "stopped before it was judged")
    }

    /// From an error of the machine while doing `what`.
    pub(super) fn io(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::of_kind(error.kind(), format!("cannot {what} {}: {error}", path.display()))
    }

    /// The same where `error` is of a temporary file or directory, whose name would tell nothing.
    pub(super) fn temporary(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::io(what, path, &io::Error::from(error.kind()))
    }

    /// From a test's process that the machine did not let begin.
    pub(super) fn not_started(test: &str, said: &str) -> Self {
        let said = if said.is_empty() { "its process ended at once and said nothing" } else { said };
        let said = format!("the test {test} could not be started: {said}");
        match trouble::recognise(&said) {
            Some(Trouble::DiskFull) => Self::new(Cause::DiskFull, format!("{said}; {FREE_SPACE}")),
            Some(Trouble::ReadOnly) => Self::new(Cause::ReadOnlyHome, format!("{said}; {OTHER_HOME}")),
            _ => Self::new(Cause::Internal, said),
        }
    }

    fn of_kind(kind: io::ErrorKind, said: String) -> Self {
        match kind {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::new(Cause::DiskFull, format!("{said}; {FREE_SPACE}"))
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::new(Cause::ReadOnlyHome, format!("{said}; {OTHER_HOME}"))
            }
            io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename => {
                Self::new(Cause::Internal, format!("{said}; {ANOTHER_HOME}"))
            }
            _ => Self::new(Cause::Internal, said),
        }
    }

    /// From a build that ended without a result, for reasons other than the code that was built.
    pub(super) fn of_build(log: &BuildLog) -> Self {
        let said = log.said();
        match log.trouble() {
            Some(Trouble::NoLinker) => Self::new(Cause::NoLinker, format!("no linker was found; {A_LINKER}")),
            Some(Trouble::BrokenLinker) => {
                Self::new(Cause::NoLinker, format!("{LINKER_FAILS}, {A_LINKER}\n{said}"))
            }
            Some(Trouble::Unwritten) => Self::new(Cause::Internal, format!("{UNWRITTEN}\n{said}")),
            Some(Trouble::DiskFull) => Self::new(Cause::DiskFull, format!("the disk is full; {FREE_SPACE}")),
            Some(Trouble::ReadOnly) => Self::new(Cause::ReadOnlyHome, format!("{said}; {OTHER_HOME}")),
            Some(Trouble::CompilerCrashed) => {
                let gist = trouble::gist_of_crash(&said).join("\n");
                Self::new(Cause::Internal, format!("{CRASHED}\n{gist}").trim_end())
            }
            Some(Trouble::Killed) => Self::new(Cause::Internal, format!("{KILLED}\n{said}")),
            Some(Trouble::NoNetwork | Trouble::NotFetched) => {
                Self::new(Cause::NoNetwork, format!("{NO_NETWORK}\n{said}"))
            }
            Some(Trouble::BrokenWorkspace) => Self::new(Cause::BrokenJudge, said),
            None if !log.foreign_errors.is_empty() => {
                let first = log.foreign_errors.first().map_or("", String::as_str);
                Self::new(Cause::BrokenJudge, format!("a dependency did not build:\n{first}"))
            }
            None => Self::new(Cause::Internal, format!("cargo did not build the exercise:\n{said}")),
        }
    }
}

impl From<ToolchainError> for Obstacle {
    fn from(error: ToolchainError) -> Self {
        let advice = match error {
            ToolchainError::NoRustc | ToolchainError::NoCargo => {
                "; install Rust from https://rustup.rs and start again"
            }
            ToolchainError::TooOld { .. } => "; `rustup update` brings a newer one",
            ToolchainError::Mute { .. } => "\n`rustup default stable` installs a toolchain and chooses it",
        };
        Self::new(Cause::NoToolchain, format!("{error}{advice}"))
    }
}

impl From<SandboxError> for Obstacle {
    fn from(error: SandboxError) -> Self {
        match error.io_kind() {
            Some(kind) => Self::of_kind(kind, error.to_string()),
            None => Self::new(Cause::Internal, error.to_string()),
        }
    }
}

impl From<ConfigurationError> for Obstacle {
    fn from(error: ConfigurationError) -> Self {
        Self::of_kind(error.source.kind(), error.to_string())
    }
}

const FREE_SPACE: &str = "free some space, or choose another place with --home DIR";
const OTHER_HOME: &str = "make it writable, or choose another place with --home DIR";
const ANOTHER_HOME: &str = "choose another place with --home DIR or PATTERNS_TUI_HOME";
const A_LINKER: &str = "install a C compiler (Debian, Ubuntu: `apt install build-essential`; Fedora: `dnf install gcc`; macOS: \
                        `xcode-select --install`; Windows: the C++ build tools of Visual Studio)";
const LINKER_FAILS: &str =
    "the linker does not work, or lacks what it links with; check again, and if it says so again";
const UNWRITTEN: &str = "a file of the build could not be written or was removed meanwhile; check again";
const CRASHED: &str = "the compiler itself crashed on this code: a fault of its own, and no wrong answer; simplify what was written last, above all \
                       what is nested very deep, and check again";
const KILLED: &str = "the compiler or the linker was killed by the system; is there enough memory? Close other programs and try again";
const NO_NETWORK: &str = "crates have to be downloaded once, and the registry cannot be reached; connect to the \
                          network, or set a proxy (HTTPS_PROXY) or a mirror in your own cargo configuration; exercises without \
                          dependencies work offline";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo::ProcessEvent;

    fn cause_of(stderr: &str) -> Cause {
        let mut log = BuildLog::new("ex");
        log.take(&ProcessEvent::Stderr(stderr.into()));
        Obstacle::of_build(&log).cause
    }

    #[test]
    fn every_trouble_has_its_own_cause() {
        let table = [
            ("error: linker `cc` not found", Cause::NoLinker),
            ("error: x: No space left on device (os error 28)", Cause::DiskFull),
            ("error: x: Read-only file system (os error 30)", Cause::ReadOnlyHome),
            ("error: could not compile `x`\n  `rustc` (signal: 9, SIGKILL: kill)", Cause::Internal),
            ("error: failed to download from `https://x`", Cause::NoNetwork),
            ("error: failed to parse manifest at `/w/Cargo.toml`", Cause::BrokenJudge),
            ("error: internal compiler error: x", Cause::Internal),
            ("error: something new", Cause::Internal),
        ];
        for (stderr, cause) in table {
            assert_eq!(cause_of(stderr), cause, "{stderr}");
        }
    }

    #[test]
    fn a_linker_that_does_not_work_is_quoted() {
        let mut log = BuildLog::new("ex");
        let error = r#"{"reason":"compiler-message","package_id":"path+file:///w/ex#0.0.0","message":{"message":"linking with `cc` failed: exit status: 1","code":null,"level":"error","spans":[],"children":[{"message":" \"cc\" \"-m64\"","code":null,"level":"note","spans":[],"children":[],"rendered":null},{"message":"cannot find 'ld'","code":null,"level":"note","spans":[],"children":[],"rendered":null}],"rendered":"error: linking"}}"#;
        log.take(&ProcessEvent::Stdout(format!("{error}\n").into()));
        let obstacle = Obstacle::of_build(&log);
        assert_eq!(obstacle.cause, Cause::NoLinker);
        assert!(
            obstacle.explanation.ends_with("linking with `cc` failed: exit status: 1\ncannot find 'ld'"),
            "{obstacle}"
        );
        assert!(obstacle.explanation.contains("build-essential"));
    }

    #[test]
    fn a_crash_of_the_compiler_is_told_without_its_backtrace() {
        let mut log = BuildLog::new("ex");
        let said = "error: rustc interrupted by SIGSEGV, printing backtrace\n\n/lib/librustc_driver.so(+0x1)[0x2]\n\n\
                    error: could not compile `ex` (lib)\n";
        log.take(&ProcessEvent::Stderr(said.into()));
        let told = Obstacle::of_build(&log).explanation;
        assert!(told.contains("simplify what was written last"), "{told}");
        assert!(told.ends_with("\nerror: rustc interrupted by SIGSEGV, printing backtrace"), "{told}");
    }

    #[test]
    fn a_dependency_that_does_not_build_is_no_wrong_answer() {
        let mut log = BuildLog::new("ex");
        log.foreign_errors.push("error[E0001]: x".into());
        let obstacle = Obstacle::of_build(&log);
        assert_eq!(obstacle.cause, Cause::BrokenJudge);
        assert!(obstacle.explanation.contains("E0001"));
    }

    #[test]
    fn a_full_disk_and_a_read_only_home_are_told_apart() {
        let cause = |kind| Obstacle::io("write", Path::new("/h"), &io::Error::from(kind)).cause;
        assert_eq!(cause(io::ErrorKind::StorageFull), Cause::DiskFull);
        assert_eq!(cause(io::ErrorKind::ReadOnlyFilesystem), Cause::ReadOnlyHome);
        assert_eq!(cause(io::ErrorKind::NotFound), Cause::Internal);
    }
}
