//! `watch` in a terminal: each result takes the place of the one before.

use std::fs;

use crate::terminal::Terminal;
use crate::{PACK, PROGRAM};

#[test]
fn each_result_takes_the_place_of_the_one_before_and_says_how_to_go_on() {
    let home = tempfile::tempdir().unwrap();
    let arguments = ["--home", home.path().to_str().unwrap(), "--pack", PACK, "watch", "twice"];
    let terminal = Terminal::start(PROGRAM, &arguments, &[]);
    terminal.wait_for("save src/lib.rs to be judged; Ctrl-C ends, `patterns-tui hint twice` helps");
    let file = home.path().join("sandbox/tiny/none/twice/src/lib.rs");
    fs::write(&file, "pub fn twice(number: u32) -> u32 {\n    number * 2\n}\n").unwrap();
    terminal.wait_until("nothing but the result", |screen| {
        let shown = screen.contents();
        shown.starts_with("Double a number")
            && shown.contains("twice passed")
            && shown.trim_end().ends_with("save src/lib.rs to be judged; Ctrl-C ends")
    });
    terminal.send("\x03");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_terminal_that_is_not_to_be_cleared_is_not() {
    let home = tempfile::tempdir().unwrap();
    let arguments = ["--plain", "--home", home.path().to_str().unwrap(), "--pack", PACK, "watch", "twice"];
    let terminal = Terminal::start(PROGRAM, &arguments, &[]);
    terminal.wait_for("hint twice` helps");
    let file = home.path().join("sandbox/tiny/none/twice/src/lib.rs");
    fs::write(&file, "pub fn twice(number: u32) -> u32 {\n    number * 2\n}\n").unwrap();
    terminal.wait_for("after the last run");
    terminal.wait_until("both results", |screen| {
        screen.contents().contains("twice failed") && screen.contents().contains("twice passed")
    });
}
