//! The scripts for shells, tried in a real one where it is there.
#![cfg(unix)]

use std::fs;
use std::process::Command;

use crate::Place;

/// What a real bash completes, with the last word unfinished; nothing where there is no bash.
fn completed(script: &std::path::Path, words: &[&str]) -> Option<String> {
    let last = words.last()?;
    let before = words[words.len().saturating_sub(2)];
    let asked = format!(
        "source '{}'; COMP_WORDS=({}); COMP_CWORD={}; _patterns__tui patterns-tui '{last}' '{before}'; echo \"${{COMPREPLY[*]}}\"",
        script.display(),
        words.join(" "),
        words.len() - 1,
    );
    let output = Command::new("bash").args(["--norc", "-c", &asked]).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap().trim_end().to_owned())
}

#[test]
fn bash_completes_what_follows_a_subcommand() {
    let place = Place::new();
    let output = place.bare(&["completions", "bash"]).assert().success().get_output().stdout.clone();
    let script = place.home.path().join("completions");
    fs::write(&script, output).unwrap();
    for (words, expected) in [
        (&["patterns-tui", "chec"][..], "check"),
        (&["patterns-tui", "check", "strat"], "strategy"),
        (&["patterns-tui", "check", "strategy", "lost"], "lost-cents"),
        (&["patterns-tui", "check", "--format", "j"], "json junit"),
        (&["patterns-tui", "solution", "--rev"], "--reveal"),
        (&["patterns-tui", "help", "wat"], "watch"),
    ] {
        let Some(completed) = completed(&script, words) else { return };
        assert_eq!(completed, expected, "{words:?}");
    }
}
