//! The files of an exercise's directory, sorted by what they are for.

use std::collections::BTreeMap;

use crate::pack::model::Files;
use crate::pack::problem::{Problem, Problems};
use crate::pack::shared_text::SharedText;
use crate::pack::source::Texts;
use crate::pack::suggest::suggest;

/// What may stand in an exercise's directory.
const PARTS: [&str; 5] = ["exercise.toml", "starter", "solution", "tests", "wrong"];
/// What a crate does not bring: the sandbox writes it.
const WRITTEN_BY_US: [&str; 2] = ["Cargo.toml", "Cargo.lock"];

/// What cargo is told not to look for.
const BUILD_SCRIPT: &str = "build.rs";

/// The files of an exercise.
#[derive(Debug, Default)]
pub(super) struct ExerciseFiles {
    pub(super) starter: Files,
    pub(super) solution: Files,
    pub(super) tests: Files,
    /// By the name of the wrong answer.
    pub(super) wrong: BTreeMap<String, Files>,
}

/// Sorts the files below `root`, as in `exercises/strategy/`.
pub(super) fn sort(root: &str, texts: &Texts, problems: &mut Problems) -> ExerciseFiles {
    let mut files = ExerciseFiles::default();
    for (path, text) in texts.range(root.to_owned()..).take_while(|(path, _)| path.starts_with(root)) {
        let below = &path[root.len()..];
        let (part, rest) = below.split_once('/').unwrap_or((below, ""));
        let group = match part {
            "exercise.toml" if rest.is_empty() => continue,
            "starter" => &mut files.starter,
            "solution" => &mut files.solution,
            "tests" => &mut files.tests,
            "wrong" if rest.contains('/') => {
                let (name, rest) = rest.split_once('/').unwrap_or_default();
                place(files.wrong.entry(name.to_owned()).or_default(), rest, path, text, problems);
                continue;
            }
            _ => {
                let help = suggest(part, &PARTS);
                let problem = Problem::error(path, "this is no part of an exercise").at_top(text);
                problems.push(problem.warning().help(help));
                continue;
            }
        };
        place(group, rest, path, text, problems);
    }
    files
}

fn place(group: &mut Files, rest: &str, path: &str, text: &SharedText, problems: &mut Problems) {
    if WRITTEN_BY_US.contains(&rest) {
        let help = "the dependency set fixes the dependencies: name it in exercise.toml";
        let problem = Problem::error(path, "a crate's manifest is written by the program").at_top(text);
        problems.push(problem.help(help));
    } else {
        if rest == BUILD_SCRIPT {
            let problem = Problem::error(path, "a build script is never run").at_top(text);
            problems.push(problem.warning().help("remove it: no crate of an exercise has one"));
        }
        group.insert(rest.to_owned(), text.clone());
    }
}
