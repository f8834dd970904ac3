//! What an honest answer gets.

use std::time::Duration;

use patterns_tui::cargo::Level;
use patterns_tui::check::{Cause, Event, Outcome, Scope, Subject, Verdict, Wait};
use patterns_tui::pack::{Files, WrongAnswer};
use tokio_util::sync::CancellationToken;

use crate::support::{Bench, exercise, pack_of};

const TESTS: &str = r#"
#[test]
fn adds() { assert_eq!(ex::add(1, 2), 3, "one and two"); }
#[test]
fn adds_nothing() { println!("trying"); assert_eq!(ex::add(1, 0), 1); }
"#;
const NAMES: &[&str] = &["adds", "adds_nothing"];

#[tokio::test]
async fn a_right_answer_passes_and_is_told_step_by_step() {
    let judged =
        Bench::new().check(exercise("pub fn add(a: i32, b: i32) -> i32 { a + b }", TESTS, NAMES)).await;
    assert_eq!((judged.report.verdict, judged.report.cause), (Verdict::Passed, None), "{:?}", judged.report);
    assert_eq!(judged.test("adds_nothing").output, "trying");
    let mut kinds = judged.events.iter().map(|event| match event {
        Event::Started { .. } => "started",
        Event::Building { .. } => "building",
        Event::Built { .. } => "built",
        Event::TestStarted { .. } => "test-started",
        Event::TestFinished(_) => "test-finished",
        Event::Finished(_) => "finished",
        _ => "other",
    });
    assert_eq!(kinds.next(), Some("started"));
    let count = |wanted: &str| kinds.clone().filter(|kind| *kind == wanted).count();
    assert_eq!(
        (count("built"), count("test-started"), count("test-finished"), count("finished")),
        (1, 2, 2, 1)
    );
}

#[tokio::test]
async fn a_wrong_answer_fails_with_both_sides_and_the_place() {
    let judged =
        Bench::new().check(exercise("pub fn add(a: i32, b: i32) -> i32 { a - b }", TESTS, NAMES)).await;
    assert_eq!((judged.report.verdict, judged.report.cause), (Verdict::Failed, Some(Cause::TestsFailed)));
    assert_eq!(judged.outcomes(), [("adds", Outcome::Failed), ("adds_nothing", Outcome::Passed)]);
    let test = judged.test("adds");
    let difference = test.difference.as_ref().unwrap();
    assert_eq!((difference.actual.as_str(), difference.expected.as_str()), ("-1", "3"));
    let place = test.panicked_at.as_ref().unwrap();
    assert_eq!((place.file.as_str(), place.line), ("tests/ex.rs", 3));
    assert!(test.message.as_ref().unwrap().contains("one and two"));
}

#[tokio::test]
async fn code_that_does_not_compile_is_a_wrong_answer_with_diagnostics() {
    let judged =
        Bench::new().check(exercise("pub fn add(a: i32, b: i32) -> i32 { a + c }", TESTS, NAMES)).await;
    assert_eq!((judged.report.verdict, judged.report.cause), (Verdict::Failed, Some(Cause::DidNotCompile)));
    let error = judged.report.diagnostics.iter().find(|it| it.level == Level::Error).unwrap();
    assert_eq!(error.code.as_deref(), Some("E0425"));
    assert_eq!(error.spans[0].file, "src/lib.rs");
    assert!(error.explanation.as_ref().unwrap().len() > 100);
    assert!(judged.report.tests.iter().all(|test| test.outcome == Outcome::NotRun));
}

#[tokio::test]
async fn a_signature_that_the_tests_cannot_call_is_a_wrong_answer_too() {
    let judged = Bench::new().check(exercise("pub fn add(a: i32) -> i32 { a }", TESTS, NAMES)).await;
    assert_eq!(judged.report.cause, Some(Cause::DidNotCompile), "{:?}", judged.report.explanation);
}

#[tokio::test]
async fn a_test_that_is_not_there_is_a_contradiction() {
    let names = &["adds", "adds_nothing", "forgotten"];
    let judged =
        Bench::new().check(exercise("pub fn add(a: i32, b: i32) -> i32 { a + b }", TESTS, names)).await;
    assert_eq!((judged.report.verdict, judged.report.cause), (Verdict::Unjudged, Some(Cause::Contradiction)));
    assert!(judged.report.explanation.unwrap().contains("forgotten"));
}

#[tokio::test]
async fn a_corrected_answer_is_built_again() {
    let bench = Bench::new();
    let wrong = exercise("pub fn add(a: i32, b: i32) -> i32 { a * b }", TESTS, NAMES);
    assert_eq!(bench.check(wrong.clone()).await.report.verdict, Verdict::Failed);
    let file = bench.home.path().join("sandbox/tiny/none/ex/src/lib.rs");
    std::fs::write(&file, "pub fn add(a: i32, b: i32) -> i32 { a + b }").unwrap();
    assert_eq!(bench.check(wrong.clone()).await.report.verdict, Verdict::Passed);
    std::fs::write(&file, "pub fn add(a: i32, b: i32) -> i32 { a * b }").unwrap();
    assert_eq!(bench.check(wrong).await.report.verdict, Verdict::Failed);
}

const RIGHT: &str = "pub fn add(a: i32, b: i32) -> i32 { a + b }";

#[tokio::test]
async fn tests_in_several_files_that_should_panic_or_return_errors_are_judged() {
    let mut subject = exercise(RIGHT, TESTS, &["adds", "deep::panics", "errs", "quiet"]);
    let more = "mod deep { #[test] #[should_panic(expected = \"no\")] fn panics() { panic!(\"no\") } }\n#[test] fn errs() -> Result<(), \
                String> { Err(\"bad\".into()) }\n#[test] #[should_panic] fn quiet() { ex::add(1, 1); }";
    subject.tests.insert("more.rs".into(), more.into());
    let judged = Bench::new().check(subject).await;
    let (passed, failed) = (Outcome::Passed, Outcome::Failed);
    let expected = [("adds", passed), ("deep::panics", passed), ("errs", failed), ("quiet", failed)];
    assert_eq!(judged.outcomes(), expected, "{:?}", judged.report);
    assert_eq!(judged.test("errs").message.as_deref(), Some("Error: \"bad\""));
    assert!(judged.test("quiet").message.as_ref().unwrap().starts_with("test did not panic as expected"));
    assert_eq!(judged.test("deep::panics").panicked_at, None);
}

#[tokio::test]
async fn a_test_that_is_ignored_is_no_pass() {
    let tests = "#[test] #[ignore = \"later\"] fn adds() {}";
    let judged = Bench::new().check(exercise(RIGHT, tests, &["adds"])).await;
    assert_eq!((judged.report.verdict, judged.report.cause), (Verdict::Unjudged, Some(Cause::Contradiction)));
    assert!(judged.report.explanation.unwrap().contains("#[ignore]"));
}

#[tokio::test]
async fn every_subject_is_built_from_its_own_files() {
    let bench = Bench::new();
    let library = |text: &str| Files::from([("src/lib.rs".to_owned(), text.into())]);
    let mut subject = exercise("pub fn add(a: i32, _: i32) -> i32 { a }", TESTS, NAMES);
    subject.solution = library(RIGHT);
    let files = library("pub fn add(_: i32, b: i32) -> i32 { b + 2 }");
    let wrong = WrongAnswer { name: "w".into(), why: String::new(), caught_by: Vec::new(), files };
    subject.wrong.push(wrong);
    let pack = pack_of(subject);
    let cancel = CancellationToken::new();
    let mut failures = Vec::new();
    for subject in
        [Subject::Solution, Subject::Wrong("w".into()), Subject::Starter, Subject::Solution, Subject::Learner]
    {
        let report =
            bench.engine.check(&pack, &pack.exercises[0], subject, Scope::All, |_| {}, &cancel).await;
        let failed = report.tests.iter().filter(|test| test.outcome == Outcome::Failed);
        failures.push(failed.map(|test| test.name.clone()).collect::<Vec<_>>());
    }
    assert_eq!(
        failures,
        [vec![], vec!["adds", "adds_nothing"], vec!["adds"], vec![], vec!["adds"]] as [Vec<&str>; 5]
    );
}

#[tokio::test]
async fn one_test_can_be_run_again_with_a_backtrace() {
    let bench = Bench::new();
    let pack = pack_of(exercise("pub fn add(_: i32, _: i32) -> i32 { panic!(\"deep\") }", TESTS, NAMES));
    let scope = Scope::Backtrace("adds".into());
    let cancel = CancellationToken::new();
    let report =
        bench.engine.check(&pack, &pack.exercises[0], Subject::Learner, scope, |_| {}, &cancel).await;
    assert_eq!(report.tests.len(), 1);
    assert!(report.tests[0].output.contains("stack backtrace:"), "{}", report.tests[0].output);
    assert_eq!(report.tests[0].message.as_deref(), Some("deep"));
}

#[tokio::test]
async fn two_checks_at_once_take_turns() {
    let bench = Bench::new();
    let (first, second) =
        tokio::join!(bench.check(exercise(RIGHT, TESTS, NAMES)), bench.check(exercise(RIGHT, TESTS, NAMES)));
    let waited = |events: &[Event]| events.contains(&Event::Waiting(Wait::OtherBuild));
    assert!(waited(&first.events) != waited(&second.events));
    assert_eq!((first.report.verdict, second.report.verdict), (Verdict::Passed, Verdict::Passed));
}

#[tokio::test]
async fn answers_are_not_built_while_others_of_the_same_exercise_are_judged() {
    let bench = Bench::new();
    let pack = pack_of(exercise(RIGHT, TESTS, NAMES));
    let cancel = CancellationToken::new();
    bench.engine.check(&pack, &pack.exercises[0], Subject::Learner, Scope::All, |_| {}, &cancel).await;
    let turn = bench.home.path().join("sandbox/tiny/none/.ex.lock");
    let held = std::fs::File::options().write(true).open(turn).unwrap();
    held.lock().unwrap();
    let judged = bench.engine.check_answers(&pack, &pack.exercises[0], &[Subject::Starter], &cancel);
    tokio::pin!(judged);
    let waited = tokio::time::timeout(Duration::from_secs(1), &mut judged).await;
    assert!(waited.is_err() && !bench.home.path().join("judge").exists(), "{waited:?}");
    drop(held);
    assert_eq!(judged.await[0].verdict, Verdict::Passed);
}

#[tokio::test]
async fn waiting_for_another_cargo_is_told() {
    let bench = Bench::new();
    bench.check(exercise(RIGHT, TESTS, NAMES)).await;
    let lock = bench.home.path().join("target/none/debug/.cargo-lock");
    let held = std::fs::File::options().write(true).open(lock).unwrap();
    held.lock().unwrap();
    let mut held = Some(held);
    let pack = pack_of(exercise(RIGHT, TESTS, NAMES));
    let emit = |event| {
        if event == Event::Waiting(Wait::CargoLock) {
            held.take();
        }
    };
    let cancel = CancellationToken::new();
    let report =
        bench.engine.check(&pack, &pack.exercises[0], Subject::Learner, Scope::All, emit, &cancel).await;
    assert_eq!(report.verdict, Verdict::Passed);
    assert!(held.is_none(), "the lock was let go when the check said that it waits");
}
