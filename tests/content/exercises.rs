//! Exercises: every answer that the pack holds is judged as the pack says.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use patterns_tui::cargo::Level;
use patterns_tui::check::{Cause, Outcome, Report, Scope, Subject, Verdict};
use patterns_tui::pack::{Exercise, Fails, Kind};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::support::{ENGINE, PACK, assert_none, is_wanted};

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_judged_as_the_pack_says() {
    // While one exercise's tests run, the next one is built.
    let mut exercises = JoinSet::new();
    for at in (0..PACK.exercises.len()).filter(|at| is_wanted(&PACK.exercises[*at].id)) {
        exercises.spawn(async move { complaints_about(&PACK.exercises[at]).await });
    }
    assert_none(&exercises.join_all().await.concat());
}

async fn complaints_about(exercise: &Exercise) -> Vec<String> {
    let began = Instant::now();
    let subjects = subjects(exercise);
    let reports = judge(exercise, &subjects).await;
    let mut complaints = Vec::new();
    let mut caught = BTreeSet::new();
    for (subject, report) in subjects.iter().zip(&reports) {
        let complaint = match subject {
            Subject::Starter => complaint_about_starter(exercise, report),
            Subject::Wrong(name) => {
                caught.extend(failed(report));
                let wrong = exercise.wrong.iter().find(|wrong| wrong.name == *name);
                fails_exactly(report, wrong.map_or(&[], |wrong| &wrong.caught_by))
            }
            Subject::Solution | Subject::Learner => complaint_about_solution(report),
        };
        complaints.extend(complaint.map(|it| format!("{}, {subject:?}: {it}", exercise.id)));
    }
    // What no server is there for can neither catch anything nor be caught out.
    let skipped: BTreeSet<_> = reports.iter().flat_map(skipped).collect();
    let ran = exercise.tests_in_order().filter(|name| !skipped.contains(name));
    let never: Vec<_> = ran.filter(|name| !caught.contains(name)).collect();
    if exercise.kind != Kind::Quiz && exercise.kind != Kind::Test && !never.is_empty() {
        complaints.push(format!("{}: no wrong answer is caught by {never:?}", exercise.id));
    }
    let left_out = if skipped.is_empty() { String::new() } else { format!(", SKIPPED {skipped:?}") };
    let took = began.elapsed().as_secs_f32();
    println!("{}: {} answers, {took:.1} s{left_out}", exercise.id, subjects.len());
    complaints
}

fn subjects(exercise: &Exercise) -> Vec<Subject> {
    let wrong = exercise.wrong.iter().map(|wrong| Subject::Wrong(wrong.name.clone()));
    match exercise.kind {
        Kind::Quiz => vec![Subject::Solution],
        // Its wrong answers are what the tests of the model answer are judged by.
        Kind::Test => vec![Subject::Solution, Subject::Starter],
        Kind::Implement | Kind::Repair => {
            [Subject::Solution, Subject::Starter].into_iter().chain(wrong).collect()
        }
    }
}

async fn judge(exercise: &Exercise, subjects: &[Subject]) -> Vec<Report> {
    let (pack, cancel) = (Arc::clone(&PACK), CancellationToken::new());
    if matches!(exercise.kind, Kind::Implement | Kind::Repair) {
        return ENGINE.check_answers(&pack, exercise, subjects, &cancel).await;
    }
    let mut reports = Vec::new();
    for subject in subjects {
        reports.push(ENGINE.check(&pack, exercise, subject.clone(), Scope::All, |_| {}, &cancel).await);
    }
    reports
}

fn complaint_about_solution(report: &Report) -> Option<String> {
    let said: String = report.diagnostics.iter().map(|diagnostic| diagnostic.rendered.as_str()).collect();
    if report.verdict != Verdict::Passed {
        return Some(format!("the model answer does not pass: {}", told(report)));
    }
    (!said.is_empty()).then(|| format!("the compiler warns of the model answer:\n{said}"))
}

fn complaint_about_starter(exercise: &Exercise, report: &Report) -> Option<String> {
    match exercise.fails.as_ref()? {
        Fails::Tests(tests) => fails_exactly(report, tests),
        Fails::Error(code) => {
            let is_it = |code_of: Option<&str>| code_of == Some(code);
            let mut errors = report.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
            let as_stated = errors.any(|error| is_it(error.code.as_deref()));
            (!as_stated).then(|| format!("does not fail with {code}: {}", told(report)))
        }
    }
}

/// Whether it fails what it is to fail, of the tests that are not skipped here; if all of them are, it passes.
fn fails_exactly(report: &Report, expected: &[String]) -> Option<String> {
    let (actual, skipped) = (failed(report), skipped(report));
    let ran = expected.iter().map(String::as_str).filter(|name| !skipped.contains(name));
    let expected: BTreeSet<&str> = ran.collect();
    let judged = match report.verdict {
        Verdict::Failed => report.cause != Some(Cause::DidNotCompile),
        Verdict::Passed => expected.is_empty(),
        Verdict::Unjudged => false,
    };
    if !judged {
        return Some(format!("is to fail {expected:?}, but: {}", told(report)));
    }
    let missed: Vec<_> = expected.difference(&actual).collect();
    let unsaid: Vec<_> = actual.difference(&expected).collect();
    (actual != expected).then(|| format!("passes {missed:?}; fails {unsaid:?}, which the pack does not say"))
}

fn failed(report: &Report) -> BTreeSet<&str> {
    let passes = |outcome| matches!(outcome, Outcome::Passed | Outcome::Skipped);
    let failed = report.tests.iter().filter(|test| !passes(test.outcome));
    failed.map(|test| test.name.as_str()).collect()
}

/// The tests whose server is not there.
fn skipped(report: &Report) -> BTreeSet<&str> {
    let skipped = report.tests.iter().filter(|test| test.outcome == Outcome::Skipped);
    skipped.map(|test| test.name.as_str()).collect()
}

fn told(report: &Report) -> String {
    let why = report.explanation.as_deref().unwrap_or_default();
    let said: Vec<_> = report.diagnostics.iter().map(|diagnostic| diagnostic.rendered.as_str()).collect();
    let tests = report.tests.iter().filter(|test| test.outcome.is_failure());
    let tests: Vec<_> =
        tests.map(|test| format!("{}: {}", test.name, test.message.as_deref().unwrap_or("failed"))).collect();
    format!("{:?} {why}\n{}{}", report.verdict, said.concat(), tests.join("\n"))
}
