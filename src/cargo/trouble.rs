//! What stands in the way of a build, told from cargo's and the linker's words.

/// Something that is not the learner's fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The linker is not installed.
    NoLinker,
    /// The linker is there, but does not work, or not with what it needs.
    BrokenLinker,
    /// A file of the build could not be written, or is gone.
    Unwritten,
    /// The disk is full.
    DiskFull,
    /// The compiler or the linker was killed.
    Killed,
    /// The compiler crashed on the code.
    CompilerCrashed,
    /// A directory cannot be written.
    ReadOnly,
    /// The registry is out of reach.
    NoNetwork,
    /// Something that should have been fetched is not there.
    NotFetched,
    /// The manifest, the lock file or the toolchain's version refuses the build.
    BrokenWorkspace,
}

/// Words that tell a trouble; the first trouble with a match is the one.
const SIGNS: &[(Trouble, &[&str])] = &[
    (
        Trouble::DiskFull,
        &[
            "no space left on device",
            "(os error 28)",
            "disk quota exceeded",
            "(os error 112)",
            // A file that is written through memory: the disk has no room for what was promised.
            "terminated with signal 7 ",
            "(signal: 7, sigbus",
        ],
    ),
    (Trouble::Killed, &["terminated with signal ", "(signal: 9, sigkill"]),
    (Trouble::CompilerCrashed, &CRASHES),
    (
        Trouble::NoLinker,
        &[
            "linker `",
            "failed to find tool. is `cc",
            "failed to find tool. is `c++",
            "is `gcc` installed",
            "xcrun: error",
            "link.exe` failed: ",
        ],
    ),
    (
        Trouble::NotFetched,
        &[
            "but --offline was specified",
            "in the offline mode",
            "in offline mode",
            "using offline mode",
            "no matching package named",
        ],
    ),
    (
        Trouble::NoNetwork,
        &[
            "could not resolve host",
            "couldn't resolve host",
            "couldn't connect",
            "could not connect",
            "failed to connect",
            "connection refused",
            "network failure",
            "spurious network error",
            "download of config.json failed",
            "failed to download",
            "unable to update registry",
            "failed to query replaced source",
            "failed to get `",
            "ssl connect error",
            "ssl peer certificate",
            "resolve proxy",
            "connect tunnel failed",
            "timeout was reached",
        ],
    ),
    (
        Trouble::ReadOnly,
        &["read-only file system", "permission denied", "(os error 30)", "(os error 13)", "(os error 5)"],
    ),
    (
        Trouble::BrokenWorkspace,
        &[
            "failed to parse manifest",
            "failed to load manifest",
            "failed to parse lock file",
            "lock file needs to be updated",
            "cannot update the lock file",
            "failed to select a version",
            "requires rustc",
            "did not match any packages",
            "no test target named",
        ],
    ),
    // Where nothing else is told, the directory went away.
    (Trouble::Unwritten, &["failed to write `"]),
];

/// What is said where rustc itself fails: by it, by cargo, or by the system.
const CRASHES: [&str; 8] = [
    "internal compiler error",
    "rustc interrupted by sig",
    "unexpectedly overflowed its stack",
    "the compiler unexpectedly panicked",
    "(signal: 6, sigabrt",
    "(signal: 11, sigsegv",
    "(exit code: 0xc00000fd",
    "(exit code: 0xc0000005",
];

/// The lines in which a text tells of a crash of the compiler's; a backtrace around them tells a learner nothing.
pub fn gist_of_crash(text: &str) -> Vec<&str> {
    let tells = |line: &&str| CRASHES[..4].iter().any(|sign| line.to_ascii_lowercase().contains(sign));
    text.lines().map(str::trim).filter(tells).take(2).collect()
}

/// The trouble that a text tells of. Only errors are read: a warning may name the same words.
pub fn recognise(text: &str) -> Option<Trouble> {
    let text = text.to_ascii_lowercase();
    SIGNS
        .iter()
        .find(|(trouble, signs)| {
            signs.iter().any(|sign| text.contains(sign))
                && (*trouble != Trouble::NoLinker || !text.contains("linker `") || text.contains("not found"))
        })
        .map(|(trouble, _)| *trouble)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_words_are_recognised() {
        let table = [
            (
                "error: linker `cc` not found\n  |\n  = note: No such file or directory (os error 2)",
                Trouble::NoLinker,
            ),
            ("error: failed to write `/x/y`: No space left on device (os error 28)", Trouble::DiskFull),
            (
                "error: linking with `cc` failed: exit status: 1\n  = note: collect2: fatal error: ld terminated with signal 7 \
                 [Bus error]",
                Trouble::DiskFull,
            ),
            (
                "error: linking with `cc` failed: exit status: 1\n  = note: collect2: fatal error: ld terminated with signal 9 \
                 [Killed]",
                Trouble::Killed,
            ),
            (
                "error: could not compile `x` (lib)\n\nCaused by:\n  process didn't exit successfully: `rustc` (signal: 9, \
                 SIGKILL: kill)",
                Trouble::Killed,
            ),
            (
                "error: rustc interrupted by SIGSEGV, printing backtrace\n\n/lib/librustc_driver.so(+0x1)[0x2]\n\nnote: rustc \
                 unexpectedly overflowed its stack! this is a bug\nerror: could not compile `x` (lib)\n\nCaused by:\n  process \
                 didn't exit successfully: `rustc` (signal: 11, SIGSEGV: invalid memory reference)",
                Trouble::CompilerCrashed,
            ),
            (
                "error: failed to download `serde v1.0.1`\n\nCaused by:\n  attempting to make an HTTP request, but \
                 --offline was specified",
                Trouble::NotFetched,
            ),
            (
                "error: failed to get `serde` as a dependency\n\nCaused by:\n  download of config.json failed\n\nCaused \
                 by:\n  [6] Could not resolve hostname (Could not resolve host: index.crates.io)",
                Trouble::NoNetwork,
            ),
            (
                "error: failed to open: /h/target/.cargo-lock\n\nCaused by:\n  Permission denied (os error 13)",
                Trouble::ReadOnly,
            ),
            (
                "error: failed to write `/t/.fingerprint/ex/dep-lib-ex`\n\nCaused by:\n  No such file or directory (os error 2)",
                Trouble::Unwritten,
            ),
            (
                "error: cannot update the lock file /w/Cargo.lock because --locked was passed to prevent this\nhelp: to \
                 generate the lock file without accessing the network, remove the --locked flag and use --offline instead.",
                Trouble::BrokenWorkspace,
            ),
        ];
        for (text, trouble) in table {
            assert_eq!(recognise(text), Some(trouble), "{text}");
        }
    }

    #[test]
    fn a_linker_that_only_complains_is_there() {
        assert_eq!(
            recognise("error: linking with `cc` failed: exit status: 1\n undefined symbol: foo"),
            None
        );
    }
}
