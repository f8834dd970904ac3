//! Answers that are judged side by side load the crates that they use, instead of each holding them.

use std::fs;
use std::path::Path;

use patterns_tui::sandbox::{Answer, Linking};

use crate::calls::{build_answer, commands};
use crate::support::{ENGINE, PACK, is_wanted};

/// An exercise whose answers use crates that fill megabytes.
const EXERCISE: &str = "service-layer";

#[tokio::test]
#[cfg_attr(
    not(all(target_os = "linux", target_env = "gnu")),
    ignore = "crates are shared on glibc's Linux alone"
)]
async fn the_binary_of_an_answer_is_smaller_than_the_crates_that_it_uses() {
    if !is_wanted(EXERCISE) {
        return;
    }
    let exercise = PACK.exercise(EXERCISE).unwrap_or_else(|| panic!("there is no {EXERCISE}"));
    let commands = commands(&exercise.set).await;
    assert!(commands.libraries().is_some(), "this toolchain can share");
    let answer = Answer { name: "answer".into(), files: exercise.solution.clone() };
    let placed = ENGINE.sandbox().place_answers(&PACK, exercise, &[answer], Linking::Shared);
    let placed = placed.unwrap_or_else(|error| panic!("{error}"));
    let built = build_answer(&commands, &placed[0]);
    let binary = built.artifacts.iter().find_map(|artifact| artifact.test.as_deref());
    let binary = binary.unwrap_or_else(|| panic!("nothing was built:\n{}", built.said));
    let library = commands.target.join("debug/deps/librust_service_patterns__service_layer_linked.so");
    let (binary, library) = (size(binary), size(&library));
    assert!(4 * binary < library, "the binary has {binary} bytes, the library {library}");
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).unwrap_or_else(|error| panic!("{}: {error}", file.display())).len()
}
