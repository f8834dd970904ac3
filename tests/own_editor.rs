//! The command line beside a person's own editor: every save is judged, and the crate that one stands in is the one that is meant.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

const RIGHT: &str = "pub fn answer() -> u8 {\n    42\n}\n";
const WRONG: &str = "pub fn answer() -> u8 {\n    41\n}\n";

/// The program on the good pack.
fn program(home: &Path, arguments: &[&str]) -> Command {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs/good");
    let mut command = Command::new(cargo_bin("patterns-tui"));
    command.args(arguments).arg("--pack").arg(pack).env("PATTERNS_TUI_HOME", home).current_dir(home);
    command
}

/// Starts an exercise and gives its directory.
fn start(home: &Path, exercise: &str) -> PathBuf {
    let started = program(home, &["start", exercise]).output().unwrap();
    assert!(started.status.success(), "{started:?}");
    PathBuf::from(String::from_utf8(started.stdout).unwrap().trim_end())
}

/// What a child writes, object by object.
fn objects(child: &mut Child) -> Receiver<Value> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (sender, objects) = mpsc::channel();
    thread::spawn(move || {
        let objects = lines.map_while(Result::ok).filter_map(|line| serde_json::from_str(&line).ok());
        objects.for_each(|object: Value| drop(sender.send(object)));
    });
    objects
}

fn verdict(objects: &Receiver<Value>) -> String {
    loop {
        let object = objects.recv_timeout(Duration::from_mins(1)).unwrap();
        if object["type"] == "verdict" {
            return object["verdict"].as_str().unwrap().to_owned();
        }
    }
}

#[test]
fn every_save_is_judged_until_ctrl_c() {
    let home = tempfile::tempdir().unwrap();
    let file = start(home.path(), "zeta").join("src/lib.rs");
    fs::write(&file, WRONG).unwrap();
    let mut watch = program(home.path(), &["watch", "zeta", "--format", "json"]);
    let mut child = watch.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let told = objects(&mut child);
    assert_eq!(verdict(&told), "failed");
    fs::write(&file, RIGHT).unwrap();
    assert_eq!(verdict(&told), "passed");
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let listed = program(home.path(), &["list", "--format", "json"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(listed.contains("\"state\": \"passed\""), "progress is kept: {listed}");
}

#[test]
fn without_a_name_the_exercise_is_meant_in_whose_crate_one_stands() {
    let home = tempfile::tempdir().unwrap();
    let crates = ["zeta", "alpha"].map(|exercise| (exercise, start(home.path(), exercise)));
    for (exercise, dir) in &crates {
        let mut check = program(home.path(), &["check", "--format", "json"]);
        let checked = check.current_dir(dir.join("src")).output().unwrap();
        let last = String::from_utf8(checked.stdout).unwrap();
        let verdict: Value = serde_json::from_str(last.lines().last().unwrap()).unwrap();
        assert_eq!(verdict["exercise"], *exercise);
    }
    let checked = program(home.path(), &["check", "--format", "json"]).output().unwrap();
    assert!(String::from_utf8_lossy(&checked.stdout).contains("\"exercise\":\"alpha\""), "the last one");
}

#[test]
fn crates_are_built_ahead_and_the_machine_is_examined() {
    let home = tempfile::tempdir().unwrap();
    let warmed = program(home.path(), &["warm", "--set", "extra"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&warmed.stdout), "extra: ready\n", "{warmed:?}");
    let unknown = program(home.path(), &["warm", "--set", "extar"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean `extra`?"), "{unknown:?}");
    let unlike = program(home.path(), &["warm", "--set", "qqqqq"]).output().unwrap();
    assert!(String::from_utf8_lossy(&unlike.stderr).contains("it uses `"), "{unlike:?}");
    let examined = program(home.path(), &["doctor", "--format", "json"]).output().unwrap();
    let told: Value = serde_json::from_slice(&examined.stdout).unwrap();
    let state = |name: &str| {
        let findings = told["findings"].as_array().unwrap();
        findings.iter().find(|finding| finding["name"] == name).unwrap()["state"].clone()
    };
    assert_eq!(
        (state("home"), state("toolchain"), state("build")),
        ("works".into(), "works".into(), "works".into())
    );
    assert_eq!(examined.status.code(), Some(0), "{told}");
}
