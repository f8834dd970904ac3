//! What an honest answer gets.

use patterns_tui::cargo::Level;
use patterns_tui::check::{Cause, Event, Outcome, Verdict};

use crate::support::{Bench, exercise};

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
