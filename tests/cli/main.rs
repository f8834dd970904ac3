//! The command line from outside: real processes, real cargo, a home of its own for each test.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};
use serde_json::{Value, json};
use tempfile::TempDir;

mod begun;
mod completions;
mod judges;
mod names;
mod programs;

const ANSWER: &str = "pub fn add(a: i32, b: i32) -> i32 {\n    b + a\n}\n";
const MINUS: &str = "pub fn add(a: i32, b: i32) -> i32 {\n    a - b\n}\n";

/// A home, and the program at work on it.
struct Place {
    home: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    /// The program without a pack named.
    fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("patterns-tui").unwrap();
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "LC_ALL", "LC_CTYPE"] {
            command.env_remove(name);
        }
        command.env("LANG", "C.UTF-8").env("PATTERNS_TUI_HOME", self.home.path());
        command.current_dir(self.home.path()).args(arguments);
        command
    }

    /// The program on the pack of sums.
    fn run(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command.arg("--pack").arg(pack("sums"));
        command
    }

    /// Places the exercise and gives its source file.
    fn start(&self) -> PathBuf {
        let output = self.run(&["start", "add"]).assert().success().get_output().stdout.clone();
        let dir = PathBuf::from(String::from_utf8(output).unwrap().trim_end());
        assert!(dir.starts_with(self.home.path()), "{}", dir.display());
        dir.join("src/lib.rs")
    }

    fn answer(&self, text: &str) {
        fs::write(self.start(), text).unwrap();
    }
}

fn pack(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs").join(name)
}

fn json_lines(output: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(output).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_built_in_pack_is_judged_end_to_end() {
    let place = Place::new();
    let failed = place.bare(&["check", "strategy"]).assert().code(1);
    failed
        .stdout(contains("✗ strategy failed: 0 of 18 tests passed"))
        .stdout(contains("✗ no_units_cost_nothing").and(contains("○ nine_pay_in_full")))
        .stdout(contains("still todo!()").count(16));
    let passed = place.bare(&["check", "strategy", "--solution"]).assert().success();
    passed.stdout(contains("✓ strategy passed: all 18 tests"));
}

#[test]
fn a_check_goes_from_failed_to_passed_and_progress_is_kept() {
    let place = Place::new();
    place.answer(MINUS);
    place
        .run(&["check", "add"])
        .assert()
        .code(1)
        .stdout(contains("tests/add.rs:5:5").and(contains("expected  3")).and(contains("actual  -1")))
        .stdout(contains("1 more in later steps"))
        .stdout(contains("✗ add failed: 0 of 2 tests passed"))
        .stderr(is_empty());
    place.answer(ANSWER);
    place.run(&["check", "add"]).assert().success().stdout(contains("✓ add passed: all 2 tests"));
    place.run(&["list"]).assert().success().stdout(contains("1 of 1 exercises passed"));
    place.run(&["check"]).assert().success().stdout(contains("add passed"));
}

#[test]
fn json_ends_with_the_verdict() {
    let place = Place::new();
    place.answer(MINUS);
    let output = place.run(&["check", "add", "--format", "json"]).assert().code(1).get_output().clone();
    let lines = json_lines(&output.stdout);
    assert!(
        lines.iter().all(|line| line["schema"] == 1 && line["pack"] == "sums" && line["exercise"] == "add")
    );
    assert_eq!(lines[0]["type"], "started");
    assert_eq!(lines[0]["tests"], serde_json::json!(["one_and_two", "order_does_not_matter"]));
    let verdict = lines.last().unwrap();
    assert_eq!(verdict["type"], "verdict");
    assert_eq!(verdict["verdict"], "failed");
    assert_eq!(verdict["cause"], "tests-failed");
    assert_eq!(verdict["tests"][0]["outcome"], "failed");
    assert_eq!(verdict["tests"][0]["difference"]["expected"], "3");
    assert!(verdict["build_ms"].is_u64() && verdict["run_ms"].is_u64());
}

#[test]
fn what_does_not_compile_says_where() {
    let place = Place::new();
    place.answer("pub fn add(a: i32, b: i32) -> i32 {\n    a + c\n}\n");
    place
        .run(&["check", "add"])
        .assert()
        .code(1)
        .stdout(contains("error[E0425]").and(contains("src/lib.rs:2:9")))
        .stdout(contains("✗ add failed: it does not compile, 1 error"));
    let output = place.run(&["check", "add", "--format", "json"]).assert().code(1).get_output().clone();
    let verdict = json_lines(&output.stdout).pop().unwrap();
    assert_eq!(verdict["cause"], "did-not-compile");
    assert_eq!(verdict["diagnostics"][0]["code"], "E0425");
    assert_eq!(verdict["tests"][0]["outcome"], "not-run");
}

#[test]
fn junit_is_one_document() {
    let place = Place::new();
    place
        .run(&["check", "--all", "--solution", "--format", "junit"])
        .assert()
        .success()
        .stdout(starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"))
        .stdout(contains("<testsuite name=\"sums/add/solution\" tests=\"2\" failures=\"0\" errors=\"0\""))
        .stdout(contains("<testcase name=\"one_and_two\" classname=\"sums/add/solution\""));
}

#[test]
fn without_cargo_nothing_is_called_wrong() {
    let place = Place::new();
    let empty = tempfile::tempdir().unwrap();
    let mut check = place.run(&["check", "add", "--solution"]);
    check.env("PATH", empty.path()).assert().code(3).stdout(contains("no rustc was found"));
    let mut doctor = place.bare(&["doctor", "--format", "json"]);
    let output = doctor.env("PATH", empty.path()).assert().code(3).get_output().clone();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = told["findings"].as_array().unwrap();
    let toolchain = findings.iter().find(|finding| finding["name"] == "toolchain").unwrap();
    assert_eq!(toolchain["state"], "broken");
}

#[test]
fn what_was_done_under_the_former_name_is_not_lost_over_the_new_one() {
    let place = Place::new();
    let known =
        r#"{"version": 1, "exercises": {"sums": {"sum": {"started": 1, "passed": 2, "attempts": 9}}}}"#;
    fs::write(place.home.path().join("progress.json"), known).unwrap();
    place.start();
    let output = place.run(&["list", "--format", "json"]).assert().success().get_output().stdout.clone();
    let list: Value = serde_json::from_slice(&output).unwrap();
    let exercise = &list["packs"][0]["chapters"][0]["exercises"][0];
    assert_eq!((&exercise["state"], &exercise["attempts"]), (&"passed".into(), &9.into()));
}

#[test]
fn a_broken_pack_is_told_whole() {
    let place = Place::new();
    let mut list = place.bare(&["list", "--pack"]);
    list.arg(pack("mistakes"))
        .assert()
        .code(2)
        .stdout(is_empty())
        .stderr(contains("pack.toml").and(contains("exercise.toml")).and(contains("cannot be opened")));
}

#[test]
fn sections_listings_and_tasks_are_shown() {
    let place = Place::new();
    place.run(&["show", "numbers#addition-order"]).assert().success().stdout(contains("It does not matter."));
    let section = place.run(&["show", "numbers#addition"]).assert().success();
    section.stdout(contains("two and two").and(contains("fn main()")).and(contains("What can be").not()));
    place.run(&["show", "greet"]).assert().success().stdout(starts_with("fn main() {\n"));
    place.run(&["show", "add"]).assert().success().stdout(contains("Step 2 of 2: In any order"));
}

#[test]
fn what_goes_into_a_pipe_is_not_taken_for_read() {
    let place = Place::new();
    let shown = place.run(&["show", "numbers#addition"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut closed = std::process::Command::new(shown.get_program());
    closed.args(shown.get_args()).env("PATTERNS_TUI_HOME", place.home.path());
    let ended = closed.stdout(writer).stderr(std::process::Stdio::piped()).output().unwrap();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    place.run(&["show", "numbers#addition"]).assert().success();
    let output = place.run(&["list", "--format", "json"]).assert().success().get_output().stdout.clone();
    let list: Value = serde_json::from_slice(&output).unwrap();
    assert_eq!(list["packs"][0]["chapters"][0]["sections"][0]["read"], false);
}

#[test]
fn hints_come_one_at_a_time() {
    let place = Place::new();
    let shown = |text: &'static str| place.run(&["hint", "add"]).assert().success().stdout(contains(text));
    shown("There is an operator").stderr(contains("1 more"));
    shown("a + b").stderr(contains("last hint"));
    let seen = place.run(&["hint", "add", "--seen"]).assert().success();
    seen.stdout(contains("There is an operator").and(contains("a + b")));
    place.run(&["hint", "add", "--step", "3"]).assert().code(2).stderr(contains("no step 3"));
}

#[test]
fn the_model_answer_is_locked_until_it_is_earned_or_revealed() {
    let place = Place::new();
    place.answer(ANSWER);
    for command in ["solution", "diff"] {
        place.run(&[command, "add"]).assert().code(2).stdout(is_empty()).stderr(contains("locked"));
    }
    place.run(&["check", "add"]).assert().success();
    place.run(&["solution", "add"]).assert().success().stdout(contains("a + b"));
    let diff = place.run(&["diff", "add"]).assert().success();
    diff.stdout(contains("--- yours/src/lib.rs").and(contains("-    b + a\n+    a + b\n")));

    let other = Place::new();
    other.run(&["solution", "add", "--reveal"]).assert().success().stdout(contains("a + b"));
    other.run(&["solution", "add"]).assert().success();
}

#[test]
fn a_reset_says_how_to_undo_it() {
    let place = Place::new();
    let file = place.start();
    place.run(&["reset", "add"]).assert().success().stderr("`add` is the starter already\n");
    fs::write(&file, ANSWER).unwrap();
    let reset = place.run(&["reset", "add"]).assert().success();
    reset.stderr(contains("is the starter again").and(contains("reset --undo add")));
    assert!(fs::read_to_string(&file).unwrap().contains("todo!"));
    place.run(&["reset", "add", "--undo"]).assert().success();
    assert_eq!(fs::read_to_string(&file).unwrap(), ANSWER);
    place.run(&["reset", "add", "--undo"]).assert().code(2).stderr(contains("no reset to undo"));
}

#[test]
fn a_second_reset_leaves_what_the_first_one_took_to_be_brought_back() {
    let place = Place::new();
    place.answer(ANSWER);
    place.run(&["check", "add"]).assert().success();
    let passing = || {
        let progress = fs::read_to_string(place.home.path().join("progress.json")).unwrap();
        let progress: Value = serde_json::from_str(&progress).unwrap();
        progress["exercises"].to_string().contains("\"passing\":[\"")
    };
    assert!(passing());
    for _ in 0..2 {
        place.run(&["reset", "add"]).assert().success();
        assert!(!passing());
    }
    place.run(&["reset", "add", "--undo"]).assert().success();
    assert!(passing());
}

#[test]
fn pipes_get_plain_text_and_colour_is_a_wish() {
    let place = Place::new();
    place.run(&["list"]).assert().success().stdout(contains("\x1b").not());
    place.run(&["list", "--color", "always"]).assert().success().stdout(contains("\x1b["));
    let plain = place.run(&["list", "--ascii"]).assert().success();
    plain.stdout(predicate::function(|text: &str| text.is_ascii()));
    let mut latin = place.run(&["list"]);
    latin.env("LANG", "de_DE.ISO-8859-1").assert().success().stdout(contains("○").not());
}

#[test]
fn the_list_is_a_value_too() {
    let place = Place::new();
    place.start();
    let output = place.run(&["list", "--format", "json"]).assert().success().get_output().stdout.clone();
    let list: Value = serde_json::from_slice(&output).unwrap();
    let chapter = &list["packs"][0]["chapters"][0];
    assert_eq!(chapter["sections"][0]["name"], "numbers#addition");
    assert_eq!(chapter["listings"][0]["id"], "greet");
    assert_eq!(chapter["exercises"][0]["state"], "started");
}

#[test]
fn tests_that_an_exercise_has_no_longer_do_not_count_as_passing() {
    let place = Place::new();
    place.start();
    let known =
        r#"{"version": 1, "exercises": {"PACK": {"add": {"passing": ["gone", "gone_too"], "started": 1}}}}"#;
    let id = {
        let output = place.run(&["list", "--format", "json"]).assert().success().get_output().stdout.clone();
        let list: Value = serde_json::from_slice(&output).unwrap();
        list["packs"][0]["id"].as_str().unwrap().to_owned()
    };
    fs::write(place.home.path().join("progress.json"), known.replace("PACK", &id)).unwrap();
    let output = place.run(&["list", "--format", "json"]).assert().success().get_output().stdout.clone();
    let list: Value = serde_json::from_slice(&output).unwrap();
    let exercise = &list["packs"][0]["chapters"][0]["exercises"][0];
    assert_eq!((&exercise["id"], &exercise["passing"]), (&json!("add"), &json!(0)));
}

#[test]
fn without_a_terminal_plain_lists_and_says_how_to_go_on() {
    let place = Place::new();
    let listed = place.run(&["--plain"]).assert().success();
    listed.stdout(contains("Add two numbers")).stderr(contains("patterns-tui show"));
}

#[test]
fn every_subcommand_explains_itself() {
    let place = Place::new();
    for subcommand in [
        "list",
        "show",
        "start",
        "check",
        "watch",
        "hint",
        "diff",
        "solution",
        "reset",
        "play",
        "warm",
        "doctor",
        "completions",
    ] {
        place.bare(&[subcommand, "--help"]).assert().success().stdout(contains("Usage: patterns-tui"));
    }
    place.bare(&["--help"]).assert().success().stdout(contains("Exit codes:"));
    place.bare(&["--version"]).assert().success().stdout(starts_with("patterns-tui "));
    place.bare(&["completions", "bash"]).assert().success().stdout(contains("complete -F"));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        place.run(&["completions", shell]).assert().success();
    }
    place
        .run(&["completions", "zsh"])
        .assert()
        .success()
        .stdout(contains(":exercise").and(contains("(add)")));
}

#[test]
fn the_help_is_short_and_whole() {
    let place = Place::new();
    let output = place.bare(&["-h"]).env("COLUMNS", "100").assert().success().get_output().stdout.clone();
    insta::assert_snapshot!(String::from_utf8(output).unwrap().replace("tui.exe", "tui"), @r"
        Learn Rust design patterns in the terminal: read a chapter, do its exercise in a real cargo crate,
        and get a verdict for every test

        Usage: patterns-tui [OPTIONS] [PATH] [COMMAND]

        Commands:
          list         List chapters, sections, exercises and how far you are
          show         Show a section, a listing or an exercise's task
          start        Place an exercise in the sandbox and print its directory
          check        Judge exercises, test by test
          watch        Judge an exercise at every save, until Ctrl-C
          hint         Show the next hint for the step you are at
          diff         Compare your answer with the model answer
          solution     Print the model answer
          reset        Put the starter back; your files are kept and can be brought back
          play         Run a listing or a file in the sandbox
          warm         Fetch and build the dependencies ahead
          doctor       Tell what works on this machine and what does not
          completions  Print a script that completes commands, options and exercises in a shell
          help         Print this message or the help of the given subcommand(s)

        Arguments:
          [PATH]  A pack's directory or any Markdown document, to open in the app

        Options:
          -h, --help     Print help
          -V, --version  Print version

        Global options:
              --pack <ID|PATH>  Work on this pack: its id, its directory or a Markdown document
              --home <DIR>      Keep all state in this directory [env: PATTERNS_TUI_HOME]
              --color <WHEN>    When to use colour; NO_COLOR is honoured [default: auto] [possible values:
                                auto, always, never]
              --plain           Linear text: no full screen, no line that is written over
              --ascii           Plain ASCII in place of marks and box characters
              --theme <THEME>   Dark or light, painted by the app itself; auto leaves the background to the
                                terminal [default: auto] [possible values: auto, dark, light]

        Without a subcommand the app opens. Results go to standard output, everything else to standard
        error.

        Exit codes:
          0  passed, or done
          1  judged, and not passed
          2  wrong usage or bad input
          3  could not be judged: the toolchain, the network or the machine stood in the way
    ");
}
