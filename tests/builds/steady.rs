//! The tests of every model answer pass in any order and on one core: `PATTERNS_TUI_RUNS=50 cargo test --test builds steady`.

use std::path::Path;
use std::process::Output;

use patterns_tui::cargo::{Commands, Invocation};
use patterns_tui::pack::{Exercise, Kind};
use patterns_tui::sandbox::Tree;

use crate::calls::{build, command, commands};
use crate::support::{PACK, assert_none, is_wanted};

#[tokio::test]
async fn model_answers_pass_in_any_order_and_on_one_core() {
    let Some(runs) = std::env::var("PATTERNS_TUI_RUNS").ok().and_then(|runs| runs.parse::<usize>().ok())
    else {
        println!("skipped: PATTERNS_TUI_RUNS says how often each is to be run");
        return;
    };
    let mut complaints = Vec::new();
    for exercise in PACK.exercises.iter().filter(|one| one.kind != Kind::Quiz && is_wanted(&one.id)) {
        let began = std::time::Instant::now();
        let commands = commands(&exercise.set).await;
        let flaws = flaws(&commands, exercise, runs);
        println!(
            "{}: {} of {} runs failed, {:.1} s",
            exercise.id,
            flaws.len(),
            2 * runs,
            began.elapsed().as_secs_f32()
        );
        complaints.extend(flaws.into_iter().take(3));
    }
    assert_none(&complaints);
}

/// What went wrong in so many runs on all cores and as many on one.
fn flaws(commands: &Commands, exercise: &Exercise, runs: usize) -> Vec<String> {
    let built = build(commands, exercise, Tree::Judge(exercise.solution.clone()));
    let tests: Vec<&Path> = built.artifacts.iter().filter_map(|one| one.test.as_deref()).collect();
    if tests.is_empty() {
        return vec![format!("{}: not built:\n{}", exercise.id, built.said)];
    }
    let mut flaws = Vec::new();
    for test in tests {
        for run in 0..2 * runs {
            let on_one_core = run % 2 == 1;
            let call = call(commands, exercise, test, &built.placed.dir, on_one_core);
            let output =
                command(&call).output().unwrap_or_else(|error| panic!("{}: {error}", test.display()));
            if !output.status.success() {
                let cores = if on_one_core { "one core" } else { "all cores" };
                flaws.push(format!(
                    "{}, run {run} on {cores}: {}\n{}",
                    exercise.id,
                    output.status,
                    said(&output)
                ));
            }
        }
    }
    flaws
}

/// A run of all tests that need no server, in an order that the harness draws and tells.
fn call(
    commands: &Commands,
    exercise: &Exercise,
    test: &Path,
    directory: &Path,
    on_one_core: bool,
) -> Invocation {
    // The harness shuffles on a stable toolchain only if it takes itself for an unstable one.
    let mut own = vec!["-Zunstable-options".to_owned(), "--shuffle".to_owned()];
    for name in exercise.needs.iter().flat_map(|need| &need.tests) {
        own.extend(["--skip".to_owned(), name.clone()]);
    }
    let call = if on_one_core && cfg!(target_os = "linux") {
        let pinned = commands.program(Path::new("/usr/bin/taskset"), directory);
        pinned.arguments(["-c", "0"]).argument(test).arguments(own).argument("--test-threads=1")
    } else {
        commands.program(test, directory).arguments(own)
    };
    call.variable("RUSTC_BOOTSTRAP", "1")
}

fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout);
    let kept = text.lines().filter(|line| !line.ends_with("... ok"));
    kept.take(40).collect::<Vec<_>>().join("\n")
}
