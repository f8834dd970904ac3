//! A cargo home that was emptied after a set was built: whatever needs its packages fetches them again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use patterns_tui::cargo::Environment;
use patterns_tui::check::{
    Cause, Engine, Event, PlayEnd, PlayEvent, Scope, Subject, Verdict, Wait, WarmEvent,
};
use patterns_tui::pack::{Ask, DependencySet, Exercise, Files, Kind, Pack, Question};
use patterns_tui::settings::Home;
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::support::{exercise, pack_of, supervisor};

const CODE: &str = "fn main() { println!(\"{}\", tiny::seven()); }";
const CHECKSUM: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An engine whose packages come from a directory in place of a registry. Its one set was built, and the directory emptied.
struct Emptied {
    engine: Engine,
    pack: Arc<Pack>,
    places: TempDir,
}

impl Emptied {
    async fn new(exercise: Exercise) -> Self {
        let places = tempfile::tempdir().unwrap();
        let config = "[source.crates-io]\nreplace-with = \"v\"\n[source.v]\ndirectory = \"stock\"\n";
        write(&places.path().join("persons/config.toml"), config);
        let persons = ("CARGO_HOME".into(), places.path().join("persons").into_os_string());
        let environment: Environment = std::env::vars_os().chain([persons]).collect();
        let home = Home::new(places.path().join("home"));
        let engine = Engine::with_environment(home, supervisor(), environment);
        let emptied = Self { engine, pack: with_set(exercise), places };
        emptied.refill();
        let warm = emptied.engine.warm(&emptied.pack, "own", |_| {}, &CancellationToken::new()).await;
        warm.unwrap_or_else(|obstacle| panic!("{obstacle}"));
        fs::remove_dir_all(emptied.package()).unwrap();
        emptied
    }

    fn package(&self) -> PathBuf {
        self.places.path().join("stock/tiny")
    }

    /// Lets the package be there again, as a fetch does.
    fn refill(&self) {
        let package = self.package();
        let manifest = "[package]\nname = \"tiny\"\nversion = \"1.0.0\"\nedition = \"2024\"\n";
        write(&package.join("Cargo.toml"), manifest);
        write(&package.join("src/lib.rs"), "pub fn seven() -> u32 { 7 }\n");
        let checksum = format!("{{\"files\":{{}},\"package\":\"{CHECKSUM}\"}}");
        write(&package.join(".cargo-checksum.json"), &checksum);
    }

    /// Removes the mark that the set is built.
    fn forget(&self) {
        let target = self.places.path().join("home/target").join(format!("{}.own", self.pack.id));
        fs::remove_file(target.join("ready")).unwrap();
    }

    async fn check(&self) -> Verdict {
        let emit = |event| {
            if matches!(event, Event::Fetching { .. }) {
                self.refill();
            }
        };
        let (exercise, cancel) = (&self.pack.exercises[0], CancellationToken::new());
        let subject = if exercise.kind == Kind::Quiz { Subject::Solution } else { Subject::Learner };
        let report = self.engine.check(&self.pack, exercise, subject, Scope::All, emit, &cancel).await;
        assert!(self.package().exists(), "nothing was fetched: {report:?}");
        report.verdict
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A pack whose exercise is built with the package.
fn with_set(mut exercise: Exercise) -> Arc<Pack> {
    exercise.set = "own".into();
    let mut pack = (*pack_of(exercise)).clone();
    let manifest = "[workspace]\nmembers = [\"warm\"]\n[workspace.dependencies]\ntiny = \"=1.0.0\"\n";
    let lock = format!(
        "version = 4\n\n[[package]]\nname = \"tiny\"\nversion = \"1.0.0\"\nsource = \
         \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"{CHECKSUM}\"\n\n[[package]]\nname = \
         \"warm\"\nversion = \"0.0.0\"\ndependencies = [\n \"tiny\",\n]\n"
    );
    pack.sets.insert("own".into(), DependencySet { manifest: manifest.into(), lock: lock.into() });
    Arc::new(pack)
}

#[tokio::test]
async fn a_check_fetches_again() {
    let tests = "#[test] fn seven() { assert_eq!(ex::seven(), 7); }";
    let emptied = Emptied::new(exercise("pub use tiny::seven;", tests, &["seven"])).await;
    assert_eq!(emptied.check().await, Verdict::Passed);
}

#[tokio::test]
async fn a_suite_fetches_again() {
    let file = |path: &str, text: &str| (path.to_owned(), text.into());
    let right = "pub use tiny::seven;";
    let suite = "#[test] fn seven() { assert_eq!(ex::seven(), 7); }";
    let files: Files = [file("src/lib.rs", right), file("tests/suite.rs", suite)].into();
    let suite = Exercise {
        kind: Kind::Test,
        edit: vec!["tests/suite.rs".into()],
        starter: files.clone(),
        solution: files,
        tests: Files::new(),
        ..exercise("", "", &["accepts-the-right-one"])
    };
    assert_eq!(Emptied::new(suite).await.check().await, Verdict::Passed);
}

#[tokio::test]
async fn a_quiz_fetches_again() {
    let question = Question {
        name: "question 1".into(),
        ask: Ask::Prints,
        text: "What does it print?".into(),
        code: Some(CODE.into()),
        options: vec!["7".into(), "8".into()],
        answer: 0,
        error: None,
        prints: Some("7".into()),
        explain: "So.".into(),
    };
    let quiz =
        Exercise { kind: Kind::Quiz, questions: vec![question], steps: Vec::new(), ..exercise("", "", &[]) };
    assert_eq!(Emptied::new(quiz).await.check().await, Verdict::Passed);
}

#[tokio::test]
async fn a_program_fetches_again() {
    let emptied = Emptied::new(exercise("", "", &[])).await;
    let emit = |event| {
        if matches!(event, PlayEvent::Fetching { .. }) {
            emptied.refill();
        }
    };
    let (input, received) = mpsc::unbounded_channel();
    drop(input);
    let cancel = CancellationToken::new();
    let end = emptied.engine.play(&emptied.pack, "own", CODE, received, emit, &cancel).await;
    assert_eq!(end, Ok(PlayEnd::Exited(0)));
}

#[tokio::test]
async fn packages_that_are_counted_while_another_cargo_downloads_are_waited_for() {
    let emptied = Emptied::new(exercise("", "", &["seven"])).await;
    emptied.refill();
    let home = emptied.places.path().join("home");
    emptied.forget();
    let downloads = fs::File::create(home.join("cargo/.package-cache")).unwrap();
    downloads.lock().unwrap();
    let mut downloads = Some(downloads);
    let mut first = None;
    let tell = |event: WarmEvent| {
        if event == WarmEvent::Waiting(Wait::CargoLock) {
            downloads.take();
        }
        first.get_or_insert(event);
    };
    let warm = emptied.engine.warm(&emptied.pack, "own", tell, &CancellationToken::new()).await;
    warm.unwrap_or_else(|obstacle| panic!("{obstacle}"));
    assert_eq!(first, Some(WarmEvent::Waiting(Wait::CargoLock)));
}

#[tokio::test]
async fn a_set_whose_build_is_stopped_is_told_of_as_such() {
    let emptied = Emptied::new(exercise("", "", &[])).await;
    emptied.forget();
    let cancel = CancellationToken::new();
    cancel.cancel();
    let stopped = emptied.engine.warm(&emptied.pack, "own", |_| {}, &cancel).await.unwrap_err();
    assert_eq!(stopped.cause, Cause::Cancelled);
    assert!(stopped.explanation.starts_with("stopped before `own` was built"), "{stopped}");
}
