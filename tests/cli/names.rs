//! Names as people type them: former ones, names of files, slips.

use std::fs;

use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};

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
    let misspelt =
        place.bare(&["--home", "not-there-yet", "chek", "strategy"]).assert().code(2).stdout(is_empty());
    misspelt.stderr(contains("no file `chek`").and(contains("did you mean `check`?")));
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

#[test]
fn a_listing_is_found_by_the_file_it_shows() {
    let place = Place::new();
    let pack = place.home.path().join("pack");
    fs::create_dir_all(pack.join("chapters")).unwrap();
    let manifest = "format = 1\nid = \"p\"\ntitle = \"P\"\nversion = \"1.0.0\"\nlanguage = \"en\"\nauthors = [\"A\"]\n\
                    license = \"MIT\"\nrequires = \"*\"\nchapters = [\"one\"]\n";
    fs::write(pack.join("pack.toml"), manifest).unwrap();
    let listing = |info: &str, text: &str| {
        format!("```rust {info}, run\nfn main() {{ println!(\"{text}\"); }}\n```\n\n")
    };
    let chapter = format!(
        "# One\n\n{}## Two\n\n{}{}",
        listing("id=first, file=src/pricing.rs", "priced"),
        listing("id=second, file=surprises.rs", "a"),
        listing("id=third, file=surprises.rs", "b"),
    );
    fs::write(pack.join("chapters/one.md"), chapter).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = place.bare(arguments);
        command.args(["--pack", "pack"]);
        command.assert()
    };
    for name in ["pricing.rs", "src/pricing.rs"] {
        run(&["show", name]).success().stdout(contains("priced"));
    }
    run(&["play", "pricing.rs"]).success().stdout("priced\n");
    for command in ["show", "play"] {
        let several = run(&[command, "surprises.rs"]).code(2).stdout(is_empty());
        let several = several.stderr(contains("several listings are called `surprises.rs`"));
        several.stderr(contains("did you mean `second` or `third`?").and(contains("list --listings")));
        run(&[command, "rprises.rs"]).code(2).stderr(contains("second").not());
    }
    let listed = run(&["list", "--listings"]).success().stderr(is_empty());
    listed.stdout(
        contains("› first  src/pricing.rs  rust, can be run\n").and(contains("› third  surprises.rs")),
    );
    run(&["list"]).success().stdout(contains("surprises").not()).stderr(contains("list --listings"));
    fs::write(place.home.path().join("pricing.rs"), "fn main() { println!(\"mine\"); }").unwrap();
    run(&["play", "pricing.rs"]).success().stdout("mine\n");
}

#[test]
fn of_several_listings_of_a_file_each_is_named_by_what_no_other_bears() {
    let place = Place::new();
    let pack = place.home.path().join("pack");
    fs::create_dir_all(pack.join("chapters")).unwrap();
    let manifest = "format = 1\nid = \"p\"\ntitle = \"P\"\nversion = \"1.0.0\"\nlanguage = \"en\"\nauthors = [\"A\"]\n\
                    license = \"MIT\"\nrequires = \"*\"\nchapters = [\"one\", \"two\"]\n";
    fs::write(pack.join("pack.toml"), manifest).unwrap();
    let listing = "```rust id=same, file=a.rs, ignore\nfn f() {}\n```\n";
    fs::write(pack.join("chapters/one.md"), format!("# One\n\n{listing}")).unwrap();
    fs::write(pack.join("chapters/two.md"), format!("# Two\n\n{listing}")).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = place.bare(arguments);
        command.args(["--pack", "pack"]);
        command.assert()
    };
    let shown = run(&["show", "a.rs"]).code(2).stdout(is_empty());
    shown.stderr(contains("several listings are called `a.rs`").and(contains("`one#same` or `two#same`")));
    run(&["show", "two#same"]).success().stdout(contains("fn f()"));
    let played = run(&["play", "a.rs"]).code(2).stdout(is_empty());
    played.stderr(contains("none of them is a program").and(contains("`one#same` or `two#same`")));
}

#[test]
fn a_document_is_said_to_have_no_exercises() {
    let place = Place::new();
    fs::write(place.home.path().join("notes.md"), "# Notes\n\n## One\n\ntext\n").unwrap();
    for command in [
        &["check"][..],
        &["check", "add"],
        &["check", "--all"],
        &["watch"],
        &["hint"],
        &["reset"],
        &["start", "add"],
    ] {
        let mut command = place.bare(command);
        let refused = command.args(["--pack", "notes.md"]).assert().code(2).stdout(is_empty());
        refused.stderr(
            contains("`Notes` is a document: it has no exercises").and(contains("patterns-tui list")),
        );
    }
}

#[test]
fn a_home_from_the_environment_is_not_shown_as_typed() {
    let place = Place::new();
    let wrong = place.run(&["check", "--all", "add"]).assert().code(2);
    wrong.stderr(contains("cannot be used with").and(contains("--home").not()));
    let help = place.bare(&["--help"]).assert().success();
    help.stdout(contains("PATTERNS_TUI_HOME").and(starts_with("Learn Rust")));
}

#[cfg(unix)]
#[test]
fn a_home_in_which_cargo_cannot_work_is_refused_at_once() {
    use std::os::unix::ffi::OsStringExt as _;
    let place = Place::new();
    for name in [&b"a:b"[..], b"a%41", b"a\xff"] {
        let home = place.home.path().join(std::ffi::OsString::from_vec(name.to_vec()));
        for refused in [
            place.run(&["start", "add"]).env("PATTERNS_TUI_HOME", &home),
            place.run(&["start", "add"]).arg("--home").arg(&home),
        ] {
            let refused = refused.assert().code(2);
            refused.stderr(contains("no exercise can be built in").and(contains("--home DIR")));
        }
        assert!(!home.exists());
    }
}
