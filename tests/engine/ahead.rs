//! Builds that are begun before the files are saved.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use patterns_tui::cargo::Environment;
use patterns_tui::cargo::toolchain::find_program;
use patterns_tui::check::{Engine, Event, PlayEnd, Report, Scope, Subject, Verdict, Wait};
use patterns_tui::pack::{Exercise, Pack};
use patterns_tui::settings::Home;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::kinds::suite;
use crate::obstacles::{script, with_programs_of};
use crate::support::{Bench, exercise, pack_of, processes_that_know, processes_with, supervisor, wait_until};

const RIGHT: &str = "pub fn add(a: i32, b: i32) -> i32 { a + b }";
const WRONG: &str = "pub fn add(a: i32, b: i32) -> i32 { a - b }";
const TEST: &str = "#[test] fn adds() { assert_eq!(ex::add(1, 2), 3); }";

/// A learner's crate whose next build waits.
struct Waiting {
    bench: Bench,
    pack: Arc<Pack>,
}

impl Waiting {
    async fn new() -> Self {
        Self::of(exercise(RIGHT, TEST, &["adds"])).await
    }

    async fn of(exercise: Exercise) -> Self {
        let waiting = Self { bench: Bench::new(), pack: pack_of(exercise) };
        waiting.begin().await;
        waiting
    }

    async fn begin(&self) {
        let cancel = CancellationToken::new();
        self.bench.engine.begin_ahead(&self.pack, &self.pack.exercises[0], &cancel).await;
        assert_eq!(self.processes(), 1, "one cargo waits");
        assert!(self.note().exists());
    }

    fn write(&self, text: &str) {
        let sandbox = self.bench.engine.sandbox();
        let exercise = &self.pack.exercises[0];
        sandbox.write(&self.pack, exercise, &exercise.edit[0], text).unwrap();
    }

    async fn check(&self, emit: impl FnMut(Event) + Send) -> Report {
        let cancel = CancellationToken::new();
        let exercise = &self.pack.exercises[0];
        let check =
            self.bench.engine.check(&self.pack, exercise, Subject::Learner, Scope::All, emit, &cancel);
        tokio::time::timeout(Duration::from_mins(1), check).await.expect("it does not wait for ever")
    }

    /// Checks; gives also how many jobs had a build that waited when what they built was there.
    async fn check_with_gates(&self) -> (Report, usize) {
        let mut gates = 0;
        let report = self
            .check(|event| {
                if matches!(event, Event::Built { .. }) {
                    // A check's own job has a directory of its own; that of the build that waited holds the gate.
                    let runs = std::fs::read_dir(self.bench.home.path().join("tmp")).unwrap().flatten();
                    gates = runs.filter(|run| run.path().join("artifacts").exists()).count();
                }
            })
            .await;
        (report, gates)
    }

    /// How many supervised cargos work below the home.
    fn processes(&self) -> usize {
        let home = self.bench.home.path().to_str().unwrap();
        let lines = processes_with(home);
        lines.iter().filter(|line| line.contains("__supervise") && line.contains("--message-format")).count()
    }

    /// The supervisors that stand by for tests.
    fn standbys(&self) -> BTreeSet<u32> {
        let all = processes_that_know(self.bench.home.path().to_str().unwrap());
        let stands_by = |line: &str| line.contains("__supervise") && line.contains("--later");
        all.into_iter().filter(|(_, line)| stands_by(line)).map(|(pid, _)| pid).collect()
    }

    /// Waits until so many stand by; `None` where there are no namespaces, and therefore none.
    async fn until_standbys(&self, count: usize) -> Option<BTreeSet<u32>> {
        if !self.bench.engine.supervisor().makes_namespaces() {
            eprintln!("nothing stands by: the system grants no namespaces of processes");
            return None;
        }
        wait_until("as many stand by as there are tests", || self.standbys().len() == count).await;
        Some(self.standbys())
    }

    fn note(&self) -> PathBuf {
        self.bench.home.path().join("target/.none.ahead")
    }
}

async fn play(engine: &Engine, pack: &Arc<Pack>) -> PlayEnd {
    let (_, input) = mpsc::unbounded_channel();
    let cancel = CancellationToken::new();
    let play = engine.play(pack, "none", "fn main() {}", input, |_| {}, &cancel);
    tokio::time::timeout(Duration::from_mins(1), play).await.expect("it does not wait for ever").unwrap()
}

#[tokio::test]
async fn what_is_saved_after_the_beginning_is_judged_by_the_build_that_waited() {
    let waiting = Waiting::new().await;
    for (text, verdict) in [(WRONG, Verdict::Failed), (RIGHT, Verdict::Passed)] {
        waiting.write(text);
        let (report, gates) = waiting.check_with_gates().await;
        assert_eq!((report.verdict, gates), (verdict, 1));
        assert_eq!(waiting.processes(), 0);
        assert!(!waiting.note().exists());
        waiting.begin().await;
    }
}

#[tokio::test]
async fn a_suite_is_judged_by_the_build_of_all_implementations_that_waited() {
    const CATCHES_ALL: &str = "#[test] fn doubles() { assert_eq!((ex::double(3), ex::double(5)), (6, 10)); }";
    let waiting = Waiting::of(suite("")).await;
    for (text, verdict) in [(CATCHES_ALL, Verdict::Passed), ("", Verdict::Failed)] {
        waiting.write(text);
        let (report, gates) = waiting.check_with_gates().await;
        assert_eq!((report.verdict, gates), (verdict, 1), "{report:?}");
        assert_eq!(waiting.processes(), 0);
        waiting.begin().await;
    }
}

#[tokio::test]
async fn code_that_does_not_compile_is_refused_by_the_build_that_waited() {
    let waiting = Waiting::new().await;
    waiting.write("pub fn add(");
    let report = waiting.check(|_| {}).await;
    assert_eq!(report.verdict, Verdict::Failed);
    assert_eq!(report.diagnostics.len(), 1, "it is told once: {:?}", report.diagnostics);
}

/// An engine whose linker fails this many times before it works.
fn failing(links: u32, place: &Path) -> Bench {
    let real = find_program(&Environment::of_this_process(), "cc").unwrap();
    let fails = format!(
        "n=0; while [ $n -lt {links} ]; do n=$((n+1)); mkdir {place:?}/$n 2>/dev/null && exit 1; done\nexec {real:?} \"$@\""
    );
    script(&place.join("cc"), &fails);
    let home = tempfile::tempdir().unwrap();
    let engine = Engine::with_environment(Home::new(home.path()), supervisor(), with_programs_of(place));
    Bench { engine, home }
}

#[tokio::test]
async fn what_a_build_said_that_counts_for_nothing_is_not_told() {
    const UNUSED: &str =
        "#[test] fn doubles() { let unused = 1; assert_eq!((ex::double(3), ex::double(5)), (6, 10)); }";
    let library = format!("{RIGHT}\nfn unused() {{}}");
    for (exercise, links) in [(exercise(&library, TEST, &["adds"]), 1), (suite(UNUSED), 3)] {
        let place = tempfile::tempdir().unwrap();
        let waiting = Waiting { bench: failing(links, place.path()), pack: pack_of(exercise) };
        waiting.begin().await;
        let mut told = 0;
        let report = waiting.check(|event| told += u32::from(matches!(event, Event::Diagnosed(_)))).await;
        assert_eq!(report.verdict, Verdict::Passed, "{report:?}");
        assert!(place.path().join(links.to_string()).exists(), "the build that waited failed");
        assert_eq!((report.diagnostics.len(), told), (1, 1), "{:?}", report.diagnostics);
    }
}

#[tokio::test]
async fn a_build_that_waits_stands_in_nobodys_way() {
    let waiting = Waiting::new().await;
    let other = Engine::new(Home::new(waiting.bench.home.path()), supervisor());
    for engine in [&waiting.bench.engine, &other] {
        assert_eq!(play(engine, &waiting.pack).await, PlayEnd::Exited(0));
        assert_eq!(waiting.processes(), 0, "it was ended");
        waiting.begin().await;
    }
    assert_eq!(play(&other, &waiting.pack).await, PlayEnd::Exited(0));
    assert_eq!(waiting.check(|_| {}).await.verdict, Verdict::Passed, "a build that was ended is done again");
}

#[tokio::test]
async fn what_is_built_already_ends_no_build_that_waits() {
    let waiting = Waiting::new().await;
    let cancel = CancellationToken::new();
    waiting.bench.engine.warm(&waiting.pack, "none", |_| {}, &cancel).await.unwrap();
    assert_eq!(waiting.processes(), 1);
    assert_eq!(waiting.check_with_gates().await.1, 1, "the check goes on with it");
}

#[tokio::test]
async fn a_check_does_not_wait_for_the_build_of_another_program_that_waits() {
    let waiting = Waiting::new().await;
    let other = Engine::new(Home::new(waiting.bench.home.path()), supervisor());
    let cancel = CancellationToken::new();
    other.begin_ahead(&waiting.pack, &waiting.pack.exercises[0], &cancel).await;
    assert_eq!(waiting.processes(), 1, "that of the other took the place of ours");
    assert_eq!(waiting.check(|_| {}).await.verdict, Verdict::Passed);
    assert_eq!(waiting.processes(), 0, "it was ended");
    waiting.begin().await;
}

#[tokio::test]
async fn supervisors_stand_by_while_a_build_waits_and_run_its_tests() {
    let two = format!("{TEST} #[test] fn adds_more() {{ assert_eq!(ex::add(2, 2), 4); }}");
    let waiting = Waiting::of(exercise(RIGHT, &two, &["adds", "adds_more"])).await;
    let Some(before) = waiting.until_standbys(2).await else { return };
    let mut during = BTreeSet::new();
    let report = waiting
        .check(|event| {
            if matches!(event, Event::Built { .. } | Event::TestFinished(_)) {
                during.extend(waiting.standbys());
            }
        })
        .await;
    assert_eq!((report.verdict, during), (Verdict::Passed, before), "those that stood by, and no other");
    waiting.begin().await;
    waiting.until_standbys(2).await;
    waiting.bench.engine.end_ahead().await;
    wait_until("they end with the build", || waiting.standbys().is_empty()).await;
}

#[tokio::test]
async fn a_crate_that_was_put_in_the_place_of_another_is_judged_where_it_stands() {
    let reads = "#[test] fn adds() { std::fs::metadata(\"src/lib.rs\").unwrap(); }";
    let waiting = Waiting::of(exercise(RIGHT, reads, &["adds"])).await;
    let Some(_) = waiting.until_standbys(1).await else { return };
    let place = waiting.bench.engine.sandbox().crate_dir(&waiting.pack, &waiting.pack.exercises[0]);
    std::fs::remove_dir_all(&place).unwrap();
    waiting.write(RIGHT);
    assert_eq!(waiting.check(|_| {}).await.verdict, Verdict::Passed);
}

#[tokio::test]
async fn one_that_stands_by_and_has_lost_its_namespace_fails_nobody() {
    let waiting = Waiting::new().await;
    let Some(standbys) = waiting.until_standbys(1).await else { return };
    let is_child = |pid: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let parent = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
        parent.and_then(|parent| parent.parse().ok()).is_some_and(|parent: u32| standbys.contains(&parent))
    };
    let home = waiting.bench.home.path().to_str().unwrap();
    let firsts: Vec<_> = processes_that_know(home).into_iter().filter(|(pid, _)| is_child(*pid)).collect();
    assert_eq!(firsts.len(), 1, "{firsts:?}");
    let killed = Command::new("kill").args(["-9", &firsts[0].0.to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(waiting.check(|_| {}).await.verdict, Verdict::Passed);
}

#[tokio::test]
async fn a_build_of_another_crate_is_ended() {
    let mut waiting = Waiting::new().await;
    let mut other = exercise(RIGHT, TEST, &["adds"]);
    other.tests = [("other.rs".to_owned(), TEST.into())].into();
    waiting.pack = pack_of(other);
    assert_eq!(waiting.check(|_| {}).await.verdict, Verdict::Passed);
    assert_eq!(waiting.processes(), 0);
}

#[tokio::test]
async fn nothing_is_left_of_a_build_that_is_not_wanted_any_more() {
    let waiting = Waiting::new().await;
    waiting.bench.engine.end_ahead().await;
    assert_eq!(waiting.processes(), 0);
    assert!(!waiting.note().exists());
    let jobs = std::fs::read_dir(waiting.bench.home.path().join("tmp")).unwrap().count();
    assert_eq!(jobs, 0, "its directory is gone");
    let cancel = CancellationToken::new();
    cancel.cancel();
    waiting.bench.engine.begin_ahead(&waiting.pack, &waiting.pack.exercises[0], &cancel).await;
    assert_eq!(waiting.processes(), 0);
}

/// As if another cargo downloaded: it locks the whole of this home.
fn downloads(bench: &Bench, cargo_home: &str) -> std::fs::File {
    let home = bench.home.path().join(cargo_home);
    std::fs::create_dir_all(&home).unwrap();
    let lock = std::fs::File::create(home.join(".package-cache")).unwrap();
    lock.lock().unwrap();
    lock
}

#[tokio::test]
async fn what_needs_no_packages_does_not_wait_for_the_downloads_of_another_set() {
    let waiting = Waiting { bench: Bench::new(), pack: pack_of(exercise(RIGHT, TEST, &["adds"])) };
    let _downloads = downloads(&waiting.bench, "cargo");
    let begun = tokio::time::timeout(Duration::from_secs(20), waiting.begin()).await;
    begun.expect("a build ahead does not wait");
    let mut waits = Vec::new();
    let report = waiting
        .check(|event| {
            if let Event::Waiting(wait) = event {
                waits.push(wait);
            }
        })
        .await;
    assert_eq!((report.verdict, waits), (Verdict::Passed, Vec::new()));
}

#[tokio::test]
async fn a_build_ahead_gives_way_while_cargo_downloads() {
    let waiting = Waiting { bench: Bench::new(), pack: pack_of(exercise(RIGHT, TEST, &["adds"])) };
    let mut held = Some(downloads(&waiting.bench, "cargo-none"));
    let cancel = CancellationToken::new();
    let begin = waiting.bench.engine.begin_ahead(&waiting.pack, &waiting.pack.exercises[0], &cancel);
    tokio::time::timeout(Duration::from_secs(20), begin).await.expect("it does not keep the turn");
    // To drop a process is to have its supervisor end it, which takes a moment.
    wait_until("nothing waits", || waiting.processes() == 0).await;
    let report = waiting
        .check(|event| {
            if event == Event::Waiting(Wait::CargoLock) {
                held.take();
            }
        })
        .await;
    assert!(held.is_none(), "the check says what it waits for");
    assert_eq!(report.verdict, Verdict::Passed);
}
