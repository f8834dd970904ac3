//! Tests of the history.

use super::*;

#[test]
fn versions_are_kept_in_order_and_once() {
    let dir = tempfile::tempdir().unwrap();
    let history = History::new(dir.path().join("h"));
    assert_eq!(history.versions("src/lib.rs").unwrap(), []);
    for text in ["one", "two", "two", "one"] {
        history.keep("src/lib.rs", text.as_bytes()).unwrap();
    }
    let versions = history.versions("src/lib.rs").unwrap();
    assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [1, 2, 3]);
    let texts: Vec<_> = versions.iter().map(|version| history.read(version).unwrap()).collect();
    assert_eq!(texts, [b"one", b"two", b"one"]);
}

#[test]
fn the_oldest_go_first() {
    let dir = tempfile::tempdir().unwrap();
    let history = History::new(dir.path().join("h"));
    for n in 0..KEPT + 7 {
        history.keep("a.rs", n.to_string().as_bytes()).unwrap();
    }
    let versions = history.versions("a.rs").unwrap();
    assert_eq!(versions.len(), KEPT);
    assert_eq!(history.read(&versions[0]).unwrap(), b"7");
    assert_eq!(history.read(&versions[KEPT - 1]).unwrap(), (KEPT + 6).to_string().as_bytes());
}

#[test]
fn what_is_no_version_is_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let history = History::new(dir.path().join("h"));
    history.keep("a.rs", b"one").unwrap();
    for name in ["notes", "x-1", "1-", "-"] {
        fs::write(dir.path().join("h/a.rs").join(name), "").unwrap();
    }
    assert_eq!(history.versions("a.rs").unwrap().len(), 1);
}
