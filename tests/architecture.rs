//! The architecture, held: floors, bans, sizes and the shape of every source file.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Every module of the crate and the floor it stands on.
const FLOORS: [(&str, u8); 16] = [
    ("confine", 0),
    ("files", 0),
    ("settings", 0),
    ("text", 0),
    ("pack", 1),
    ("cargo", 1),
    ("import", 2),
    ("progress", 2),
    ("sandbox", 2),
    ("check", 3),
    ("failure", 4),
    ("app", 5),
    ("tui", 6),
    ("headless", 6),
    ("cli", 7),
    ("main", 7),
];

/// What may not be named, and the modules in which it may nevertheless.
const BANS: [(&str, &[&str]); 7] = [
    ("ratatui::", &["tui"]),
    ("crossterm::", &["tui"]),
    ("clap::", &["cli", "main"]),
    ("tokio::", &["confine", "cargo", "check", "tui", "headless", "cli", "main", "sandbox"]),
    ("std::process", &["confine", "cargo", "check", "progress", "tui", "headless", "cli", "main"]),
    (
        "std::fs",
        &[
            "confine", "files", "cargo", "pack", "import", "progress", "sandbox", "check", "tui", "headless",
            "cli", "main",
        ],
    ),
    ("process::exit", &["confine", "tui", "cli", "main"]),
];

/// Banned from the pure floors, which take the time as a value.
const CLOCKS: [&str; 3] = ["Instant::now", "SystemTime::now", "thread::sleep"];
const PURE: [&str; 2] = ["app", "text"];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;
const NAMES_OF_NOTHING: [&str; 5] = ["utils", "util", "helpers", "common", "imp"];

/// A source file of the crate.
struct Source {
    path: PathBuf,
    /// The module directly below the crate that it belongs to.
    module: String,
    text: String,
}

impl Source {
    /// The lines of code outside of its inline tests, with their numbers, without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        let lines = self.text[..tests].lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.map(|(at, line)| (at, line.split("//").next().unwrap_or_default()))
    }

    fn is_test(&self) -> bool {
        let name = self.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        name == "tests"
            || name.ends_with("_tests")
            || self.path.components().any(|part| part.as_os_str() == "tests")
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let below = path.strip_prefix(&root).unwrap().with_extension("");
                let module = below.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
                found.push(Source { module, text: fs::read_to_string(&path).unwrap(), path });
            }
        }
    }
    assert!(found.len() > 50, "the sources were found");
    found
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// The modules that follow `crate::` in a line of code: one, or several in braces.
fn imported(line: &str) -> Vec<&str> {
    let mut modules = Vec::new();
    for rest in line.split("crate::").skip(1) {
        let list = rest.strip_prefix('{').map_or(rest, |list| list.split('}').next().unwrap_or_default());
        let parts = if rest.starts_with('{') { list.split(',').collect() } else { vec![list] };
        modules.extend(parts.into_iter().filter_map(|part| {
            let name = part.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
            (!name.is_empty()).then_some(name)
        }));
    }
    modules
}

/// Fails with all complaints at once.
fn none(complaints: &[String]) {
    let mut all = String::new();
    for complaint in complaints {
        writeln!(all, "  {complaint}").unwrap();
    }
    assert!(complaints.is_empty(), "{} complaints:\n{all}", complaints.len());
}

fn complaint(source: &Source, line: usize, what: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    format!("{}:{line}: {what}", source.path.strip_prefix(root).unwrap().display())
}

#[test]
fn a_file_imports_from_its_own_folder_and_from_lower_floors_only() {
    let mut complaints = Vec::new();
    for source in sources().iter().filter(|source| source.module != "lib") {
        let Some(own) = floor(&source.module) else {
            complaints.push(complaint(source, 1, "a module without a floor"));
            continue;
        };
        for (line, code) in source.code() {
            for module in imported(code).into_iter().filter(|module| *module != source.module) {
                if floor(module).is_some_and(|other| other >= own) {
                    complaints.push(complaint(source, line, &format!("`{module}` stands no lower")));
                }
            }
        }
    }
    none(&complaints);
}

#[test]
fn what_a_floor_must_not_touch_is_not_named_there() {
    let mut complaints = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        for (line, code) in source.code() {
            let code = spelled_out(code);
            for (banned, allowed) in BANS {
                let named = code
                    .match_indices(banned)
                    .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
                if named && !allowed.contains(&source.module.as_str()) {
                    complaints.push(complaint(source, line, &format!("`{banned}` is banned here")));
                }
            }
            for clock in CLOCKS {
                if code.contains(clock) && PURE.contains(&source.module.as_str()) {
                    complaints.push(complaint(source, line, &format!("`{clock}` is banned here")));
                }
            }
        }
    }
    none(&complaints);
}

/// A line of code with each of several imports from the standard library in full: `use std::{fs, io}` names `std::fs` too.
fn spelled_out(code: &str) -> String {
    let mut whole = code.to_owned();
    if let Some((_, list)) = code.split_once("std::{") {
        list.split(',').for_each(|part| write!(whole, " std::{}", part.trim()).unwrap());
    }
    whole
}

#[test]
fn several_imports_at_once_are_each_seen() {
    assert!(spelled_out("use std::{io, fs};").contains("std::fs"));
    assert_eq!(spelled_out("use std::fs;"), "use std::fs;");
}

#[test]
fn every_file_says_what_it_is_for() {
    let without = |source: &&Source| !source.text.starts_with("//! ");
    none(
        &sources()
            .iter()
            .filter(without)
            .map(|source| complaint(source, 1, "no purpose"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn no_file_and_no_function_is_too_long() {
    let mut complaints = Vec::new();
    for source in sources() {
        let lines: Vec<&str> = source.text.lines().collect();
        if lines.len() > LONGEST_FILE {
            complaints.push(complaint(&source, 1, &format!("{} lines", lines.len())));
        }
        for (start, length) in functions(&lines) {
            if length > LONGEST_FUNCTION {
                complaints.push(complaint(&source, start + 1, &format!("a function of {length} lines")));
            }
        }
    }
    none(&complaints);
}

/// Where each function begins and how many lines it has: formatted code closes it at the indentation it began at.
fn functions(lines: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let words = code.split("fn ").next().unwrap_or_default();
        let declares = code.contains("fn ")
            && words.split_whitespace().all(|word| {
                ["async", "const", "pub", "unsafe"].contains(&word)
                    || word.starts_with("pub(")
                    || word.ends_with(')')
            });
        if declares && !code.ends_with([';', '}']) {
            let close = format!("{}}}", &line[..line.len() - code.len()]);
            let length = lines[start..].iter().position(|line| *line == close).unwrap_or(0);
            found.push((start, length + 1));
        }
    }
    found
}

#[test]
fn a_mod_file_declares_and_does_nothing() {
    let mut complaints = Vec::new();
    for source in sources().iter().filter(|source| source.path.ends_with("mod.rs")) {
        for (line, code) in source.code() {
            if ["fn ", "impl ", "struct ", "enum "].iter().any(|word| code.contains(word)) {
                complaints.push(complaint(source, line, "logic in a mod.rs"));
            }
        }
    }
    none(&complaints);
}

#[test]
fn no_file_is_named_for_nothing() {
    let nameless = |source: &&Source| {
        let stem = source.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        NAMES_OF_NOTHING.contains(&stem)
    };
    none(
        &sources()
            .iter()
            .filter(nameless)
            .map(|source| complaint(source, 1, "its name says nothing"))
            .collect::<Vec<_>>(),
    );
}
