//! Tests of placing, on real files and with a real cargo.

use std::process::Command;

use super::*;
use crate::sandbox::testing::{SOLUTION, STARTER, exercise, files, pack};

fn sandbox() -> (tempfile::TempDir, Sandbox) {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(dir.path()));
    (dir, sandbox)
}

fn cargo_test(home: &Path, placed: &Placed) -> bool {
    cargo_test_in(home, &home.join("target"), placed)
}

fn cargo_test_in(home: &Path, target: &Path, placed: &Placed) -> bool {
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--locked", "--offline", "--quiet", "-p", &placed.package, "--manifest-path"]);
    cargo.arg(&placed.manifest).current_dir("/");
    cargo.env("CARGO_HOME", home.join("cargo")).env("CARGO_TARGET_DIR", target);
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER"] {
        cargo.env_remove(name);
    }
    let output = cargo.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("running 1 test"), "{told}{said}");
    output.status.success()
}

#[test]
fn cargo_builds_it_locked_and_offline_and_never_reports_an_old_pass() {
    let (home, sandbox) = sandbox();
    let pack = pack();
    let judge = Tree::Judge(files(&[("src/lib.rs", SOLUTION)]));
    let judged = sandbox.place(&pack, &pack.exercises[0], judge).unwrap();
    let placed = sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    assert!(cargo_test(home.path(), &judged));
    assert!(!cargo_test(home.path(), &placed), "the other tree's artifacts are not taken for this one's");
    for (text, passes) in [(SOLUTION, true), (STARTER, false), (SOLUTION, true)] {
        sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", text).unwrap();
        let placed = sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
        assert_eq!(cargo_test(home.path(), &placed), passes, "{text}");
    }
}

#[test]
fn a_file_that_the_code_includes_is_built_again_with_whatever_time_it_bears() {
    let (home, sandbox) = sandbox();
    let mut pack = pack();
    let included =
        "pub fn answer() -> u32 { include_str!(\"../data/answer.txt\").trim().parse().unwrap() }\n";
    let exercise = &mut pack.exercises[0];
    exercise.starter.extend(files(&[("src/lib.rs", included), ("data/answer.txt", "41\n")]));
    exercise.edit = vec!["data/answer.txt".into()];
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
    for (text, passes) in [("41\n", false), ("42\n", true), ("43\n", false)] {
        let placed = sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
        let data = placed.dir.join("data/answer.txt");
        fs::write(&data, text).unwrap();
        File::options().write(true).open(&data).unwrap().set_modified(long_ago).unwrap();
        sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
        assert_eq!(cargo_test(home.path(), &placed), passes, "{text}");
    }
}

/// Copies what is below `from`, each file with the time of the copying, directories in the order of their names.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let entries: BTreeSet<_> = fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()).collect();
    for entry in entries {
        let to = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &to);
        } else {
            fs::copy(entry, to).unwrap();
        }
    }
}

#[test]
fn in_a_copied_home_or_under_a_sandbox_brought_back_no_old_pass_is_reported() {
    let (home, sandbox) = sandbox();
    let (pack, kept) = (pack(), tempfile::tempdir().unwrap());
    let exercise = &pack.exercises[0];
    let target = |home: &Path| Sandbox::new(Home::new(home)).target(&pack, "none");
    let judged = |home: &Path| {
        let placed = Sandbox::new(Home::new(home)).place(&pack, exercise, Tree::Learner).unwrap();
        cargo_test_in(home, &target(home), &placed)
    };
    sandbox.place(&pack, exercise, Tree::Learner).unwrap();
    let earlier = kept.path().join("earlier");
    copy(&home.path().join("sandbox"), &earlier);
    sandbox.write(&pack, exercise, "src/lib.rs", SOLUTION).unwrap();
    assert!(judged(home.path()));

    let placed = sandbox.place(&pack, exercise, Tree::Learner).unwrap();
    fs::write(placed.dir.join("src/lib.rs"), STARTER).unwrap();
    let copied = kept.path().join("home");
    copy(home.path(), &copied);
    assert!(!judged(&copied), "the copy is of a wrong answer");

    fs::remove_dir_all(home.path().join("sandbox")).unwrap();
    copy(&earlier, &home.path().join("sandbox"));
    let back = File::options().write(true).open(placed.dir.join("src/lib.rs")).unwrap();
    back.set_modified(std::time::SystemTime::now() - std::time::Duration::from_hours(1)).unwrap();
    assert!(!judged(home.path()), "what was brought back is a wrong answer");
}

#[test]
fn what_is_the_learners_stays_and_all_else_is_restored() {
    let (_home, sandbox) = sandbox();
    let pack = pack();
    let placed = sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    assert_eq!(placed.test_targets, ["judge"]);
    for (path, text) in [
        ("src/lib.rs", "mine"),
        ("src/mine.rs", "mine"),
        ("src/fixed.rs", "broken"),
        ("tests/judge.rs", ""),
        ("tests/stray.rs", "mine"),
        ("Cargo.toml", "broken"),
    ] {
        fs::write(placed.dir.join(path), text).unwrap();
    }
    fs::remove_file(placed.manifest).unwrap();
    sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    let read = |path: &str| fs::read_to_string(placed.dir.join(path)).ok();
    assert_eq!(read("src/lib.rs").as_deref(), Some("mine"));
    assert_eq!(read("src/mine.rs").as_deref(), Some("mine"));
    assert_eq!(read("src/fixed.rs").as_deref(), Some("// fixed\n"));
    assert!(read("tests/judge.rs").unwrap().contains("is_42"));
    assert_eq!(read("tests/stray.rs"), None);
    assert!(read("Cargo.toml").unwrap().contains("a-b"));
    let history = sandbox.history(&pack, &pack.exercises[0]).unwrap();
    let stray = history.versions("tests/stray.rs").unwrap();
    assert_eq!(history.read(&stray[0]).unwrap(), b"mine", "what was removed is in the history");
}

#[test]
fn placing_again_writes_nothing() {
    let (_home, sandbox) = sandbox();
    let pack = pack();
    let placed = sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    let times =
        || ["Cargo.toml", "src/lib.rs", "src/fixed.rs", "tests/judge.rs"].map(|p| modified(&placed, p));
    let before = times();
    sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    assert_eq!(times(), before);
}

fn modified(placed: &Placed, path: &str) -> std::time::SystemTime {
    placed.dir.join(path).metadata().unwrap().modified().unwrap()
}

#[test]
fn the_judges_tree_holds_nothing_of_the_last_answer() {
    let (_home, sandbox) = sandbox();
    let pack = pack();
    let first = Tree::Judge(files(&[("src/lib.rs", "mod extra;"), ("src/extra.rs", "")]));
    let placed = sandbox.place(&pack, &pack.exercises[0], first).unwrap();
    assert!(placed.dir.join("src/extra.rs").exists());
    sandbox.place(&pack, &pack.exercises[0], Tree::Judge(Files::new())).unwrap();
    assert!(!placed.dir.join("src/extra.rs").exists());
    assert_eq!(fs::read_to_string(placed.dir.join("src/lib.rs")).unwrap(), STARTER);
}

#[test]
fn only_sound_started_exercises_are_members() {
    let (_home, sandbox) = sandbox();
    let mut pack = pack();
    pack.exercises.extend([exercise("broken"), exercise("never-started")]);
    let broken = sandbox.place(&pack, &pack.exercises[1], Tree::Learner).unwrap();
    fs::remove_file(broken.dir.join("src/lib.rs")).unwrap();
    let placed = sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    sandbox.place_program(&pack, "none", "fn main() {}").unwrap();
    let manifest: toml::Table = fs::read_to_string(placed.manifest).unwrap().parse().unwrap();
    let members = manifest["workspace"]["members"].as_array().unwrap();
    let members: Vec<_> = members.iter().map(|member| member.as_str().unwrap()).collect();
    assert_eq!(members, ["a-b", "playground", "warm"]);
}

#[test]
fn ids_that_are_paths_are_refused() {
    let (_home, sandbox) = sandbox();
    let mut pack = pack();
    pack.exercises[0].id = "../../x".into();
    assert!(sandbox.place(&pack, &pack.exercises[0], Tree::Learner).is_err());
    pack.id = "..".into();
    assert!(matches!(sandbox.place_warm(&pack, "none"), Err(SandboxError::BadName(_))));
}

#[test]
fn a_home_that_is_a_file_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("home");
    fs::write(&home, "").unwrap();
    let sandbox = Sandbox::new(Home::new(&home));
    let pack = pack();
    let error = sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap_err();
    assert!(error.to_string().contains(&home.display().to_string()), "{error}");
    assert!(error.io_kind().is_some());
}

#[test]
fn what_is_too_large_for_a_source_hinders_nothing() {
    let (_home, sandbox) = sandbox();
    let pack = pack();
    let placed = sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    for path in ["src/data.bin", "tests/stray.bin", "tests/judge.rs"] {
        fs::write(placed.dir.join(path), vec![0; 9 << 20]).unwrap();
    }
    sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    assert!(fs::read_to_string(placed.dir.join("tests/judge.rs")).unwrap().contains("is_42"), "restored");
    assert!(placed.dir.join("tests/stray.bin").exists(), "what cannot be kept stays");
}

#[test]
fn test_targets_are_the_roots_that_cargo_knows() {
    assert_eq!(test_target("tests/api.rs").as_deref(), Some("api"));
    assert_eq!(test_target("tests/api/main.rs").as_deref(), Some("api"));
    for path in ["src/lib.rs", "tests/common/mod.rs", "tests/data.txt"] {
        assert_eq!(test_target(path), None, "{path}");
    }
}
