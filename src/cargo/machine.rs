//! The machine's own faults: errors that rustc reports as it reports those of the code, which nobody's answer may be judged by.

use crate::cargo::message::Rustc;
use crate::cargo::trouble::{Trouble, recognise};

/// Something that rustc reported, though no code is to blame.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) trouble: Trouble,
    /// The error without the linker's command line, which fills a screen and tells nothing.
    pub(super) said: String,
}

impl Fault {
    /// The fault that an error in somebody's code tells of: only where it neither names a place in there nor has a code.
    pub(super) fn in_code(error: &Rustc) -> Option<Self> {
        if error.level.ends_with("internal compiler error") {
            let said = format!("{}: {}", error.level, error.message);
            return Some(Self { trouble: Trouble::CompilerCrashed, said });
        }
        // cargo names these files, and had them built: somebody removed them.
        let is_gone = error.message.starts_with("extern location for ");
        let is_placed = !error.spans.is_empty() || error.code.is_some();
        if is_placed && !is_gone { None } else { Self::of(error) }
    }

    /// The fault that an error in a dependency tells of, whose code is known to compile.
    pub(super) fn of(error: &Rustc) -> Option<Self> {
        let said = words(error);
        let text = error.rendered.as_deref().unwrap_or(&error.message);
        trouble(&error.message, text, &said).map(|trouble| Self { trouble, said })
    }
}

/// What an error says: its first line, and where the linker spoke, the beginning of that.
fn words(error: &Rustc) -> String {
    let notes = error.children.iter().filter(|child| child.level == "note");
    // After the linker's own words rustc may add advice, which is not its.
    let mut own = notes.skip(COMMAND).filter(|note| !note.message.starts_with(OMITTED));
    let linker = own.next().filter(|_| is_linking(&error.message));
    let linker = linker.into_iter().flat_map(|note| note.message.lines()).take(SHOWN);
    std::iter::once(error.message.as_str()).chain(linker).collect::<Vec<_>>().join("\n")
}

fn trouble(message: &str, text: &str, said: &str) -> Option<Trouble> {
    if message.starts_with("could not exec the linker") {
        return Some(Trouble::BrokenLinker);
    }
    if is_linking(message) && blames_the_code(said) {
        return None;
    }
    // The text names paths and symbols as well, which are anybody's words.
    let is_machines = |it: &Trouble| {
        matches!(it, Trouble::NoLinker | Trouble::DiskFull | Trouble::Killed | Trouble::ReadOnly)
    };
    recognise(text).filter(is_machines).or_else(|| {
        let is_unwritten = UNWRITTEN.iter().any(|sign| said.contains(sign));
        if is_unwritten {
            Some(Trouble::Unwritten)
        } else {
            is_linking(message).then_some(Trouble::BrokenLinker)
        }
    })
}

fn is_linking(message: &str) -> bool {
    message.starts_with("linking with")
}

/// Whether the linker found what it works with, but not what the code asks for.
fn blames_the_code(said: &str) -> bool {
    let said = said.to_ascii_lowercase();
    let names_symbol = SYMBOLS.iter().any(|sign| said.contains(sign));
    names_symbol || LIBRARIES.iter().any(|sign| said.split(sign).skip(1).any(|rest| !is_the_systems(rest)))
}

/// Whether this begins with the name of a library that rustc links whatever the code says.
fn is_the_systems(rest: &str) -> bool {
    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '+').next().unwrap_or_default();
    ALWAYS_LINKED.contains(&name)
}

/// How many notes of an error of the linker's show what it was called with.
const COMMAND: usize = 1;

/// What rustc says after a command line of which it shows a part.
const OMITTED: &str = "some arguments are omitted";

/// How many lines of the linker's are shown.
const SHOWN: usize = 12;

/// What linkers say of symbols that code names without having them, has twice, or has too far away.
const SYMBOLS: [&str; 9] = [
    "undefined reference",
    "undefined symbol",
    "undefined hidden symbol",
    "undefined protected symbol",
    "unresolved external",
    "multiple definition",
    "multiply defined",
    "duplicate symbol",
    "relocation ",
];

/// What stands before the name of a library that linkers do not find.
const LIBRARIES: [&str; 4] =
    ["unable to find library -l", "cannot find -l", "library not found for -l", "ld: library '"];

const ALWAYS_LINKED: [&str; 11] =
    ["c", "dl", "gcc", "gcc_eh", "gcc_s", "iconv", "m", "pthread", "rt", "system", "util"];

/// What is said where a file of the build cannot be written or is gone: most likely somebody removed the directory.
const UNWRITTEN: [&str; 10] = [
    "error writing dependencies",
    "could not write output to",
    "couldn't create a temp dir",
    "failed to write",
    "failed to build archive",
    "incremental compilation",
    "cannot open output file",
    ".rcgu.o: No such file",
    ".rlib: No such file",
    "extern location for ",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn error(message: &str, linker: &str) -> Rustc {
        let note = |message: &str| Rustc {
            message: message.to_owned(),
            code: None,
            level: "note".into(),
            spans: Vec::new(),
            children: Vec::new(),
            rendered: None,
        };
        let command = " \"cc\" \"-m64\" \"-lgcc_s\" \"/home/undefined reference/ex.o\"";
        let rendered = Some(format!("error: {message}\n  = note: {command}\n  = note: {linker}\n"));
        let omitted = "some arguments are omitted. use `--verbose` to show all linker arguments";
        let mut children = vec![note(command), note(omitted), note(linker)];
        if linker.contains("undefined reference to") {
            children.push(note("use the `-l` flag to specify native libraries to link"));
            children.push(note("use the `cargo:rustc-link-lib` directive to specify the native libraries"));
        }
        Rustc { level: "error".into(), children, rendered, ..note(message) }
    }

    #[test]
    fn a_crash_of_the_compiler_is_nobodys_answer() {
        let crashed = Rustc { level: "error: internal compiler error".into(), ..error("it broke", "") };
        let fault = Fault::in_code(&crashed).unwrap();
        assert_eq!(fault.trouble, Trouble::CompilerCrashed);
        assert_eq!(fault.said, "error: internal compiler error: it broke");
    }

    const LINKING: &str = "linking with `cc` failed: exit status: 1";

    #[test]
    fn a_link_fails_by_the_code_or_by_the_machine() {
        let broken = Some(Trouble::BrokenLinker);
        let table = [
            ("collect2: fatal error: cannot find 'ld'", broken),
            ("collect2: fatal error: cannot find \u{2018}ld\u{2019}", broken),
            ("/usr/bin/ld: cannot find Scrt1.o: No such file or directory", broken),
            ("rust-lld: error: cannot open Scrt1.o: No such file or directory", broken),
            (
                "rust-lld: error: unable to find library -lgcc_s\nrust-lld: error: unable to find library -lc",
                broken,
            ),
            ("/usr/bin/ld: cannot find -lgcc_s: No such file or directory", broken),
            ("ld: cannot open output file /t/ex: No such file or directory", Some(Trouble::Unwritten)),
            ("ld: cannot open /t/ex.0jvbk0y.rcgu.o: No such file or directory", Some(Trouble::Unwritten)),
            ("collect2: fatal error: ld terminated with signal 9 [Killed]", Some(Trouble::Killed)),
            ("ld: final link failed: No space left on device", Some(Trouble::DiskFull)),
            ("rust-lld: error: undefined symbol: nothing_here\n>>> referenced by ex.o", None),
            ("ex.o: in function `f': undefined reference to `nothing_here'", None),
            ("ld: ex.o: multiple definition of `twice'; other.o: first defined here", None),
            ("rust-lld: error: duplicate symbol: twice", None),
            ("Undefined symbols for architecture arm64:\n  \"_nothing_here\"", None),
            (
                "rust-lld: error: unable to find library -lgcc_s\nrust-lld: error: unable to find library -lown",
                None,
            ),
            ("ld: library 'own' not found", None),
        ];
        for (linker, trouble) in table {
            let found = Fault::in_code(&error(LINKING, linker));
            assert_eq!(found.as_ref().map(|fault| fault.trouble), trouble, "{linker}");
            assert!(found.is_none_or(|fault| fault.said == format!("{LINKING}\n{linker}")));
        }
    }

    #[test]
    fn a_build_whose_directory_goes_away_is_no_wrong_answer() {
        for message in [
            "error writing dependencies to `/t/ex.d`: No such file or directory (os error 2)",
            "could not write output to /t/ex.o: No such file or directory",
            "couldn't create a temp dir: No such file or directory (os error 2) at path \"/t/rmeta\"",
            "failed to write /t/libex.rmeta: No such file or directory (os error 2)",
            "extern location for ex does not exist: /t/libex.rlib",
        ] {
            let fault = Fault::in_code(&error(message, ""));
            assert_eq!(
                fault.map(|fault| (fault.trouble, fault.said)),
                Some((Trouble::Unwritten, message.into()))
            );
        }
    }

    #[test]
    fn a_linker_that_cannot_be_started_is_no_home_that_cannot_be_written() {
        let fault =
            Fault::in_code(&error("could not exec the linker `cc`", "Permission denied (os error 13)"));
        assert_eq!(fault.unwrap().trouble, Trouble::BrokenLinker);
    }

    #[test]
    fn an_error_with_a_place_or_a_code_is_the_codes() {
        let mut coded = error("failed to write no space left on device", "");
        coded.code = Some(crate::cargo::message::Code { code: "E0601".into(), explanation: None });
        assert!(Fault::in_code(&coded).is_none());
        assert!(Fault::of(&coded).is_some());
    }
}
