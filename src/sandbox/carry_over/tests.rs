//! Tests of what follows an exercise to its new name or set.

use super::*;
use crate::sandbox::Tree;
use crate::sandbox::testing::{STARTER, exercise, pack};
use crate::settings::Home;

fn sandbox() -> (tempfile::TempDir, Sandbox) {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(dir.path()));
    (dir, sandbox)
}

/// The pack's next version calls its exercise so.
fn renamed(pack: &Pack) -> Pack {
    let mut next = pack.clone();
    next.exercises[0] = exercise("new-name");
    next.exercises[0].renamed_from = vec!["a-b".into()];
    next
}

#[test]
fn a_renamed_exercise_keeps_the_learners_files() {
    let (_home, sandbox) = sandbox();
    let mut pack = pack();
    sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", "before").unwrap();
    sandbox.reset(&pack, &pack.exercises[0]).unwrap();
    sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", "mine").unwrap();
    pack.exercises[0] = exercise("new-name");
    pack.exercises[0].renamed_from = vec!["a-b".into()];
    let placed = sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    let read = || fs::read_to_string(placed.dir.join("src/lib.rs")).unwrap();
    assert_eq!(read(), "mine");
    sandbox.restore(&pack, &pack.exercises[0]).unwrap();
    assert_eq!(read(), "before", "the reset under the former name can be undone");
    let history = sandbox.history(&pack, &pack.exercises[0]).unwrap();
    let versions = history.versions("src/lib.rs").unwrap();
    assert_eq!(history.read(&versions[0]).unwrap(), b"before", "the versions from then are there");
}

#[test]
fn a_former_id_that_is_a_path_fetches_nothing() {
    let (home, sandbox) = sandbox();
    let mut pack = pack();
    let theirs = home.path().join("theirs");
    fs::create_dir_all(theirs.join("src")).unwrap();
    sandbox.place_warm(&pack, "none").unwrap();
    pack.exercises[0].renamed_from = vec!["../../../theirs".into(), theirs.display().to_string()];
    let placed = sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    assert!(theirs.join("src").is_dir());
    assert_eq!(fs::read_to_string(placed.dir.join("src/lib.rs")).unwrap(), STARTER);
}

#[test]
fn whatever_is_asked_first_after_a_rename_finds_the_learners_files() {
    type First = fn(&Sandbox, &Pack, &Exercise);
    let asked: [(&str, First); 4] = [
        ("read", |sandbox, pack, exercise| {
            assert_eq!(sandbox.read(pack, exercise, "src/lib.rs").unwrap(), "mine");
        }),
        ("reset", |sandbox, pack, exercise| {
            assert!(sandbox.reset(pack, exercise).unwrap(), "it was no starter");
            assert_eq!(sandbox.read(pack, exercise, "src/lib.rs").unwrap(), STARTER);
            sandbox.restore(pack, exercise).unwrap();
        }),
        ("write", |sandbox, pack, exercise| {
            sandbox.write(pack, exercise, "src/lib.rs", "more").unwrap();
            let history = sandbox.history(pack, exercise).unwrap();
            let versions = history.versions("src/lib.rs").unwrap();
            assert_eq!(history.read(versions.last().unwrap()).unwrap(), b"mine");
            sandbox.write(pack, exercise, "src/lib.rs", "mine").unwrap();
        }),
        ("undo", |sandbox, pack, exercise| {
            sandbox.restore(pack, exercise).unwrap();
            assert_eq!(sandbox.read(pack, exercise, "src/lib.rs").unwrap(), "before");
            sandbox.write(pack, exercise, "src/lib.rs", "mine").unwrap();
        }),
    ];
    for (what, first) in asked {
        let (_home, sandbox) = sandbox();
        let pack = pack();
        sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", "before").unwrap();
        sandbox.reset(&pack, &pack.exercises[0]).unwrap();
        sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", "mine").unwrap();
        let next = renamed(&pack);
        first(&sandbox, &next, &next.exercises[0]);
        assert_eq!(sandbox.read(&next, &next.exercises[0], "src/lib.rs").unwrap(), "mine", "{what}");
        assert!(!sandbox.crate_dir(&pack, &pack.exercises[0]).exists(), "{what}");
    }
}

#[test]
fn a_reset_after_a_change_of_set_can_be_undone() {
    let (_home, sandbox) = sandbox();
    let mut pack = pack();
    sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", "mine").unwrap();
    pack.exercises[0].set = "service".into();
    assert!(sandbox.reset(&pack, &pack.exercises[0]).unwrap());
    sandbox.restore(&pack, &pack.exercises[0]).unwrap();
    assert_eq!(sandbox.read(&pack, &pack.exercises[0], "src/lib.rs").unwrap(), "mine");
}

#[test]
fn a_history_that_a_kill_kept_from_moving_moves_the_next_time() {
    let (_home, sandbox) = sandbox();
    let pack = pack();
    sandbox.place(&pack, &pack.exercises[0], Tree::Learner).unwrap();
    sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", "mine").unwrap();
    let next = renamed(&pack);
    let [from, to] = [&pack, &next].map(|pack| sandbox.crate_dir(pack, &pack.exercises[0]));
    fs::rename(from, to).unwrap();
    sandbox.place(&next, &next.exercises[0], Tree::Learner).unwrap();
    let history = sandbox.history(&next, &next.exercises[0]).unwrap();
    let versions = history.versions("src/lib.rs").unwrap();
    assert_eq!(history.read(&versions[0]).unwrap(), STARTER.as_bytes());
}

#[test]
fn looking_for_what_is_left_creates_nothing() {
    let (home, sandbox) = sandbox();
    let next = renamed(&pack());
    assert_eq!(sandbox.read(&next, &next.exercises[0], "src/lib.rs").unwrap(), "");
    assert!(fs::read_dir(home.path()).unwrap().next().is_none());
}
