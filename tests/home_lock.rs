//! One app on one home: the second process is told who the first is, and a killed one leaves no lock behind.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use patterns_tui::progress::{HomeLock, LockError};
use patterns_tui::settings::Home;

/// Tells a child which home to take.
const HOME: &str = "HOME_LOCK_HOME";

/// Not a test of its own: what the other one runs in a child process.
#[test]
fn child() {
    let Ok(home) = std::env::var(HOME) else { return };
    let _lock = HomeLock::acquire(&Home::new(home)).unwrap();
    println!("\ntaken");
    // The other end is closed only when the parent has gone.
    let _ = std::io::stdin().read(&mut [0]);
}

#[test]
fn a_home_is_taken_until_its_process_dies() {
    let directory = tempfile::tempdir().unwrap();
    let home = Home::new(directory.path());
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child", "--exact", "--nocapture"])
        .env(HOME, directory.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.is_ok_and(|line| line == "taken")));
    match HomeLock::acquire(&home) {
        Err(LockError::Taken { pid, .. }) => assert_eq!(pid, Some(child.id())),
        other => panic!("two have it: {other:?}"),
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(HomeLock::acquire(&home).is_ok());
}
