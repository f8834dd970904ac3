//! What comes from the terminal arrives whole and at once, whatever else comes at the same moment.

use crate::flow::open_the_exercise;
use crate::terminal::Terminal;
use crate::{PACK, PROGRAM};

#[test]
fn what_is_sent_without_brackets_arrives_without_another_key() {
    let home = tempfile::tempdir().unwrap();
    let terminal = open_the_exercise(home.path(), &[]);
    terminal.send(format!("{}the end", "x".repeat(3_000)));
    terminal.wait_for("the end");
}

#[test]
fn a_resize_beside_a_key_is_not_lost() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Terminal::start(PROGRAM, &["--home", home.path().to_str().unwrap(), PACK], &[]);
    terminal.wait_for("q quit");
    for turn in 0..60 {
        let (columns, rows) = if turn % 2 == 0 { (90, 28) } else { (110, 34) };
        terminal.send("\x1b[B");
        terminal.resize(columns, rows);
        let bar = |screen: &vt100::Screen| {
            let last = screen.rows(0, columns).last().unwrap_or_default();
            last.contains("q quit")
        };
        terminal.wait_until(&format!("the bar in row {rows}, turn {turn}"), bar);
    }
}

#[test]
fn a_resize_there_and_back_at_once_leaves_the_whole_screen() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Terminal::start(PROGRAM, &["--home", home.path().to_str().unwrap(), PACK], &[]);
    terminal.wait_for("q quit");
    for turn in 0..20 {
        // What the smaller size cuts off comes back only if all is drawn again.
        terminal.resize(40, 8);
        terminal.resize(100, 30);
        let whole = |screen: &vt100::Screen| {
            let rows: Vec<_> = screen.rows(0, 100).collect();
            rows[29].contains("q quit")
                && rows.iter().any(|row| row.contains("1 of 1") || row.contains("0 of 1"))
        };
        terminal.wait_until(&format!("the whole screen, turn {turn}"), whole);
    }
}
