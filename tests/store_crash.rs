//! Progress outlives what kills a program: each round a child process saves in a loop until it is killed without warning.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use patterns_tui::progress::{Change, Loaded, Store};

/// Tells a child which file to save to, as which writer, and how often.
const PATH: &str = "STORE_CRASH_PATH";
const WRITER: &str = "STORE_CRASH_WRITER";
const TIMES: &str = "STORE_CRASH_TIMES";

/// Not a test of its own: what the other tests run in a child process.
#[test]
fn child() {
    let (Ok(path), Ok(writer), Ok(times)) =
        (std::env::var(PATH), std::env::var(WRITER), std::env::var(TIMES))
    else {
        return;
    };
    let store = Store::open(path);
    for _ in 0..times.parse::<u32>().unwrap() {
        let loaded = store.apply(&[checked(&writer)], 1).unwrap();
        println!("\nsaved {}", attempts(&loaded, &writer));
    }
}

fn checked(exercise: &str) -> Change {
    let (pack, exercise) = ("p".to_owned(), exercise.to_owned());
    Change::Checked { pack, exercise, passed: false, passing: Some(["one".to_owned()].into()), tests: 3 }
}

fn attempts(loaded: &Loaded, writer: &str) -> u32 {
    loaded.record.exercise("p", writer).map_or(0, |record| record.attempts)
}

fn spawn(path: &Path, writer: &str, times: u32) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().expect("a test knows its own executable"))
        .args(["child", "--exact", "--nocapture"])
        .env(PATH, path)
        .envs([(WRITER, writer), (TIMES, &times.to_string())])
        .stdout(Stdio::piped())
        .spawn()
        .expect("a test can be started again");
    let stdout = BufReader::new(child.stdout.take().expect("standard output is piped"));
    (child, stdout)
}

/// The counts that a child reports, one for each time that it has saved.
fn counts(stdout: BufReader<ChildStdout>) -> impl Iterator<Item = u32> {
    stdout.lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("saved ")?.parse().ok())
}

#[test]
fn what_was_saved_survives_a_kill_at_any_moment() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("progress.json");
    let mut saved = 0;
    for round in 0..40_u32 {
        let (mut child, stdout) = spawn(&path, "a", u32::MAX);
        let mut counts = counts(stdout);
        // The kill comes after a few saves, and a varying number of turns later: in another phase of the next save.
        for _ in 0..=round % 3 {
            saved = counts.next().unwrap();
        }
        for _ in 0..round * 997 {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        saved = counts.last().unwrap_or(saved);
        let loaded = Store::open(&path).load().unwrap();
        assert_eq!(loaded.notice, None, "round {round}");
        // A save whose report the kill cut off counts as well.
        let found = attempts(&loaded, "a");
        assert!((saved..=saved + 1).contains(&found), "round {round}: {saved} reported, {found} found");
        saved = found;
    }
    let entries = std::fs::read_dir(home.path()).unwrap().count();
    assert!(entries <= 5, "a crash leaves no litter: {entries} files");
}

#[test]
fn two_writers_at_once_lose_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("progress.json");
    let children = ["a", "b"].map(|writer| spawn(&path, writer, 60));
    for (mut child, stdout) in children {
        assert_eq!(counts(stdout).last(), Some(60));
        assert!(child.wait().unwrap().success());
    }
    let loaded = Store::open(&path).load().unwrap();
    assert_eq!((attempts(&loaded, "a"), attempts(&loaded, "b")), (60, 60));
}
