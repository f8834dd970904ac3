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
fn the_first_and_the_latest_stay() {
    let dir = tempfile::tempdir().unwrap();
    let history = History::new(dir.path().join("h"));
    for n in 0..KEPT + 7 {
        history.keep("a.rs", n.to_string().as_bytes()).unwrap();
    }
    let versions = history.versions("a.rs").unwrap();
    assert_eq!(versions.len(), KEPT);
    assert_eq!(history.read(&versions[0]).unwrap(), b"0");
    for (version, n) in versions.iter().rev().take(LATEST).zip((0..KEPT + 7).rev()) {
        assert_eq!(history.read(version).unwrap(), n.to_string().as_bytes());
    }
}

#[test]
fn what_was_saved_soon_after_another_goes_before_what_stood_for_long() {
    let dir = tempfile::tempdir().unwrap();
    let history = History::new(dir.path().join("h"));
    fs::create_dir_all(dir.path().join("h/a.rs")).unwrap();
    let day = 86_400;
    // A day's last text, and the next day an hour of typing.
    let times = (0..KEPT as u64).map(|n| if n < 4 { n * day } else { 4 * day + n });
    for (number, at) in (1..).zip(times) {
        fs::write(dir.path().join(format!("h/a.rs/{number:08}-{at}")), number.to_string()).unwrap();
    }
    for n in 0..50 {
        history.keep("a.rs", format!("typed {n}").as_bytes()).unwrap();
    }
    let left: Vec<_> = history.versions("a.rs").unwrap().iter().take(4).map(|version| version.at).collect();
    assert_eq!(left, [0, day, 2 * day, 3 * day]);
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
