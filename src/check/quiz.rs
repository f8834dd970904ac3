//! A quiz, proved: what its pack says of its programs, the compiler says too.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::cargo::Level;
use crate::check::event::{Event, Subject, Tell, TestResult};
use crate::check::judge::{Judged, Question};
use crate::check::obstacle::Obstacle;
use crate::check::snippet::{Trial, TrialEnd};
use crate::check::testify::{self, Finding};
use crate::check::verdict::{Cause, Outcome};
use crate::check::workshop::Workshop;
use crate::pack::{self, Ask};
use crate::sandbox::Snippet;

impl Workshop {
    /// Builds the programs of a quiz, runs those that are to be run, and holds the pack's answers against what became of them.
    pub(super) async fn prove_quiz(
        self: &Arc<Self>,
        question: &Question<'_>,
        emit: Tell<'_, Event>,
        cancel: &CancellationToken,
    ) -> Result<Judged, Obstacle> {
        let Question { pack, exercise, subject, .. } = question;
        if *subject == Subject::Learner {
            // A pass would be the pack's, and be taken for theirs.
            return Err(Obstacle::new(Cause::Internal, NO_CODE));
        }
        let snippets: Vec<_> = exercise.questions.iter().filter_map(snippet).collect();
        let owner = (exercise.set.as_str(), exercise.id.as_str());
        let trials = self.attempt_snippets(pack, owner, &snippets, &mut *emit, cancel).await?;
        let mut trials = trials.into_iter();
        let mut findings = Vec::new();
        for asked in &exercise.questions {
            let trial = if asked.code.is_some() { trials.next() } else { None };
            let result = result(asked, trial.as_ref());
            emit(Event::TestFinished(result.clone()));
            findings.push(Finding { result, sound: true });
        }
        Ok(Judged::Run(findings))
    }
}

fn snippet(question: &pack::Question) -> Option<Snippet> {
    let code = question.code.clone()?;
    let is_program =
        code.lines().any(|line| line.starts_with("fn main(") || line.starts_with("async fn main("));
    Some(Snippet { code, is_program })
}

/// Whether the answer holds, with the compiler's own words or what the program printed.
fn result(question: &pack::Question, trial: Option<&Trial>) -> TestResult {
    let mistake = trial.and_then(|trial| mistake(question, trial));
    TestResult {
        outcome: if mistake.is_none() { Outcome::Passed } else { Outcome::Failed },
        output: trial.map(said).unwrap_or_default(),
        message: mistake,
        ..testify::not_run(&question.name)
    }
}

fn said(trial: &Trial) -> String {
    match &trial.end {
        TrialEnd::DidNotCompile => {
            let errors = trial.diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error);
            errors.map(|error| error.rendered.as_str()).collect()
        }
        TrialEnd::Compiled => String::new(),
        TrialEnd::Printed(text) | TrialEnd::Broke(text) => text.clone(),
    }
}

/// In what the answer is wrong.
fn mistake(question: &pack::Question, trial: &Trial) -> Option<String> {
    if let Some(code) = &question.error {
        let holds = trial.fails_with(code);
        return (!holds).then(|| match trial.end {
            TrialEnd::DidNotCompile => format!("it does not compile, but not for {code}"),
            _ => format!("it compiles; it was said to fail with {code}"),
        });
    }
    match (&trial.end, &question.prints) {
        (TrialEnd::DidNotCompile, _) => Some("it does not compile".to_owned()),
        (TrialEnd::Broke(_), _) if question.ask != Ask::Compiles => {
            Some("the program does not end well".to_owned())
        }
        (TrialEnd::Printed(text), Some(expected)) if text.trim() != expected => {
            Some(format!("it prints {:?}, not {expected:?}", text.trim()))
        }
        (TrialEnd::Compiled, Some(_)) => Some("it is not a program: it prints nothing".to_owned()),
        _ => None,
    }
}

const NO_CODE: &str = "what a learner answers to a quiz is not code that could be built";

#[cfg(test)]
mod tests {
    use super::*;

    fn question(error: Option<&str>, prints: Option<&str>) -> pack::Question {
        pack::Question {
            name: "question 1".into(),
            ask: if prints.is_some() { Ask::Prints } else { Ask::Compiles },
            text: String::new(),
            code: Some("fn main() {}".into()),
            options: Vec::new(),
            answer: 0,
            error: error.map(str::to_owned),
            prints: prints.map(str::to_owned),
            explain: String::new(),
        }
    }

    fn trial(end: TrialEnd) -> Trial {
        Trial { diagnostics: Vec::new(), end }
    }

    #[test]
    fn what_a_program_prints_is_compared_without_the_white_space_around_it() {
        let asked = question(None, Some("1\n2"));
        assert_eq!(mistake(&asked, &trial(TrialEnd::Printed("1\n2\n".into()))), None);
        assert!(mistake(&asked, &trial(TrialEnd::Printed("1".into()))).is_some());
        assert!(mistake(&asked, &trial(TrialEnd::Broke("1\n2".into()))).is_some());
        assert!(mistake(&asked, &trial(TrialEnd::Compiled)).is_some());
    }

    #[test]
    fn a_claim_about_the_compiler_must_hold() {
        let (fails, compiles) = (question(Some("E0382"), None), question(None, None));
        assert!(mistake(&fails, &trial(TrialEnd::Compiled)).unwrap().contains("it compiles"));
        assert!(mistake(&fails, &trial(TrialEnd::DidNotCompile)).unwrap().contains("not for E0382"));
        assert_eq!(mistake(&compiles, &trial(TrialEnd::Compiled)), None);
        assert!(mistake(&compiles, &trial(TrialEnd::DidNotCompile)).is_some());
    }

    #[test]
    fn a_program_is_told_from_a_library() {
        let of = |code: &str| {
            let question = pack::Question { code: Some(code.into()), ..question(None, None) };
            snippet(&question).unwrap().is_program
        };
        assert!(of("struct A;\nfn main() {}\n"));
        assert!(of("#[tokio::main]\nasync fn main() {}\n"));
        assert!(!of("fn mainly() {}\n"));
    }
}
