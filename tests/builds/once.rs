//! Every dependency of a set is compiled once, whatever exercises are started.

use std::collections::BTreeSet;

use patterns_tui::pack::Kind;
use patterns_tui::sandbox::Tree;

use crate::calls::{Artifact, build, commands};
use crate::support::{PACK, assert_none, is_wanted};

#[tokio::test]
async fn starting_the_exercises_one_after_another_compiles_no_dependency_again() {
    let wanted = || PACK.exercises.iter().filter(|one| one.kind != Kind::Quiz && is_wanted(&one.id));
    let sets: BTreeSet<&str> = wanted().map(|exercise| exercise.set.as_str()).collect();
    let mut complaints = Vec::new();
    for set in sets {
        let commands = commands(set).await;
        for exercise in wanted().filter(|exercise| exercise.set == set) {
            let built = build(&commands, exercise, Tree::Learner);
            let dependencies: Vec<&Artifact> =
                built.artifacts.iter().filter(|one| one.is_dependency()).collect();
            let again: Vec<&str> =
                dependencies.iter().filter(|one| !one.fresh).map(|one| one.package.as_str()).collect();
            println!("{}: {} dependencies, {} compiled", exercise.id, dependencies.len(), again.len());
            if !again.is_empty() {
                complaints.push(format!("{}: compiled again: {}", exercise.id, again.join(", ")));
            }
            if dependencies.is_empty() != (set == "none") {
                let count = dependencies.len();
                complaints.push(format!(
                    "{}: {count} dependencies, of the set {set}:\n{}",
                    exercise.id, built.said
                ));
            }
        }
    }
    assert_none(&complaints);
}
