//! The store on real files: kept, backed up, set aside.

use std::fs;

use super::*;

struct Fixture {
    _directory: tempfile::TempDir,
    store: Store,
    path: PathBuf,
}

impl Fixture {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("home/progress.json");
        Self { store: Store::open(&path), path, _directory: directory }
    }

    /// A store into which `a`, then `b` has been opened: the backup knows `a` only.
    fn with_two() -> Self {
        let fixture = Self::new();
        fixture.store.apply(&[opened("a")], 7).unwrap();
        fixture.store.apply(&[opened("b")], 8).unwrap();
        fixture
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path.parent().unwrap()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn opened(exercise: &str) -> Change {
    Change::Started { pack: "p".to_owned(), exercise: exercise.to_owned() }
}

fn known(loaded: &Loaded) -> Vec<&str> {
    loaded.record.exercises.get("p").into_iter().flatten().map(|(id, _)| id.as_str()).collect()
}

#[test]
fn nothing_yet_is_an_empty_record_and_creates_nothing() {
    let fixture = Fixture::new();
    assert_eq!(fixture.store.load().unwrap(), Loaded::default());
    assert!(!fixture.path.parent().unwrap().exists());
}

#[test]
fn what_is_applied_is_loaded_and_leaves_no_litter() {
    let fixture = Fixture::with_two();
    let loaded = fixture.store.load().unwrap();
    assert_eq!(known(&loaded), ["a", "b"]);
    assert_eq!((loaded.record.exercise("p", "b").unwrap().started, loaded.notice), (Some(8), None));
    assert_eq!(fixture.names(), ["progress.json", "progress.json.bak", "progress.json.lock"]);
}

#[test]
fn two_stores_on_one_file_keep_each_others_news() {
    let fixture = Fixture::new();
    let other = Store::open(&fixture.path);
    fixture.store.apply(&[opened("a")], 1).unwrap();
    let loaded = other.apply(&[opened("b")], 2).unwrap();
    assert_eq!(known(&loaded), ["a", "b"]);
}

#[test]
fn answers_of_two_programs_are_kept_and_a_reset_is_undone() {
    let fixture = Fixture::new();
    let other = Store::open(&fixture.path);
    let (pack, exercise) = ("p".to_owned(), "quiz".to_owned());
    let answered = |question: &str, option| Change::Answered {
        pack: pack.clone(),
        exercise: exercise.clone(),
        question: question.into(),
        option,
    };
    fixture.store.apply(&[answered("one", 1)], 1).unwrap();
    other.apply(&[answered("two", 0)], 2).unwrap();
    let both = [("one".to_owned(), 1), ("two".to_owned(), 0)];
    let answers = || fixture.store.load().unwrap().record.exercise("p", "quiz").unwrap().answers.clone();
    assert_eq!(answers(), both.clone().into());
    assert_eq!(fixture.store.load().unwrap().record.exercise("p", "quiz").unwrap().started, Some(1));
    other.apply(&[Change::Reset { pack: pack.clone(), exercise: exercise.clone() }], 3).unwrap();
    assert!(answers().is_empty());
    fixture.store.apply(&[Change::Restored { pack: pack.clone(), exercise: exercise.clone() }], 4).unwrap();
    assert_eq!(answers(), both.into());
}

#[test]
fn a_file_from_before_answers_were_kept_is_read() {
    let fixture = Fixture::new();
    fs::create_dir_all(fixture.path.parent().unwrap()).unwrap();
    let old = r#"{"version": 1, "exercises": {"p": {"quiz": {"started": 5, "passing": ["question 1"]}}}}"#;
    fs::write(&fixture.path, old).unwrap();
    let loaded = fixture.store.load().unwrap();
    let known = loaded.record.exercise("p", "quiz").unwrap();
    assert_eq!((known.started, known.answers.len(), loaded.notice), (Some(5), 0, None));
}

#[test]
fn a_broken_file_is_moved_aside_and_the_backup_used() {
    let fixture = Fixture::with_two();
    fs::write(&fixture.path, "{\"version\": 1, \"exer").unwrap();
    let loaded = fixture.store.load().unwrap();
    assert_eq!(known(&loaded), ["a"]);
    let aside = fixture.names().into_iter().find(|name| name.starts_with("progress.json.corrupt-")).unwrap();
    let notice = loaded.notice.unwrap();
    assert!(notice.contains(&aside) && notice.contains("backup was used"), "{notice}");
    // Said once: the file is whole again.
    assert_eq!(fixture.store.load().unwrap().notice, None);
    let kept = fs::read_to_string(fixture.path.with_file_name(aside)).unwrap();
    assert_eq!(kept, "{\"version\": 1, \"exer");
}

#[test]
fn a_broken_file_found_while_saving_is_told_too() {
    let fixture = Fixture::with_two();
    fs::write(&fixture.path, "").unwrap();
    let loaded = fixture.store.apply(&[opened("c")], 9).unwrap();
    assert_eq!(known(&loaded), ["a", "c"]);
    assert!(loaded.notice.is_some());
}

#[test]
fn what_is_told_of_a_broken_file_is_not_lost_over_a_new_name() {
    let fixture = Fixture::with_two();
    fs::write(&fixture.path, "").unwrap();
    let mut pack = crate::pack::builtin().unwrap();
    pack.id = "p".to_owned();
    pack.exercises[0].renamed_from = vec!["a".to_owned()];
    let loaded = fixture.store.carry_over(&pack).unwrap();
    assert_eq!(known(&loaded), [pack.exercises[0].id.as_str()]);
    assert!(loaded.notice.unwrap().contains("backup was used"));
}

#[test]
fn without_a_good_backup_progress_begins_anew_and_says_so() {
    let fixture = Fixture::with_two();
    fs::write(&fixture.path, "x").unwrap();
    fs::write(fixture.store.backup(), "y").unwrap();
    let loaded = fixture.store.load().unwrap();
    assert_eq!(loaded.record, Record::default());
    assert!(loaded.notice.unwrap().contains("begins anew"));
    let aside = fixture.names().into_iter().filter(|name| name.starts_with("progress.json.corrupt-"));
    let mut kept: Vec<_> =
        aside.map(|name| fs::read_to_string(fixture.path.with_file_name(name)).unwrap()).collect();
    kept.sort();
    assert_eq!(kept, ["x", "y"], "neither is overwritten by what comes next");
    assert_eq!(fixture.store.load().unwrap().notice, None);
}

#[test]
fn a_lost_file_comes_back_from_the_backup() {
    let fixture = Fixture::with_two();
    fs::remove_file(&fixture.path).unwrap();
    let loaded = fixture.store.load().unwrap();
    assert_eq!(known(&loaded), ["a"]);
    assert!(loaded.notice.unwrap().contains("was missing"));
}

#[test]
fn a_newer_file_is_refused_and_not_touched() {
    let fixture = Fixture::with_two();
    let newer = "{\"version\": 2, \"all\": \"new\"}";
    fs::write(&fixture.path, newer).unwrap();
    for error in [fixture.store.load().unwrap_err(), fixture.store.apply(&[opened("c")], 9).unwrap_err()] {
        assert!(matches!(error, StoreError::Newer { version: 2, .. }), "{error}");
        assert!(error.to_string().contains("newer patterns-tui"), "{error}");
    }
    assert_eq!(fs::read_to_string(&fixture.path).unwrap(), newer);
}

#[test]
fn an_error_names_the_path_and_what_to_do() {
    let directory = tempfile::tempdir().unwrap();
    let blocker = directory.path().join("home");
    fs::write(&blocker, "a file where a directory should be").unwrap();
    let store = Store::open(blocker.join("progress.json"));
    let error = store.apply(&[opened("a")], 1).unwrap_err();
    assert!(error.to_string().contains(&blocker.display().to_string()), "{error}");
    assert!(error.hint().contains("--home"));
}

#[test]
fn the_kind_of_error_decides_the_advice() {
    let full =
        FileError { action: "write", path: "/x".into(), error: std::io::ErrorKind::StorageFull.into() };
    assert!(full.hint().contains("free some space"));
}

#[test]
fn a_broken_file_that_cannot_be_mended_is_named() {
    for (text, wrong) in [(Some("{"), "could not be read"), (None, "is missing")] {
        let fixture = Fixture::with_two();
        match text {
            Some(text) => fs::write(&fixture.path, text).unwrap(),
            None => fs::remove_file(&fixture.path).unwrap(),
        }
        let lock = fixture.store.beside("lock");
        fs::remove_file(&lock).unwrap();
        fs::create_dir(&lock).unwrap();
        let told = fixture.store.load().unwrap_err().to_string();
        assert!(told.starts_with(&format!("{} {wrong}", fixture.path.display())), "{told}");
        assert!(told.contains("progress.json.lock"), "{told}");
    }
}
