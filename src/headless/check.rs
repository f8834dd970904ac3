//! `check`: exercises judged one after the other, told as it goes, with an exit code for scripts.

use std::collections::BTreeSet;

use crate::check::{Report, Scope, Subject, Verdict};
use crate::failure::{EXIT_NOT_PASSED, EXIT_OK, EXIT_UNJUDGED, Failure};
use crate::headless::at_hand::at_hand;
use crate::headless::command::{Check, Which};
use crate::headless::names::{self, Chosen};
use crate::headless::quiz;
use crate::headless::report::Reporter;
use crate::headless::session::{Session, cancelled_by_signals};
use crate::pack::{Kind, Pack};
use crate::progress::{Change, State};

/// Judges exercises.
pub(super) fn run(check: &Check, session: &mut Session) -> Result<u8, Failure> {
    let chosen = choose(&check.which, session)?;
    let subject = if check.solution { Subject::Solution } else { Subject::Learner };
    let runtime = Session::runtime()?;
    let cancel = cancelled_by_signals(&runtime);
    let mut reporter = Reporter::new(check.format);
    let mut reports = Vec::new();
    for chosen in &chosen {
        let exercise = chosen.exercise();
        let answers = subject == Subject::Learner && exercise.kind == Kind::Quiz;
        let report = if answers {
            let record = session.record()?;
            let known = record.exercise(&chosen.pack.id, &exercise.id).cloned().unwrap_or_default();
            reporter.begin(chosen, &subject, &mut session.console);
            quiz::judge(chosen, &known, |event| reporter.event(&event, &mut session.console))
        } else {
            tell_cost(&exercise.id, &chosen.pack, &exercise.set, session);
            reporter.begin(chosen, &subject, &mut session.console);
            let Session { engine, console, .. } = &mut *session;
            let tell = |event| reporter.event(&event, console);
            let judged = engine.check(&chosen.pack, exercise, subject.clone(), Scope::All, tell, &cancel);
            runtime.block_on(judged)
        };
        // The app has recorded what came of a quiz when its last question was answered.
        if subject == Subject::Learner && !answers {
            keep(&report, chosen, session);
        }
        reports.push(report);
        // Nobody waits for the rest any more, or nobody can read it.
        if cancel.is_cancelled() || session.console.is_broken() {
            break;
        }
    }
    reporter.end(&reports, &mut session.console);
    Ok(if reports.len() < chosen.len() { EXIT_UNJUDGED } else { exit_of(&reports) })
}

/// Says what building something will take for which a set has to be built that is built only on request.
pub(super) fn tell_cost(what: &str, pack: &Pack, set: &str, session: &mut Session) {
    if let Some(cost) = pack.opt_in(set).filter(|_| !session.engine.is_built(pack, set)) {
        session.console.note(&format!("{what}: the crates of `{set}` are built first, {cost}"));
    }
}

/// Keeps what a report adds to the learner's record.
pub(super) fn keep(report: &Report, chosen: &Chosen, session: &mut Session) {
    if report.counts(is_as_given(chosen, session)) {
        session.keep(&[change_of(report)]);
    }
}

/// Whether an exercise is not begun, and its files are the starter's.
fn is_as_given(chosen: &Chosen, session: &mut Session) -> bool {
    let (pack, exercise) = (&chosen.pack, chosen.exercise());
    session.sandbox.holds_starter(pack, exercise).unwrap_or(false)
        && session.record().is_ok_and(|record| record.state(&pack.id, &exercise.id) == State::New)
}

/// What a report adds to the learner's record.
fn change_of(report: &Report) -> Change {
    Change::Checked {
        pack: report.pack.clone(),
        exercise: report.exercise.clone(),
        passed: report.verdict == Verdict::Passed,
        passing: report.passing(),
        tests: u32::try_from(report.tests.len()).unwrap_or(u32::MAX),
    }
}

/// What could not be judged weighs more than what did not pass: the run says nothing about it.
fn exit_of(reports: &[Report]) -> u8 {
    let any = |verdict| reports.iter().any(|report| report.verdict == verdict);
    match (any(Verdict::Unjudged), any(Verdict::Failed)) {
        (true, _) => EXIT_UNJUDGED,
        (false, true) => EXIT_NOT_PASSED,
        (false, false) => EXIT_OK,
    }
}

fn choose(which: &Which, session: &mut Session) -> Result<Vec<Chosen>, Failure> {
    match which {
        Which::All => every(session),
        Which::Named(names) => named(names, session),
        Which::AtHand => at_hand("name one, or use --all", session).map(|chosen| vec![chosen]),
    }
}

fn every(session: &Session) -> Result<Vec<Chosen>, Failure> {
    names::no_exercises(&session.packs).map_or_else(|| Ok(names::exercises(&session.packs)), Err)
}

/// The exercises of these names, each once.
fn named(names: &[String], session: &Session) -> Result<Vec<Chosen>, Failure> {
    let mut seen = BTreeSet::new();
    let mut chosen = Vec::new();
    for name in names {
        let found = session.exercise(name)?;
        if seen.insert((found.pack.id.clone(), found.exercise().id.clone())) {
            chosen.push(found);
        }
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(verdict: Verdict) -> Report {
        Report {
            pack: "p".into(),
            exercise: "e".into(),
            verdict,
            cause: None,
            explanation: None,
            tests: Vec::new(),
            diagnostics: Vec::new(),
            build_ms: 0,
            run_ms: 0,
        }
    }

    #[test]
    fn the_exit_code_is_the_gravest() {
        use Verdict::{Failed, Passed, Unjudged};
        let of = |verdicts: &[Verdict]| exit_of(&verdicts.iter().map(|v| report(*v)).collect::<Vec<_>>());
        assert_eq!(of(&[]), 0);
        assert_eq!(of(&[Passed, Passed]), 0);
        assert_eq!(of(&[Passed, Failed]), 1);
        assert_eq!(of(&[Unjudged, Failed, Passed]), 3);
    }

    #[test]
    fn what_was_not_judged_is_no_attempt_nor_is_what_nobody_wrote() {
        let counts = |verdict| [true, false].map(|is_as_given| report(verdict).counts(is_as_given));
        assert_eq!(counts(Verdict::Unjudged), [false, false]);
        assert_eq!(counts(Verdict::Failed), [false, true]);
        assert_eq!(counts(Verdict::Passed), [true, true]);
    }
}
