//! From an edit to the verdict, against cargo on the same crate: pair by pair, each with an edit of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use patterns_tui::check::{Engine, Event, Scope, Subject, Verdict};
use patterns_tui::pack::{self, Exercise, Pack};
use patterns_tui::settings::Home;
use tokio_util::sync::CancellationToken;

use crate::PROGRAM;
use crate::figures::{Times, median_ratio};

const ROUNDS: usize = 11;

/// How long it takes at most until all supervisors stand by that a build ahead has started for the tests.
const STANDING_UP: Duration = Duration::from_millis(500);

/// Prints the ratios for three exercises, and the time to the first verdict on a machine with an empty cargo home.
pub(crate) fn measure() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let pack = Arc::new(pack::builtin().expect("the built-in pack is sound"));
    runtime.block_on(first_verdict(&pack));
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("performance");
    let engine = Engine::new(Home::new(place.join("home")), PathBuf::from(PROGRAM));
    println!("edit to verdict; targets: 0.75 of `cargo test`, 0.6 of build + test + clippy");
    for id in ["strategy", "service-layer", "user-api"] {
        let exercise = pack.exercise(id).expect("the exercise is there");
        runtime.block_on(against_cargo(&engine, &pack, exercise, &place));
    }
}

async fn first_verdict(pack: &Arc<Pack>) {
    let home = tempfile::tempdir().expect("a temporary directory");
    let engine = Engine::new(Home::new(home.path()), PathBuf::from(PROGRAM));
    let cancel = CancellationToken::new();
    let (behind, in_pack, token) = (engine.clone(), pack.clone(), cancel.clone());
    let heavy = tokio::spawn(async move { behind.warm(&in_pack, "service", |_| {}, &token).await });
    let start = Instant::now();
    let verdict = judge(&engine, pack, pack.exercise("strategy").expect("it is there")).await;
    println!(
        "first verdict on strategy, empty cargo home, heavy dependencies building behind: {:.2} s ({verdict:?}); target 5 s",
        start.elapsed().as_secs_f64()
    );
    cancel.cancel();
    let _ = heavy.await;
}

pub(crate) async fn judge(engine: &Engine, pack: &Arc<Pack>, exercise: &Exercise) -> Verdict {
    let cancel = CancellationToken::new();
    engine.check(pack, exercise, Subject::Learner, Scope::All, |_: Event| {}, &cancel).await.verdict
}

async fn against_cargo(engine: &Engine, pack: &Arc<Pack>, exercise: &Exercise, place: &Path) {
    let cancel = CancellationToken::new();
    engine.warm(pack, &exercise.set, |_| {}, &cancel).await.expect("the dependencies are there");
    judge(engine, pack, exercise).await;
    engine.begin_ahead(pack, exercise, &cancel).await;
    write_answer(engine, pack, exercise);
    let stock = Stock::of(engine, pack, exercise, place);
    let (mut ours, mut tests, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let (file, text) = edited(exercise, round);
        engine.sandbox().write(pack, exercise, file, &text).expect("the sandbox is writable");
        let start = Instant::now();
        let verdict = judge(engine, pack, exercise).await;
        let our_time = start.elapsed();
        assert_eq!(verdict, Verdict::Passed, "the model answer of {} passes", exercise.id);
        // As the app does after every verdict; it must not go on while the others are timed.
        engine.begin_ahead(pack, exercise, &cancel).await;
        tokio::time::sleep(STANDING_UP).await;
        stock.write(file, &text);
        let tested = stock.run(&["test"]);
        stock.write(file, &format!("{text}// once more\n"));
        let row = stock.run(&["build"]) + stock.run(&["test"]) + stock.run(&["clippy"]);
        // The first round pays for what later ones find ready.
        if round > 0 {
            ours.push(our_time);
            tests.push(tested);
            rows.push(row);
        }
    }
    report(&exercise.id, &ours, &tests, &rows);
}

/// Writes the model answer as if the learner had.
pub(crate) fn write_answer(engine: &Engine, pack: &Arc<Pack>, exercise: &Exercise) {
    for file in &exercise.edit {
        let answer = exercise.solution.get(file).or_else(|| exercise.starter.get(file));
        let answer = answer.expect("the pack has what the learner may edit");
        engine.sandbox().write(pack, exercise, file, answer).expect("the sandbox is writable");
    }
}

/// The first of the learner's files as the model answer has it, with an edit that changes what is compiled.
pub(crate) fn edited(exercise: &Exercise, round: usize) -> (&str, String) {
    let file = &exercise.edit[0];
    let answer = exercise.solution.get(file).or_else(|| exercise.starter.get(file)).map_or("", AsRef::as_ref);
    (file, format!("{answer}\n// edit {round}\npub const EDIT_{round}: usize = {round};\n"))
}

fn report(id: &str, ours: &[Duration], tests: &[Duration], rows: &[Duration]) {
    let median = |times: &[Duration]| {
        let mut set = Times::default();
        for time in times {
            set.push(*time);
        }
        set.median()
    };
    println!(
        "{id:14} {:6.0} ms   cargo test {:6.0} ms   ratio {:.2}   build+test+clippy {:6.0} ms   ratio {:.2}",
        median(ours),
        median(tests),
        median_ratio(ours, tests),
        median(rows),
        median_ratio(ours, rows),
    );
}

/// The same crate as anybody would have it: alone in its workspace, cargo's default profile, a target directory that no
/// other profile shares.
struct Stock {
    directory: PathBuf,
}

impl Stock {
    fn of(engine: &Engine, pack: &Arc<Pack>, exercise: &Exercise, place: &Path) -> Self {
        let directory = place.join("stock").join(&exercise.id);
        let placed = engine.sandbox().crate_dir(pack, exercise);
        copy(&placed.join("src"), &directory.join("src"));
        copy(&placed.join("tests"), &directory.join("tests"));
        let set = pack::template_set(&exercise.set).expect("the set is there");
        let workspace: toml::Table = set.manifest.parse().expect("the set's manifest is sound");
        let dependencies = workspace["workspace"]["dependencies"].clone();
        let mut manifest = toml::Table::new();
        let package = [("name", exercise.id.as_str()), ("version", "0.0.0"), ("edition", "2024")];
        manifest.insert(
            "package".into(),
            package.into_iter().map(|(k, v)| (k.to_owned(), v.into())).collect::<toml::Table>().into(),
        );
        manifest.insert("dependencies".into(), dependencies);
        manifest.insert("workspace".into(), toml::Table::new().into());
        fs::write(directory.join("Cargo.toml"), manifest.to_string()).expect("a manifest is written");
        let stock = Self { directory };
        stock.run(&["test", "--no-run"]);
        stock.run(&["build"]);
        stock.run(&["clippy"]);
        stock
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.directory.join(file), text).expect("the crate is writable");
    }

    /// How long cargo took.
    fn run(&self, arguments: &[&str]) -> Duration {
        let start = Instant::now();
        let status = Command::new("cargo")
            .args(arguments)
            .current_dir(&self.directory)
            .env("CARGO_TARGET_DIR", self.directory.with_file_name("target"))
            .env_remove("RUSTFLAGS")
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("cargo starts");
        assert!(
            status.success() || arguments == ["test", "--no-run"],
            "cargo {arguments:?} failed in {}",
            self.directory.display()
        );
        start.elapsed()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory is made");
    for entry in fs::read_dir(from).expect("the crate is readable") {
        let entry = entry.expect("the crate is readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}
