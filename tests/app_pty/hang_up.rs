//! The window is closed: what was typed last is on the disk all the same.

use std::path::Path;
use std::time::{Duration, Instant};

use patterns_tui::progress::HomeLock;
use patterns_tui::settings::Home;

use crate::flow::{find, open_the_exercise};
use crate::terminal::Terminal;
use crate::{PACK, PROGRAM};

/// How long an app may take to end on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The home that a child below is to use.
const HOME: &str = "TEST_HOME";

/// A program that is still running when the window is closed.
const ENDLESS: &str = "fn main() { loop { std::thread::sleep(std::time::Duration::from_secs(1)); } }";

fn play(home: &Path) -> Terminal {
    let terminal = Terminal::start(PROGRAM, &["--home", home.to_str().unwrap(), PACK], &[]);
    terminal.wait_for("Enter starts with");
    terminal.send("p");
    terminal.wait_for("run");
    terminal.wait_for("fn main");
    terminal
}

/// Types some words, sees them, and closes the window: this process holds the terminal, and ends.
fn type_and_vanish(terminal: &Terminal, words: &str) -> ! {
    terminal.send(words);
    terminal.wait_for(words.split('\n').next_back().unwrap());
    std::process::exit(0)
}

fn home_of_child() -> std::path::PathBuf {
    std::env::var_os(HOME).unwrap().into()
}

#[test]
#[ignore = "ends its process in the middle, in a process of its own"]
fn child_in_the_playground() {
    type_and_vanish(&play(&home_of_child()), "thelastwords");
}

#[test]
#[ignore = "ends its process in the middle, in a process of its own"]
fn child_in_an_exercise() {
    type_and_vanish(&open_the_exercise(&home_of_child(), &[]), "thelastwords");
}

#[test]
#[ignore = "ends its process in the middle, in a process of its own"]
fn child_with_a_running_program() {
    let terminal = play(&home_of_child());
    terminal.send("\x01");
    terminal.paste(ENDLESS);
    terminal.send("\x12");
    terminal.wait_for("running");
    type_and_vanish(&terminal, "thelastwords");
}

/// Has a child of this name type and vanish so many times, each in a home of its own.
fn words_survive(child: &str, file: &str, times: u32) {
    for turn in 0..times {
        let home = tempfile::tempdir().unwrap();
        let ended = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("hang_up::{child}"), "--ignored", "--nocapture"])
            .env(HOME, home.path())
            .output()
            .unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stdout));
        let until = Instant::now() + PATIENCE;
        while HomeLock::acquire(&Home::new(home.path())).is_err() {
            assert!(Instant::now() < until, "the app has not ended");
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(find(home.path(), file, "thelastwords"), "the words are lost at turn {turn}");
    }
}

#[test]
fn what_was_typed_last_in_the_playground_survives_the_window() {
    words_survive("child_in_the_playground", "playground.rs", 10);
}

#[test]
fn what_was_typed_last_in_an_exercise_survives_the_window() {
    words_survive("child_in_an_exercise", "lib.rs", 10);
}

#[test]
fn what_was_typed_last_beside_a_running_program_survives_the_window() {
    words_survive("child_with_a_running_program", "playground.rs", 2);
}
