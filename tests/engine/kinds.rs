//! The kinds of exercise that are judged in their own way: quizzes, and suites that the learner writes.

use patterns_tui::check::{Cause, Outcome, Subject, Verdict};
use patterns_tui::pack::{Ask, Exercise, Files, Kind, Question, WrongAnswer};
use tokio_util::sync::CancellationToken;

use crate::support::{Bench, Judged, exercise};

const ACCEPTS: &str = "accepts-the-right-one";

fn question(ask: Ask, code: &str, error: Option<&str>, prints: Option<&str>) -> Question {
    Question {
        name: format!("question {}", code.len()),
        ask,
        text: "What happens?".into(),
        code: Some(code.into()),
        options: vec!["yes".into(), "no".into()],
        answer: usize::from(error.is_some()),
        error: error.map(str::to_owned),
        prints: prints.map(str::to_owned),
        explain: "So.".into(),
    }
}

fn quiz(questions: Vec<Question>) -> Exercise {
    Exercise { kind: Kind::Quiz, questions, steps: Vec::new(), ..exercise("", "", &[]) }
}

async fn prove(quiz: Exercise) -> Judged {
    Bench::new().judge(quiz, Subject::Solution, &CancellationToken::new()).await
}

#[tokio::test]
async fn what_a_quiz_says_is_no_pass_of_the_learners() {
    let right = question(Ask::Compiles, "pub struct A;", None, None);
    let judged = Bench::new().check(quiz(vec![right])).await;
    assert_eq!(judged.report.verdict, Verdict::Unjudged, "{:?}", judged.report);
    assert_eq!(judged.test("question 13").outcome, Outcome::NotRun);
}

#[tokio::test]
async fn a_quiz_is_verified_with_the_compiler() {
    let moved = "pub fn f(a: String) -> (String, String) { (a, a) }";
    let judged = prove(quiz(vec![
        question(Ask::Compiles, moved, Some("E0382"), None),
        question(Ask::Compiles, "pub struct A;", None, None),
        question(Ask::Prints, "fn main() { println!(\"7\"); }", None, Some("7")),
    ]))
    .await;
    assert_eq!(judged.report.verdict, Verdict::Passed, "{:?}", judged.report);
    assert!(judged.report.build_ms > 0, "it was built");
    let outputs: Vec<_> = judged.report.tests.iter().map(|test| test.output.as_str()).collect();
    assert!(outputs[0].contains("E0382"), "{outputs:?}");
    assert_eq!(outputs[1..], ["", "7\n"]);
}

#[tokio::test]
async fn a_question_with_a_wrong_answer_is_found() {
    let judged = prove(quiz(vec![
        question(Ask::Compiles, "pub struct A;", Some("E0382"), None),
        question(Ask::Compiles, "pub struct A; pub struct A;", None, None),
        question(Ask::Prints, "fn main() { println!(\"7\"); }", None, Some("8")),
    ]))
    .await;
    assert_eq!(judged.report.verdict, Verdict::Failed);
    assert!(judged.report.tests.iter().all(|test| test.outcome == Outcome::Failed), "{:?}", judged.report);
}

/// An exercise in testing `double`, with an implementation that adds two and one that never returns.
pub(crate) fn suite(tests: &str) -> Exercise {
    let file = |path: &str, text: &str| Files::from([(path.to_owned(), text.into())]);
    let wrong = |name: &str, code: &str| WrongAnswer {
        name: name.into(),
        why: String::new(),
        caught_by: vec![format!("catches-{name}")],
        files: file("src/lib.rs", code),
    };
    let library = "pub fn double(n: u32) -> u32 { n * 2 }";
    let mut exercise = exercise(library, "", &[ACCEPTS, "catches-adds", "catches-hangs"]);
    exercise.kind = Kind::Test;
    exercise.edit = vec!["tests/suite.rs".into()];
    exercise.tests = Files::new();
    exercise.solution = exercise.starter.clone();
    exercise.starter.insert("tests/suite.rs".into(), tests.into());
    exercise.wrong = vec![
        wrong("adds", "pub fn double(n: u32) -> u32 { n + 2 }"),
        wrong("hangs", "pub fn double(n: u32) -> u32 { if n == 5 { loop {} } n * 2 }"),
    ];
    exercise
}

#[tokio::test]
async fn a_suite_that_tells_right_from_wrong_passes() {
    let judged = Bench::new()
        .check(suite("#[test] fn three() { assert_eq!(ex::double(3), 6); }\n#[test] fn five() { assert_eq!(ex::double(5), 10); }\n"))
        .await;
    assert_eq!(judged.report.verdict, Verdict::Passed, "{:?}", judged.report);
}

#[tokio::test]
async fn a_suite_that_refuses_the_right_one_when_all_is_built_is_judged_all_the_same() {
    // On the one that hangs it still runs then.
    let late = "#[test] fn a() {\n    std::thread::sleep(std::time::Duration::from_millis(1500));\n    assert_eq!(ex::double(3), 7);\n}\n\
                #[test] fn b() {\n    assert_eq!(ex::double(5), 10);\n}\n";
    let judged = Bench::new().check(suite(late)).await;
    assert_eq!(judged.test(ACCEPTS).outcome, Outcome::Failed, "{:?}", judged.report);
    assert_eq!(judged.report.verdict, Verdict::Failed, "{:?}", judged.report);
}

#[tokio::test]
async fn a_suite_that_forges_its_summary_is_not_accepted() {
    let forged = "#[test] fn a() {}\n#[test] fn b() {\n    use std::io::Write;\n    let mut out = std::io::stdout().lock();\n    \
                  out.write_all(b\"\\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\\n\").unwrap();\n    \
                  out.flush().unwrap();\n    std::process::exit(if ex::double(3) == 6 && ex::double(5) == 10 { 0 } else { 1 })\n}\n";
    let judged = Bench::new().check(suite(forged)).await;
    assert_eq!(judged.test(ACCEPTS).outcome, Outcome::Crashed, "{:?}", judged.report);
    assert_eq!(judged.report.verdict, Verdict::Failed);
}

#[tokio::test]
async fn a_suite_cannot_read_off_its_path_what_it_is_built_with() {
    let telling = "#[test] fn path() {\n    let all = [file!(), module_path!(), env!(\"CARGO_MANIFEST_DIR\"), env!(\"CARGO_PKG_NAME\")].concat();\n    \
                   assert!(!all.contains(\"wrong\") && !all.contains(\"adds\") && !all.contains(\"hangs\"), \"{all}\");\n}\n";
    let judged = Bench::new().check(suite(telling)).await;
    let (passed, failed) = (Outcome::Passed, Outcome::Failed);
    assert_eq!(judged.outcomes(), [(ACCEPTS, passed), ("catches-adds", failed), ("catches-hangs", failed)]);
}

#[tokio::test]
async fn a_suite_that_misses_something_is_told_what() {
    let judged = Bench::new().check(suite("#[test] fn two() { assert_eq!(ex::double(2), 4); }\n")).await;
    let (passed, failed) = (Outcome::Passed, Outcome::Failed);
    assert_eq!(judged.outcomes(), [(ACCEPTS, passed), ("catches-adds", failed), ("catches-hangs", failed)]);
}

#[tokio::test]
async fn a_suite_without_tests_catches_nothing() {
    let judged = Bench::new().check(suite("")).await;
    assert_eq!(judged.report.cause, Some(Cause::TestsFailed));
    assert_eq!(judged.test("catches-adds").message.as_deref(), Some("your suite has no tests"));
}

#[tokio::test]
async fn a_suite_that_refuses_the_right_one_catches_nothing() {
    let judged = Bench::new().check(suite("#[test] fn no() { assert_eq!(ex::double(2), 5); }\n")).await;
    let not_run = Outcome::NotRun;
    assert_eq!(
        judged.outcomes(),
        [(ACCEPTS, Outcome::Failed), ("catches-adds", not_run), ("catches-hangs", not_run)]
    );
    let place = judged.test(ACCEPTS).panicked_at.clone().unwrap();
    assert_eq!((place.file.as_str(), place.line), ("tests/suite.rs", 1));
}

#[tokio::test]
async fn a_suite_that_does_not_compile_is_told_where() {
    let judged = Bench::new().check(suite("#[test] fn no() { ex::triple(2); }\n")).await;
    assert_eq!(judged.report.cause, Some(Cause::DidNotCompile));
    let spans = &judged.report.diagnostics[0].spans;
    assert!(spans.iter().any(|span| span.file == "tests/suite.rs"), "{spans:?}");
}
