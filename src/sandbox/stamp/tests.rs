//! Tests of the stamps.

use std::time::Duration;

use super::*;

fn set_back(root: &Root, path: &str, by: Duration) {
    let at = root.resolve(path).unwrap();
    let file = File::options().write(true).open(at).unwrap();
    file.set_modified(SystemTime::now() - by).unwrap();
}

#[test]
fn changed_text_with_an_old_time_is_made_new() {
    let dir = tempfile::tempdir().unwrap();
    let root = Root::new(dir.path().join("w"), dir.path().join("t"));
    let sources = || ["a.rs".to_owned(), "b.rs".to_owned()];
    root.put("a.rs", b"one", Durability::Whole).unwrap();
    root.put("b.rs", b"one", Durability::Whole).unwrap();
    renew(&root, sources(), &root, "stamp").unwrap();
    let stamped = SystemTime::now();

    std::fs::write(root.dir().join("a.rs"), "two").unwrap();
    set_back(&root, "a.rs", Duration::from_mins(1));
    set_back(&root, "b.rs", Duration::from_mins(1));
    renew(&root, sources(), &root, "stamp").unwrap();
    assert!(modified(&root.dir().join("a.rs")).unwrap() > stamped);
    assert!(modified(&root.dir().join("b.rs")).unwrap() < stamped, "unchanged text is not built again");
}

#[test]
fn changed_text_is_newer_than_what_was_built_before_the_clock_went_back() {
    let dir = tempfile::tempdir().unwrap();
    let root = Root::new(dir.path().join("w"), dir.path().join("t"));
    let sources = || ["a.rs".to_owned(), "b.rs".to_owned()];
    root.put("a.rs", b"one", Durability::Whole).unwrap();
    root.put("b.rs", b"one", Durability::Whole).unwrap();
    renew(&root, sources(), &root, "stamp").unwrap();
    let mut stamp: Stamp = serde_json::from_slice(&root.read("stamp").unwrap().unwrap()).unwrap();
    let then = SystemTime::now() + Duration::from_hours(24);
    stamp.at = nanos(then);
    std::fs::write(root.dir().join("stamp"), serde_json::to_vec(&stamp).unwrap()).unwrap();

    let built = then + Duration::from_mins(10);
    for text in ["two", "three"] {
        root.put("a.rs", text.as_bytes(), Durability::Whole).unwrap();
        set_back(&root, "a.rs", Duration::ZERO);
        renew(&root, sources(), &root, "stamp").unwrap();
        assert!(modified(&root.dir().join("a.rs")).unwrap() > built, "{text}");
    }
    assert!(modified(&root.dir().join("b.rs")).unwrap() < then, "unchanged text is not built again");
}

#[test]
fn changed_text_in_a_copied_home_is_newer_than_what_was_copied_after_it() {
    let dir = tempfile::tempdir().unwrap();
    let root = Root::new(dir.path().join("w"), dir.path().join("t"));
    let sources = || ["a.rs".to_owned(), "b.rs".to_owned()];
    root.put("a.rs", b"one", Durability::Whole).unwrap();
    root.put("b.rs", b"one", Durability::Whole).unwrap();
    renew(&root, sources(), &root, "stamp").unwrap();
    std::fs::write(root.dir().join("a.rs"), "two").unwrap();
    for file in ["a.rs", "b.rs", "stamp"] {
        set_back(&root, file, Duration::ZERO);
    }
    let built = SystemTime::now();
    renew(&root, sources(), &root, "stamp").unwrap();
    assert!(modified(&root.dir().join("a.rs")).unwrap() > built);
    assert!(modified(&root.dir().join("b.rs")).unwrap() < built, "unchanged text is not built again");
}

#[test]
fn what_cannot_be_read_does_not_keep_the_rest_from_being_stamped() {
    let dir = tempfile::tempdir().unwrap();
    let root = Root::new(dir.path().join("w"), dir.path().join("t"));
    root.put("a.rs", b"one", Durability::Whole).unwrap();
    std::fs::write(root.dir().join("large.bin"), vec![0; 9 << 20]).unwrap();
    renew(&root, ["large.bin".to_owned(), "a.rs".to_owned()], &root, "stamp").unwrap();
    let stamp = String::from_utf8(root.read("stamp").unwrap().unwrap()).unwrap();
    assert!(stamp.contains("a.rs") && !stamp.contains("large.bin"), "{stamp}");
}

#[test]
fn a_stamp_that_makes_no_sense_is_taken_anew() {
    let dir = tempfile::tempdir().unwrap();
    let root = Root::new(dir.path().join("w"), dir.path().join("t"));
    root.put("a.rs", b"one", Durability::Whole).unwrap();
    root.put("stamp", b"{", Durability::Whole).unwrap();
    renew(&root, ["a.rs".to_owned()], &root, "stamp").unwrap();
    assert!(root.read("stamp").unwrap().unwrap().starts_with(b"{\"at\":"));
}
