//! A pack of its own for a test: what its author did wrong is nobody's wrong answer.

use std::fs;
use std::path::{Path, PathBuf};

use predicates::prelude::*;
use predicates::str::contains;

use crate::{Place, pack};

/// A copy of the pack of sums.
fn own_pack(place: &Place) -> PathBuf {
    let own = place.home.path().join("own");
    copy(&pack("sums"), &own);
    own
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn what_the_author_of_a_pack_should_look_at_is_said_beside_the_results() {
    let place = Place::new();
    let own = own_pack(&place);
    fs::write(own.join("chapters/forgotten.md"), "# Forgotten\n").unwrap();
    let mut list = place.bare(&["list", "--pack"]);
    let listed = list.arg(&own).assert().success().stdout(contains("Add two numbers"));
    listed.stderr(contains("not listed in pack.toml").and(contains("forgotten.md:1:1")));
}

#[test]
fn a_judge_that_does_not_compile_is_the_packs_mistake_and_a_changed_signature_is_not() {
    let place = Place::new();
    let own = own_pack(&place);
    let check = || {
        let mut check = place.bare(&["check", "add", "--pack"]);
        check.arg(&own);
        check.assert()
    };
    check().code(1);
    let file = place.home.path().join("sandbox/sums/none/add/src/lib.rs");
    fs::write(&file, "pub fn add(a: i32) -> i32 {\n    a\n}\n").unwrap();
    check().code(1).stdout(contains("add failed: it does not compile"));
    let judge = own.join("exercises/add/tests/add.rs");
    let text = fs::read_to_string(&judge).unwrap();
    fs::write(&judge, text.replacen("assert_eq!(", "assert_eq! let (", 1)).unwrap();
    check().code(3).stdout(contains("a mistake in the pack").and(contains("tests/add.rs:")));
}

#[test]
fn a_save_before_the_first_result_writes_no_name_twice() {
    let place = Place::new();
    let file = place.start();
    let said = place.home.path().join("said");
    let watch = place.run(&["watch", "add", "--plain"]);
    let mut watching = std::process::Command::new(watch.get_program());
    watching.args(watch.get_args()).env("PATTERNS_TUI_HOME", place.home.path()).env("LANG", "C.UTF-8");
    watching.stdout(fs::File::create(&said).unwrap());
    let mut watching = watching.stderr(std::process::Stdio::null()).spawn().unwrap();
    let is_said = |what: &str| {
        (0..600).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            fs::read_to_string(&said).unwrap().contains(what)
        })
    };
    let judged = is_said("add failed: 0 of 2 tests passed");
    for more in 0..4 {
        fs::write(&file, format!("pub fn add(a: i32, b: i32) -> i32 {{\n    a + b + {more}\n}}\n")).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(60));
    }
    let last = is_said("actual  6");
    watching.kill().unwrap();
    watching.wait().unwrap();
    let told = fs::read_to_string(&said).unwrap();
    assert!(judged && last, "{told}");
    assert!(!told.contains("Add two numbers  add\nAdd two numbers"), "{told}");
}
