//! From exec to the first drawn screen, against the time of a program that does nothing.

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::PROGRAM;
use crate::figures::Times;
use crate::terminal::Terminal;

const ROUNDS: usize = 30;

/// Prints the two times and the target.
pub(crate) fn measure() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let home = home.path().to_str().expect("a path in UTF-8");
    let (mut nothing, mut screen) = (Times::default(), Times::default());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        Command::new("/bin/true").stdin(Stdio::null()).status().expect("/bin/true starts");
        nothing.push(start.elapsed());

        let start = Instant::now();
        let terminal = Terminal::start(PROGRAM, &["--home", home], &[]);
        terminal.wait_for("quit");
        screen.push(start.elapsed());
        terminal.send("q");
        terminal.exit_code();
    }
    let target = 3.0 * nothing.median() + 15.0;
    println!("/bin/true             {:7.2} ms", nothing.median());
    println!("first drawn screen    {:7.2} ms   target {target:.2} ms", screen.median());
}
