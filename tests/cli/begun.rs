//! What begins an exercise, which one is at hand, and what is told of a home that cannot be used.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::Duration;

use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use serde_json::Value;

use crate::{MINUS, Place};

fn exercise(place: &Place) -> Value {
    let output = place.run(&["list", "--format", "json"]).assert().success().get_output().stdout.clone();
    let list: Value = serde_json::from_slice(&output).unwrap();
    list["packs"][0]["chapters"][0]["exercises"][0].clone()
}

#[test]
fn to_judge_the_starter_begins_nothing_and_own_work_does() {
    let place = Place::new();
    place.run(&["check", "--all"]).assert().code(1).stdout(contains("add failed"));
    let listed = exercise(&place);
    assert_eq!((&listed["state"], &listed["attempts"]), (&"new".into(), &0.into()));
    let file = place.home.path().join("sandbox/sums/none/add/src/lib.rs");
    fs::write(&file, MINUS).unwrap();
    place.run(&["check", "add"]).assert().code(1);
    let listed = exercise(&place);
    assert_eq!((&listed["state"], &listed["attempts"]), (&"started".into(), &1.into()));
}

#[test]
fn an_exercise_named_twice_is_judged_once() {
    let place = Place::new();
    let judged = place.run(&["check", "add", "sum", "add", "--solution"]).assert().success();
    judged.stdout(contains("add passed").count(1).and(contains("exercises:").not()));
}

#[test]
fn watch_asks_for_a_name_only_where_none_is_at_hand() {
    let place = Place::new();
    place.run(&["watch"]).assert().code(2).stderr(contains("no exercise is named"));
    let file = place.start();
    let watch = place.run(&["watch"]);
    let mut watching = std::process::Command::new(watch.get_program());
    watching.args(watch.get_args()).current_dir(file.parent().unwrap());
    watching.env("PATTERNS_TUI_HOME", place.home.path());
    watching.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut watching = watching.spawn().unwrap();
    let mut said = String::new();
    BufReader::new(watching.stderr.take().unwrap()).read_line(&mut said).unwrap();
    watching.kill().unwrap();
    watching.wait().unwrap();
    assert!(said.starts_with("watching ") && said.contains("add; Ctrl-C ends"), "{said}");
}

#[test]
fn what_is_asked_of_an_exercise_is_asked_of_the_one_at_hand() {
    let place = Place::new();
    for command in ["show", "hint", "diff", "solution"] {
        place.run(&[command]).assert().code(2).stderr(contains("no exercise is named"));
    }
    let file = place.start();
    for (command, answer) in [
        (&["show"][..], "Add two numbers"),
        (&["hint"], "Hint 1 of"),
        (&["diff", "--reveal"], "+++ model/src/lib.rs"),
        (&["solution"], "pub fn add"),
    ] {
        place.run(command).assert().success().stdout(contains(answer));
        place.run(command).current_dir(file.parent().unwrap()).assert().success();
    }
}

#[test]
fn the_exercise_at_hand_is_the_one_worked_on_last_where_a_section_was_read_since() {
    let place = Place::new();
    place.answer(MINUS);
    place.run(&["check", "add"]).assert().code(1);
    let record = place.home.path().join("progress.json");
    let mut read: serde_json::Value = serde_json::from_slice(&fs::read(&record).unwrap()).unwrap();
    assert_eq!(read["last"]["exercise"], "add");
    read["last"]["exercise"] = serde_json::Value::Null;
    fs::write(&record, read.to_string()).unwrap();
    place.run(&["show"]).assert().success().stdout(contains("Add two numbers"));
}

#[test]
fn only_the_exercise_of_the_current_directory_is_reset_without_a_name() {
    let place = Place::new();
    let file = place.start();
    fs::write(&file, MINUS).unwrap();
    for command in [&["reset"][..], &["reset", "--undo"]] {
        let refused = place.run(command).assert().code(2);
        refused.stderr(contains("the current directory is not an exercise's"));
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), MINUS);
    let here = |command: &[&str]| {
        let mut command = place.run(command);
        command.current_dir(file.parent().unwrap()).assert().success();
    };
    here(&["reset"]);
    assert_ne!(fs::read_to_string(&file).unwrap(), MINUS);
    here(&["reset", "--undo"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), MINUS);
}

#[test]
fn watch_ends_where_nobody_reads_any_more() {
    let place = Place::new();
    let watch = place.run(&["watch", "add"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut watching = std::process::Command::new(watch.get_program());
    watching.args(watch.get_args()).env("PATTERNS_TUI_HOME", place.home.path());
    let mut watching = watching.stdout(writer).stderr(Stdio::null()).spawn().unwrap();
    let ended = (0..600).find_map(|_| {
        std::thread::sleep(Duration::from_millis(100));
        watching.try_wait().unwrap()
    });
    let _ = watching.kill();
    assert!(ended.is_some_and(|ended| ended.success()));
}

#[test]
fn the_starters_comments_are_no_difference() {
    let place = Place::new();
    let shown = place.bare(&["diff", "command", "--reveal"]).assert().success();
    shown.stdout(contains("-    // Step").not().and(contains("-// Step").not()).and(contains("todo!")));
}

#[cfg(unix)]
#[test]
fn a_home_that_cannot_be_is_answered_with_how_to_choose_another() {
    let place = Place::new();
    let file = place.home.path().join("file");
    fs::write(&file, "").unwrap();
    for home in [file, place.home.path().join("a".repeat(300)), place.home.path().join("a/".repeat(2500))] {
        for command in [&["start", "add"][..], &["list"], &["check", "add"]] {
            let mut refused = place.run(command);
            let refused = refused.env("PATTERNS_TUI_HOME", &home).assert().code(3);
            let output = refused.get_output();
            let said = [output.stdout.clone(), output.stderr.clone()].concat();
            let said = String::from_utf8_lossy(&said).into_owned();
            assert!(said.contains("--home") && said.contains("PATTERNS_TUI_HOME"), "{command:?}: {said}");
        }
    }
}

#[test]
fn a_dumb_terminal_is_told_what_works_there() {
    let place = Place::new();
    let mut app = place.run(&[]);
    let refused = app.env("TERM", "dumb").assert().code(2).stdout(is_empty());
    refused.stderr(contains("cannot show a full screen").and(contains("--plain")));
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_no_success() {
    let place = Place::new();
    let help = place.bare(&["--help"]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut full_disk = std::process::Command::new(help.get_program());
    let ended = full_disk.arg("--help").stdout(full).stderr(std::process::Stdio::piped()).output().unwrap();
    assert_eq!(ended.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("could not be written"));
}

#[test]
fn without_a_toolchain_doctor_says_once_how_to_install_one() {
    let place = Place::new();
    let empty = tempfile::tempdir().unwrap();
    let mut doctor = place.bare(&["doctor"]);
    let told = doctor.env("PATH", empty.path()).assert().code(3);
    told.stdout(contains("install Rust from").count(1));
}
