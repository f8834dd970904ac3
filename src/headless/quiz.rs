//! A quiz of the learner's, judged by what was answered in the app: the compiler knows the pack's answers, not theirs.

use crate::check::{Cause, Event, Outcome, Report, TestResult, Verdict};
use crate::failure::{EXIT_OK, Failure};
use crate::headless::names::Chosen;
use crate::headless::session::Session;
use crate::pack::{Exercise, Question};
use crate::progress::{Change, ExerciseRecord, Tally};

/// Judges, and tells it as a check would.
pub(super) fn judge(chosen: &Chosen, known: &ExerciseRecord, mut tell: impl FnMut(Event)) -> Report {
    let quiz = chosen.exercise();
    let tests: Vec<_> = quiz.questions.iter().map(|question| result(question, known)).collect();
    tell(Event::Started { tests: tests.iter().map(|test| test.name.clone()).collect() });
    for test in tests.iter().filter(|test| test.outcome != Outcome::NotRun) {
        tell(Event::TestFinished(test.clone()));
    }
    let tally = known.tally(quiz);
    let passed = tally.right == tally.all;
    let report = Report {
        pack: chosen.pack.id.clone(),
        exercise: quiz.id.clone(),
        verdict: if passed { Verdict::Passed } else { Verdict::Failed },
        cause: (!passed).then_some(Cause::TestsFailed),
        explanation: (!passed).then(|| explain(quiz, tally)),
        tests,
        diagnostics: Vec::new(),
        build_ms: 0,
        run_ms: 0,
    };
    tell(Event::Finished(Box::new(report.clone())));
    report
}

fn result(question: &Question, known: &ExerciseRecord) -> TestResult {
    let (outcome, message) = match known.answer_to(question) {
        None => (Outcome::NotRun, "not answered".to_owned()),
        Some(answer) if answer == question.answer => (Outcome::Passed, String::new()),
        Some(answer) => (Outcome::Failed, format!("option {} is not the answer", answer + 1)),
    };
    TestResult {
        name: question.name.clone(),
        outcome,
        ms: 0,
        output: String::new(),
        dropped: 0,
        difference: None,
        panicked_at: None,
        message: Some(message).filter(|message| !message.is_empty()),
    }
}

/// What is missing, and how a quiz is answered.
fn explain(quiz: &Exercise, tally: Tally) -> String {
    let Tally { answered, right, all } = tally;
    let how = how_to_answer(quiz);
    match all - answered {
        0 => format!(
            "{right} of {all} questions are answered correctly; {how}, where x asks again what was wrong"
        ),
        open => format!("{open} of {all} questions are not answered; {how}"),
    }
}

/// How a quiz is answered.
pub(super) fn how_to_answer(quiz: &Exercise) -> String {
    format!("a quiz is answered in the app: run `patterns-tui`, press Ctrl-P and type `{}`", quiz.title)
}

/// Forgets what was answered, or undoes that.
pub(super) fn reset(chosen: &Chosen, undo: bool, session: &mut Session) -> Result<u8, Failure> {
    let (pack, exercise) = (chosen.pack.id.clone(), chosen.exercise().id.clone());
    let record = session.record()?;
    let known = record.exercise(&pack, &exercise).cloned().unwrap_or_default();
    let id = exercise.clone();
    if undo {
        if known.answers_before_reset.is_empty() {
            return Err(Failure::usage(format!("`{id}` has no reset to undo")));
        }
        session.keep(&[Change::Restored { pack, exercise }]);
        session.console.note(&format!("`{id}` is answered as it was before the reset"));
    } else if known.answers.is_empty() {
        session
            .console
            .note(&format!("nothing of `{id}` was answered yet; {}", how_to_answer(chosen.exercise())));
    } else {
        session.keep(&[Change::Reset { pack, exercise }]);
        session.console.note(&format!(
            "`{id}` is unanswered again; `patterns-tui reset --undo {id}` brings your answers back"
        ));
    }
    Ok(EXIT_OK)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::progress::question_key;

    /// A quiz of the built-in pack, and a record of so many answers, right ones but for `wrong`.
    fn answered(count: usize, wrong: Option<usize>) -> (Chosen, ExerciseRecord) {
        let pack = Arc::new(crate::pack::builtin().unwrap());
        let chosen = crate::headless::names::exercise(&[pack], "errors-quiz").unwrap();
        let mut known = ExerciseRecord::default();
        for (at, question) in chosen.exercise().questions.iter().enumerate().take(count) {
            let answer = if wrong == Some(at) { usize::from(question.answer == 0) } else { question.answer };
            known.answers.insert(question_key(question), answer);
        }
        (chosen, known)
    }

    fn judged(count: usize, wrong: Option<usize>) -> (Report, Vec<Event>) {
        let (chosen, known) = answered(count, wrong);
        let mut events = Vec::new();
        let report = judge(&chosen, &known, |event| events.push(event));
        (report, events)
    }

    fn outcomes(report: &Report, outcome: Outcome) -> usize {
        report.tests.iter().filter(|test| test.outcome == outcome).count()
    }

    #[test]
    fn nothing_answered_is_no_pass() {
        let (report, events) = judged(0, None);
        assert_eq!((report.verdict, report.cause), (Verdict::Failed, Some(Cause::TestsFailed)));
        assert_eq!(outcomes(&report, Outcome::NotRun), report.tests.len());
        let said = report.explanation.unwrap();
        assert!(said.contains("are not answered") && said.contains("in the app"), "{said}");
        assert_eq!(events.len(), 2, "begun and judged: {events:?}");
    }

    #[test]
    fn right_and_wrong_answers_are_told_apart() {
        let (report, events) = judged(3, Some(1));
        assert_eq!(report.verdict, Verdict::Failed);
        assert_eq!((outcomes(&report, Outcome::Passed), outcomes(&report, Outcome::Failed)), (2, 1));
        assert_eq!(report.tests[1].outcome, Outcome::Failed);
        assert!(matches!(events.last(), Some(Event::Finished(last)) if **last == report));
    }

    #[test]
    fn all_answered_rightly_is_a_pass_and_one_wrong_is_not() {
        let (report, _) = judged(usize::MAX, None);
        assert_eq!((report.verdict, report.cause, report.explanation), (Verdict::Passed, None, None));
        let (report, _) = judged(usize::MAX, Some(0));
        assert_eq!(report.verdict, Verdict::Failed);
        assert!(report.explanation.unwrap().contains("x asks again what was wrong"));
    }
}
