//! Tests of the learner's files.

use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use super::*;
use crate::sandbox::testing::{STARTER, pack};
use crate::settings::Home;

#[test]
fn editable_files_come_first() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    let files = sandbox.open(&pack, &pack.exercises[0]).unwrap();
    let shown: Vec<_> = files.iter().map(|file| (file.path.as_str(), file.editable)).collect();
    assert_eq!(shown, [("src/lib.rs", true), ("src/fixed.rs", false), ("tests/judge.rs", false)]);
    assert_eq!(files[0].text, STARTER);
}

#[test]
fn only_the_learners_files_are_written() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    for file in ["tests/judge.rs", "src/fixed.rs", "Cargo.toml", "../x"] {
        let refused = sandbox.write(&pack, &pack.exercises[0], file, "x");
        assert!(matches!(refused, Err(SandboxError::NotEditable(_))), "{file}");
    }
}

#[test]
fn every_text_before_is_in_the_history() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    sandbox.open(&pack, &pack.exercises[0]).unwrap();
    for text in ["one", "two", "three"] {
        sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", text).unwrap();
    }
    let history = sandbox.history(&pack, &pack.exercises[0]).unwrap();
    let versions = history.versions("src/lib.rs").unwrap();
    let texts: Vec<_> = versions.iter().map(|version| history.read(version).unwrap()).collect();
    assert_eq!(texts, [STARTER.as_bytes(), b"one", b"two"]);
}

#[test]
fn a_reset_can_be_undone() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    let exercise = &pack.exercises[0];
    let read = || sandbox.read(&pack, exercise, "src/lib.rs").unwrap();
    assert!(matches!(sandbox.restore(&pack, exercise), Err(SandboxError::NothingToRestore)));
    sandbox.write(&pack, exercise, "src/lib.rs", "mine").unwrap();
    sandbox.reset(&pack, exercise).unwrap();
    assert_eq!(read(), STARTER);
    assert!(!sandbox.reset(&pack, exercise).unwrap());
    assert!(sandbox.restorable(&pack, exercise), "a second reset changes nothing and forgets nothing");
    sandbox.restore(&pack, exercise).unwrap();
    assert_eq!(read(), "mine");
    assert!(!sandbox.restorable(&pack, exercise));
}

#[test]
fn a_reset_that_took_nothing_away_is_not_undone() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    let exercise = &pack.exercises[0];
    sandbox.reset(&pack, exercise).unwrap();
    assert!(!sandbox.restorable(&pack, exercise), "there was nothing before");
    sandbox.write(&pack, exercise, "src/lib.rs", "mine").unwrap();
    sandbox.reset(&pack, exercise).unwrap();
    let mut grown = pack.clone();
    grown.exercises[0].edit.push("src/fixed.rs".into());
    sandbox.restore(&grown, &grown.exercises[0]).unwrap();
    assert_eq!(sandbox.read(&grown, &grown.exercises[0], "src/lib.rs").unwrap(), "mine");
    let fixed = sandbox.read(&grown, &grown.exercises[0], "src/fixed.rs").unwrap();
    assert_eq!(fixed, "// fixed\n", "what a new version of the pack lets the learner change stays");
}

#[test]
fn what_is_no_text_is_told_and_kept() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    let exercise = &pack.exercises[0];
    sandbox.open(&pack, exercise).unwrap();
    fs::write(sandbox.crate_dir(&pack, exercise).join("src/lib.rs"), b"\xff\xfe").unwrap();
    let error = sandbox.read(&pack, exercise, "src/lib.rs").unwrap_err();
    assert!(error.to_string().ends_with("src/lib.rs is not UTF-8 text"), "{error}");
    sandbox.write(&pack, exercise, "src/lib.rs", "text").unwrap();
    let history = sandbox.history(&pack, exercise).unwrap();
    let kept = history.versions("src/lib.rs").unwrap();
    assert_eq!(history.read(kept.last().unwrap()).unwrap(), b"\xff\xfe");
}

#[test]
fn a_text_that_is_too_large_is_refused_and_hinders_no_other() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    let exercise = &pack.exercises[0];
    let write = |text: &str| sandbox.write(&pack, exercise, "src/lib.rs", text);
    write("mine").unwrap();
    assert!(matches!(write(&"x".repeat(9 << 20)), Err(SandboxError::TooLarge(_))));
    assert_eq!(sandbox.read(&pack, exercise, "src/lib.rs").unwrap(), "mine");
    write("mine again").unwrap();
}

#[test]
fn the_playground_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    assert_eq!(sandbox.read_playground(&pack).unwrap(), None);
    sandbox.write_playground(&pack, "fn main() {}").unwrap();
    assert_eq!(sandbox.read_playground(&pack).unwrap().as_deref(), Some("fn main() {}"));
    sandbox.write_playground(&pack, "// a listing").unwrap();
    let history = sandbox.playground_history(&pack).unwrap();
    let kept = history.versions("playground.rs").unwrap();
    assert_eq!(history.read(kept.last().unwrap()).unwrap(), b"fn main() {}", "in the history");
}

const WRITER: &str = "SANDBOX_TEST_WRITER";

/// Not a test by itself: run as a child by the next one, it writes until it is killed.
#[test]
fn writer_until_killed() {
    let Some(home) = env::var_os(WRITER) else { return };
    let sandbox = Sandbox::new(Home::new(home));
    let pack = pack();
    for n in 0_u64.. {
        sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", &whole(n)).unwrap();
    }
}

#[test]
fn a_kill_leaves_a_whole_text() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(home.path()));
    let pack = pack();
    let mut last = 0;
    for _ in 0..12 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "sandbox::learner::tests::writer_until_killed"])
            .env(WRITER, home.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        wait_until_it_writes(&home.path().join("sandbox/demo/none/a-b/src/lib.rs"), last);
        child.kill().unwrap();
        child.wait().unwrap();
        let text = sandbox.read(&pack, &pack.exercises[0], "src/lib.rs").unwrap();
        last = text.len();
        let n = text.split_whitespace().next().unwrap().parse().unwrap();
        assert_eq!(text, whole(n), "the text is torn");
        let history = sandbox.history(&pack, &pack.exercises[0]).unwrap();
        for version in history.versions("src/lib.rs").unwrap() {
            let kept = String::from_utf8(history.read(&version).unwrap()).unwrap();
            assert_eq!(kept, whole(kept.split_whitespace().next().unwrap().parse().unwrap()));
        }
    }
}

/// Texts of different lengths that tell whether they are whole.
fn whole(n: u64) -> String {
    format!("{n} ").repeat(2_000 + usize::try_from(n * 7_919 % 20_000).unwrap())
}

fn wait_until_it_writes(file: &Path, last: usize) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while fs::metadata(file).map_or(0, |found| usize::try_from(found.len()).unwrap()) == last {
        assert!(std::time::Instant::now() < deadline, "the child does not write");
        std::thread::yield_now();
    }
}
