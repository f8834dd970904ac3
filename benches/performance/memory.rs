//! Resident memory after every chapter was visited.

use crate::PROGRAM;
use crate::terminal::Terminal;

/// Prints the resident memory of the app.
pub(crate) fn measure() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let home = home.path().to_str().expect("a path in UTF-8");
    let terminal = Terminal::start(PROGRAM, &["--home", home], &[]);
    terminal.wait_for("quit");
    let pack = patterns_tui::pack::builtin().expect("the built-in pack is sound");
    for (row, chapter) in pack.chapters.iter().enumerate() {
        terminal.send("g");
        terminal.send("j".repeat(row + 1));
        terminal.send("\r");
        terminal.wait_for("contents");
        // Through the whole chapter, so that every listing was highlighted.
        for _ in 0..chapter.source.lines().count() / 20 {
            terminal.send(" ");
        }
        terminal.wait_for("100 %");
        terminal.send("\x1b");
        terminal.wait_for("playground");
    }
    println!(
        "after {} chapters      {:7.1} MiB   target 60 MiB",
        pack.chapters.len(),
        resident(terminal.process)
    );
    terminal.send("q");
    terminal.exit_code();
}

fn resident(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.map_or(f64::NAN, |kib| kib / 1024.0)
}
