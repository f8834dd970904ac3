//! Runs of the command line that come to nothing: cut short by Ctrl-C or by a reader that left, or asked of an exercise that has no files.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use patterns_tui::pack::{self, Question};
use patterns_tui::progress::{Change, Store, question_key};
use predicates::prelude::*;
use predicates::str::{contains, is_empty};

/// The program on the pack of five exercises.
fn program(home: &Path, arguments: &[&str]) -> Command {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs/good");
    let mut command = Command::new(cargo_bin("patterns-tui"));
    command.args(arguments).arg("--pack").arg(pack).env("PATTERNS_TUI_HOME", home).current_dir(home);
    command
}

fn place(home: &Path, exercise: &str) -> PathBuf {
    let placed = program(home, &["start", exercise]).output().unwrap();
    PathBuf::from(String::from_utf8(placed.stdout).unwrap().trim_end()).join("src/lib.rs")
}

#[test]
fn after_ctrl_c_no_further_exercise_is_begun() {
    let home = tempfile::tempdir().unwrap();
    fs::write(place(home.path(), "zeta"), "pub fn answer() -> u8 {\n    loop {}\n}\n").unwrap();
    let mut check = program(home.path(), &["check", "zeta", "alpha", "--format", "json"]);
    let mut child = check.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("test-started")), "no test was started");
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let rest: Vec<_> = lines.collect();
    let verdict = rest.last().unwrap();
    assert!(verdict.contains("\"verdict\":\"unjudged\",\"cause\":\"cancelled\""), "{rest:?}");
    assert!(!rest.iter().any(|line| line.contains("alpha")), "{rest:?}");
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

#[test]
fn when_nobody_reads_no_further_exercise_is_begun_and_none_passes() {
    let home = tempfile::tempdir().unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended =
        program(home.path(), &["check", "zeta", "alpha", "--solution"]).stdout(writer).output().unwrap();
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
    let judged = home.path().join("judge/good/none");
    assert!(judged.join("zeta").exists() && !judged.join("alpha").exists());
}

#[test]
fn a_quiz_that_was_not_answered_has_not_passed() {
    let home = tempfile::tempdir().unwrap();
    assert_cmd::Command::from_std(program(home.path(), &["check", "guess"]))
        .assert()
        .code(1)
        .stdout(contains("3 of 3 questions are not answered").and(contains("answered in the app")))
        .stdout(contains("guess failed: 0 of 3 questions answered correctly"));
    let json = program(home.path(), &["check", "guess", "--format", "json"]).output().unwrap();
    assert_eq!(json.status.code(), Some(1));
    let last = String::from_utf8(json.stdout).unwrap().lines().last().unwrap().to_owned();
    assert!(last.contains(r#""subject":"learner""#) && last.contains(r#""verdict":"failed""#), "{last}");
    assert_eq!(last.matches(r#""outcome":"not-run""#).count(), 3, "{last}");
    assert!(!home.path().join("judge").exists(), "nothing is built");
}

#[test]
fn the_answers_to_a_quiz_are_forgotten_and_brought_back() {
    let home = tempfile::tempdir().unwrap();
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs/good");
    let pack = pack::load(&pack::Source::Directory(pack)).unwrap();
    let answer = |question: &Question| Change::Answered {
        pack: "good".into(),
        exercise: "guess".into(),
        question: question_key(question),
        option: question.answer,
    };
    let store = Store::open(home.path().join("progress.json"));
    store
        .apply(&pack.exercise("guess").unwrap().questions.iter().map(answer).collect::<Vec<_>>(), 1)
        .unwrap();
    let run = |arguments: &[&str]| program(home.path(), arguments).output().unwrap().status.code();
    assert_eq!(run(&["check", "guess"]), Some(0));
    assert_eq!(run(&["reset", "guess"]), Some(0));
    assert_eq!(run(&["check", "guess"]), Some(1));
    assert_eq!(run(&["reset", "--undo", "guess"]), Some(0));
    assert_eq!(run(&["check", "guess"]), Some(0));
}

#[test]
fn a_quiz_has_no_files_to_start_from_nor_a_model_answer() {
    let home = tempfile::tempdir().unwrap();
    for arguments in
        [&["start", "guess"][..], &["watch", "guess"], &["diff", "guess"], &["solution", "guess"]]
    {
        assert_cmd::Command::from_std(program(home.path(), arguments))
            .assert()
            .code(2)
            .stdout(is_empty())
            .stderr(contains("`guess` is a quiz").and(contains("patterns-tui show guess")));
    }
    let revealed = program(home.path(), &["solution", "guess", "--reveal"]);
    assert_cmd::Command::from_std(revealed).assert().code(2).stderr(contains("`guess` is a quiz"));
    for arguments in [&["hint", "guess"][..], &["hint", "guess", "--step", "1"]] {
        assert_cmd::Command::from_std(program(home.path(), arguments))
            .assert()
            .code(2)
            .stdout(is_empty())
            .stderr(
                contains("it has no hints").and(contains("answered in the app")).and(contains("steps").not()),
            );
    }
    let shown = program(home.path(), &["show", "guess"]);
    assert_cmd::Command::from_std(shown).assert().code(0).stderr(contains("answered in the app"));
    let reset = program(home.path(), &["reset", "guess"]);
    assert_cmd::Command::from_std(reset).assert().code(0).stderr(contains("nothing of `guess` was answered"));
    let undone = program(home.path(), &["reset", "--undo", "guess"]);
    assert_cmd::Command::from_std(undone).assert().code(2).stderr(contains("no reset to undo"));
    assert!(!home.path().join("sandbox").exists() && !home.path().join("progress.json").exists());
}

#[test]
fn a_home_that_cannot_be_written_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("file");
    fs::write(&home, "").unwrap();
    let mut start = program(&home, &["start", "zeta"]);
    start.current_dir(dir.path());
    let start = assert_cmd::Command::from_std(start).assert().code(3);
    start.stdout(is_empty()).stderr(contains("file/sandbox"));
}

#[test]
fn where_there_is_nothing_to_judge_nothing_passes() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("notes.md"), "# Notes\n").unwrap();
    let mut check = Command::new(cargo_bin("patterns-tui"));
    check.args(["check", "--all", "--pack", "notes.md"]).env("PATTERNS_TUI_HOME", home.path());
    check.current_dir(home.path());
    assert_cmd::Command::from_std(check)
        .assert()
        .code(2)
        .stderr(contains("is a document: it has no exercises"));
}

#[test]
fn crates_that_are_built_on_request_are_told_of_before_a_program_is_built() {
    let home = tempfile::tempdir().unwrap();
    let pack = home.path().join("pack");
    let manifest = "[workspace]\nmembers = [\"warm\"]\n[workspace.metadata.patterns-tui]\nopt-in = { minutes = 7, mib = 1 }\n\
                    [workspace.dependencies]\nitoa = \"=1.0.15\"\n";
    let lock = "version = 4\n\n[[package]]\nname = \"itoa\"\nversion = \"1.0.15\"\nsource = \
                \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \
                \"4a5f13b858c8d314ee3e8f639011f7ccefe71f97f96e50151fb991f267928e2c\"\n\n[[package]]\nname = \"warm\"\nversion = \
                \"0.0.0\"\ndependencies = [\n \"itoa\",\n]\n";
    for (path, text) in [
        ("pack.toml", PACK),
        ("chapters/one.md", "# One\n"),
        ("sandbox/dear/Cargo.toml", manifest),
        ("sandbox/dear/Cargo.lock", lock),
        ("../x.rs", "fn main() {}\n"),
    ] {
        let path = pack.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut play = Command::new(cargo_bin("patterns-tui"));
    play.args(["play", "x.rs", "--set", "dear", "--pack", "pack"]).current_dir(home.path());
    play.env("PATTERNS_TUI_HOME", home.path().join("home")).env("CARGO_NET_RETRY", "0");
    for name in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "CARGO_HTTP_PROXY"] {
        play.env(name, "http://127.0.0.1:9");
    }
    assert_cmd::Command::from_std(play)
        .assert()
        .code(3)
        .stderr(contains("the crates of `dear` are built first, about 7 min and 1 MiB"));
}

const PACK: &str = "format = 1\nid = \"p\"\ntitle = \"P\"\nversion = \"1.0.0\"\nlanguage = \"en\"\nauthors = [\"A\"]\n\
                    license = \"MIT\"\nrequires = \"*\"\nchapters = [\"one\"]\n";
