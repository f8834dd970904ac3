//! Names as people type them: former ones, names of files, slips.

use predicates::prelude::*;
use predicates::str::{contains, is_empty};

use crate::Place;

#[test]
fn names_that_are_not_there_are_answered_with_near_ones() {
    let place = Place::new();
    place
        .bare(&["start", "stratgey"])
        .assert()
        .code(2)
        .stdout(is_empty())
        .stderr(contains("there is no exercise `stratgey`").and(contains("did you mean `strategy`?")));
    place.bare(&["lst"]).assert().code(2).stderr(contains("did you mean `list`"));
    place
        .bare(&["list", "--pack", "nowhere"])
        .assert()
        .code(2)
        .stderr(contains("there is no pack `nowhere`"));
    place.run(&["check", "--format", "yaml"]).assert().code(2).stderr(contains("possible values"));
    place.run(&["check"]).assert().code(2).stderr(contains("no exercise is named"));
    let chapter = place.run(&["show", "chapter:greet"]).assert().code(2).stdout(is_empty());
    chapter.stderr(contains("there is no chapter `greet`").and(contains("mean").not()));
}

#[test]
fn an_exercise_is_found_by_its_former_name() {
    let place = Place::new();
    place.run(&["show", "sum"]).assert().success().stdout(contains("Add two numbers"));
}
