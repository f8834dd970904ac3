//! Exercises made on the spot, judged in a home of their own.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use patterns_tui::check::{Engine, Event, Outcome, Report, Scope, Subject, TestResult};
use patterns_tui::confine::Supervisor;
use patterns_tui::pack::{Difficulty, Exercise, Files, Kind, Limits, Pack, SectionRef, Step};
use patterns_tui::settings::Home;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// An engine on an empty home.
pub(crate) struct Bench {
    pub(crate) engine: Engine,
    pub(crate) home: TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(supervisor().into())
    }

    /// An engine whose children have no namespaces of processes, as where the system grants none.
    #[cfg(target_os = "linux")]
    pub(crate) fn without_namespaces() -> Self {
        Self::with(Supervisor::from(supervisor()).without_namespaces())
    }

    /// An engine whose children have namespaces of processes, where the system grants any.
    #[cfg(target_os = "linux")]
    pub(crate) fn with_namespaces() -> Option<Self> {
        Some(Self::new()).filter(|bench| bench.engine.supervisor().makes_namespaces())
    }

    fn with(supervisor: Supervisor) -> Self {
        let home = tempfile::tempdir().unwrap();
        let engine = Engine::new(Home::new(home.path()), supervisor);
        Self { engine, home }
    }

    /// Judges an exercise as a learner who wrote its starter.
    pub(crate) async fn check(&self, exercise: Exercise) -> Judged {
        self.check_until(exercise, &CancellationToken::new()).await
    }

    pub(crate) async fn check_until(&self, exercise: Exercise, cancel: &CancellationToken) -> Judged {
        self.judge(exercise, Subject::Learner, cancel).await
    }

    pub(crate) async fn judge(
        &self,
        exercise: Exercise,
        subject: Subject,
        cancel: &CancellationToken,
    ) -> Judged {
        let pack = pack_of(exercise);
        let mut events = Vec::new();
        let emit = |event| events.push(event);
        let exercise = &pack.exercises[0];
        let report = self.engine.check(&pack, exercise, subject, Scope::All, emit, cancel).await;
        assert_eq!(events.last(), Some(&Event::Finished(Box::new(report.clone()))));
        Judged { report, events }
    }
}

pub(crate) struct Judged {
    pub(crate) report: Report,
    pub(crate) events: Vec<Event>,
}

impl Judged {
    pub(crate) fn test(&self, name: &str) -> &TestResult {
        self.report.tests.iter().find(|test| test.name == name).unwrap()
    }

    pub(crate) fn outcomes(&self) -> Vec<(&str, Outcome)> {
        self.report.tests.iter().map(|test| (test.name.as_str(), test.outcome)).collect()
    }
}

pub(crate) fn supervisor() -> PathBuf {
    env!("CARGO_BIN_EXE_patterns-tui").into()
}

pub(crate) fn pack_of(exercise: Exercise) -> Arc<Pack> {
    Arc::new(Pack {
        id: "tiny".into(),
        title: "Tiny".into(),
        version: "0.1.0".parse().unwrap(),
        language: "en".into(),
        authors: Vec::new(),
        license: "MIT".into(),
        requires: "*".parse().unwrap(),
        chapters: Vec::new(),
        exercises: vec![exercise],
        map: Vec::new(),
        sets: std::collections::BTreeMap::new(),
    })
}

/// An exercise with this library, judged by these tests, of which each may run for two seconds.
pub(crate) fn exercise(library: &str, tests: &str, names: &[&str]) -> Exercise {
    let file = |path: &str, text: &str| Files::from([(path.to_owned(), text.into())]);
    Exercise {
        id: "ex".into(),
        title: "Ex".into(),
        section: SectionRef { chapter: "c".into(), anchor: "s".into() },
        kind: Kind::Implement,
        difficulty: Difficulty::Easy,
        minutes: 1,
        set: "none".into(),
        fails: None,
        renamed_from: Vec::new(),
        notes: None,
        edit: vec!["src/lib.rs".into()],
        limits: Limits { test: Duration::from_secs(2), ..Limits::default() },
        needs: Vec::new(),
        steps: vec![Step {
            title: "Step".into(),
            task: String::new(),
            tests: names.iter().map(|name| (*name).to_owned()).collect(),
            hints: Vec::new(),
        }],
        questions: Vec::new(),
        wrong: Vec::new(),
        starter: file("src/lib.rs", library),
        solution: Files::new(),
        tests: file("ex.rs", tests),
    }
}

/// Waits until the condition holds; panics if it takes too long.
#[cfg(target_os = "linux")]
pub(crate) async fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = std::time::Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(10), "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A number of seconds to sleep that no other run of the tests has, by which its processes are found.
#[cfg(target_os = "linux")]
pub(crate) fn long_time(number: u32) -> String {
    format!("{number}{:07}", std::process::id())
}

/// The living processes that have this in their environment: their numbers and command lines.
#[cfg(target_os = "linux")]
pub(crate) fn processes_that_know(text: &str) -> Vec<(u32, String)> {
    let known = |entry: std::fs::DirEntry| {
        let read = |name| std::fs::read(entry.path().join(name)).ok();
        let knows = String::from_utf8_lossy(&read("environ")?).contains(text);
        let line = String::from_utf8_lossy(&read("cmdline")?).replace('\0', " ");
        knows.then(|| Some((entry.file_name().to_str()?.parse().ok()?, line)))?
    };
    std::fs::read_dir("/proc").unwrap().flatten().filter_map(known).collect()
}

/// The command lines of all living processes that contain this text.
#[cfg(target_os = "linux")]
pub(crate) fn processes_with(text: &str) -> Vec<String> {
    let lines = std::fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| {
        let line = std::fs::read(entry.path().join("cmdline")).ok()?;
        Some(String::from_utf8_lossy(&line).replace('\0', " "))
    });
    lines.filter(|line| line.contains(text)).collect()
}
