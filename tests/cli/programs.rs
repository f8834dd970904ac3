//! Programs that `play` runs: what they read, what they print, how they end.

use std::fs;

use predicates::prelude::*;
use predicates::str::{contains, is_empty};

use crate::Place;

#[test]
fn a_listing_is_run_with_what_is_typed() {
    let place = Place::new();
    place.run(&["play", "greet"]).write_stdin("you\n").assert().success().stdout("hello you\n");
    place.run(&["play", "greet"]).write_stdin("").assert().code(1).stderr(contains("ended with status 4"));
    fs::write(place.home.path().join("dies.rs"), "fn main() { std::process::abort() }").unwrap();
    let dies = place.run(&["play", "dies.rs"]).assert().code(1);
    dies.stderr(contains("killed by").and(contains("it aborted")));
    place.run(&["play", "greet", "--set", "nosuch"]).assert().code(2).stderr(contains("`nosuch`"));
    let file = place.home.path().join("x.rs");
    fs::write(&file, "fn main() { nothing }").unwrap();
    let played = place.run(&["play", "x.rs"]).assert().code(1);
    played.stdout(is_empty()).stderr(contains("E0425").and(contains("did not compile")));
}

#[test]
fn what_the_compiler_says_is_said_of_the_file_that_was_named() {
    let place = Place::new();
    fs::write(place.home.path().join("x.rs"), "mod other;\nfn mai() { nothing }\n").unwrap();
    let played = place.run(&["play", "x.rs"]).assert().code(1).stdout(is_empty());
    let played = played.stderr(contains(" x.rs:2:12").and(contains("function to `x.rs`")));
    played.stderr(contains("src/main.rs").not().and(contains("playground/").not()));
}

#[test]
fn a_program_is_read_from_standard_input() {
    let place = Place::new();
    let code = "fn main() { println!(\"read {}\", std::io::stdin().lines().count()); }";
    place.run(&["play", "-"]).write_stdin(code).assert().success().stdout("read 0\n");
    let wrong = place.run(&["play", "-"]).write_stdin("fn main() { nothing }").assert().code(1);
    wrong.stderr(contains("<standard input>:1:13"));
}

#[test]
fn every_byte_of_a_long_output_arrives() {
    let place = Place::new();
    let code = "fn main() { for i in 0..300_000 { println!(\"line number {i}\"); } }";
    let played = place.run(&["play", "-"]).write_stdin(code).assert().success().stderr(is_empty());
    let expected: Vec<u8> = (0..300_000).flat_map(|i| format!("line number {i}\n").into_bytes()).collect();
    let printed = &played.get_output().stdout;
    assert_eq!(printed.len(), expected.len());
    assert!(*printed == expected);
}

#[cfg(unix)]
#[test]
fn a_program_ends_when_nobody_reads_its_output_any_more() {
    use std::io::Read as _;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    let place = Place::new();
    let code = "fn main() { loop { println!(\"on\"); } }";
    fs::write(place.home.path().join("endless.rs"), code).unwrap();
    let play = place.run(&["play", "endless.rs"]);
    let mut command = Command::new(play.get_program());
    command.args(play.get_args()).env("PATTERNS_TUI_HOME", place.home.path());
    command.current_dir(place.home.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut few = [0; 100];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut few).unwrap();
    drop(stdout);
    let ended = (0..600).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        child.try_wait().unwrap()
    });
    if ended.is_none() {
        child.kill().unwrap();
    }
    let said = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    assert_eq!((ended.and_then(|status| status.code()), said.as_str()), (Some(0), ""));
}
