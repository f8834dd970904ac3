//! Tests of what becomes of the starter when a pack's next version has another.

use super::*;
use crate::pack::{Pack, SharedText};
use crate::sandbox::testing::{STARTER, exercise, pack};
use crate::sandbox::{Sandbox, Tree};
use crate::settings::Home;

const NEXT: &str = "pub fn reply() -> u32 {\n    0\n}\n";

fn sandbox() -> (tempfile::TempDir, Sandbox) {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::new(Home::new(dir.path()));
    (dir, sandbox)
}

fn next(pack: &Pack) -> Pack {
    let mut next = pack.clone();
    next.exercises[0].starter.insert("src/lib.rs".into(), SharedText::from(NEXT));
    next
}

/// What the learner's file holds once this version of the pack is placed.
fn placed(sandbox: &Sandbox, pack: &Pack) -> String {
    sandbox.place(pack, &pack.exercises[0], Tree::Learner).unwrap();
    sandbox.read(pack, &pack.exercises[0], "src/lib.rs").unwrap()
}

#[test]
fn an_untouched_starter_is_the_next_versions_and_the_former_one_is_kept() {
    let (_home, sandbox) = sandbox();
    let (pack, next) = (pack(), next(&pack()));
    assert_eq!(placed(&sandbox, &pack), STARTER);
    assert_eq!(placed(&sandbox, &next), NEXT);
    let history = sandbox.history(&next, &next.exercises[0]).unwrap();
    let versions = history.versions("src/lib.rs").unwrap();
    assert_eq!(history.read(versions.last().unwrap()).unwrap(), STARTER.as_bytes());
}

#[test]
fn one_changed_byte_makes_it_the_learners() {
    let (_home, sandbox) = sandbox();
    let (pack, next) = (pack(), next(&pack()));
    placed(&sandbox, &pack);
    let mine = STARTER.replace('0', "1");
    sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", &mine).unwrap();
    assert_eq!(placed(&sandbox, &next), mine);
    assert_eq!(placed(&sandbox, &next), mine, "also the second time");
}

#[test]
fn what_was_placed_before_anything_was_remembered_stays() {
    let (_home, sandbox) = sandbox();
    let (pack, next) = (pack(), next(&pack()));
    placed(&sandbox, &pack);
    let history = sandbox.history(&pack, &pack.exercises[0]).unwrap();
    for nothing in [None, Some("{")] {
        match nothing {
            None => history.root().remove(SHIPPED).unwrap(),
            Some(text) => {
                history.root().put(SHIPPED, text.as_bytes(), Durability::Whole).unwrap();
            }
        }
        assert_eq!(placed(&sandbox, &next), STARTER, "{nothing:?}");
    }
}

#[test]
fn a_starter_that_was_put_back_is_untouched_again() {
    let (_home, sandbox) = sandbox();
    let (pack, next) = (pack(), next(&pack()));
    sandbox.write(&pack, &pack.exercises[0], "src/lib.rs", "mine").unwrap();
    sandbox.reset(&pack, &pack.exercises[0]).unwrap();
    assert!(!sandbox.reset(&next, &next.exercises[0]).unwrap(), "nothing of theirs is taken away");
    assert_eq!(placed(&sandbox, &next), NEXT);
    sandbox.restore(&next, &next.exercises[0]).unwrap();
    assert_eq!(placed(&sandbox, &next), "mine");
}

#[test]
fn an_untouched_starter_is_the_next_versions_under_another_name_too() {
    let (_home, sandbox) = sandbox();
    let mut next = next(&pack());
    placed(&sandbox, &pack());
    let starter = next.exercises[0].starter.clone();
    next.exercises[0] = crate::pack::Exercise { starter, ..exercise("new-name") };
    next.exercises[0].renamed_from = vec!["a-b".into()];
    assert_eq!(placed(&sandbox, &next), NEXT);
}

#[test]
fn what_the_next_version_lets_the_learner_change_is_that_versions() {
    let (_home, sandbox) = sandbox();
    let mut next = pack();
    placed(&sandbox, &next);
    next.exercises[0].edit.push("src/fixed.rs".into());
    next.exercises[0].starter.insert("src/fixed.rs".into(), SharedText::from("// yours\n"));
    placed(&sandbox, &next);
    assert_eq!(sandbox.read(&next, &next.exercises[0], "src/fixed.rs").unwrap(), "// yours\n");
}

#[test]
fn what_an_editor_saves_while_the_starter_is_placed_stays() {
    let (home, sandbox) = sandbox();
    let pack = pack();
    let file = sandbox.crate_dir(&pack, &pack.exercises[0]).join("src/lib.rs");
    for round in 0..40 {
        sandbox.reset(&pack, &pack.exercises[0]).unwrap();
        placed(&sandbox, &pack);
        // The history takes its time where it has nothing of this text yet.
        std::fs::remove_dir_all(home.path().join("history/demo/a-b/src")).unwrap();
        std::thread::scope(|scope| {
            let placing = scope.spawn(|| placed(&sandbox, &pack));
            std::thread::sleep(std::time::Duration::from_micros(50 * round));
            std::fs::write(&file, "mine").unwrap();
            placing.join().unwrap();
        });
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine", "round {round}");
    }
}
