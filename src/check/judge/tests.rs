//! Tests of the report that is drafted while a check runs.

use super::*;

fn result(name: &str, outcome: Outcome) -> TestResult {
    TestResult { outcome, ms: 5, ..testify::not_run(name) }
}

#[test]
fn an_explanation_counts_what_went_wrong() {
    let tests = [result("a", Outcome::Passed), result("b", Outcome::Failed), result("c", Outcome::Crashed)];
    assert_eq!(explain(Cause::TestsFailed, &tests), "1 of 3 tests failed");
    assert_eq!(explain(Cause::Crashed, &tests), "the process of 1 of 3 tests died");
}

#[test]
fn a_contradiction_names_the_test() {
    let mut missing = result("a", Outcome::NotRun);
    missing.message = Some("there is no test of this name".into());
    assert_eq!(explain(Cause::Contradiction, &[missing]), "a: there is no test of this name");
    assert_eq!(explain(Cause::Contradiction, &[]), "no test judges it");
}

#[test]
fn the_draft_keeps_what_was_told() {
    let mut draft = Draft::default();
    draft.note(&Event::Built { took: Duration::from_millis(7) });
    draft.note(&Event::TestFinished(result("a", Outcome::Passed)));
    draft.note(&Event::TestFinished(result("b", Outcome::Passed)));
    assert_eq!((draft.build.as_millis(), draft.run.as_millis(), draft.results.len()), (7, 10, 2));
}

#[test]
fn tests_that_run_beside_each_other_are_not_added_up() {
    let mut draft = Draft::default();
    for name in ["a", "b"] {
        draft.note(&Event::TestStarted { name: name.into() });
    }
    let an_hour = 60 * 60 * 1000;
    for name in ["a", "b"] {
        draft.note(&Event::TestFinished(TestResult { ms: an_hour, ..result(name, Outcome::Passed) }));
    }
    assert!(draft.run < Duration::from_millis(an_hour), "{:?}", draft.run);
}
