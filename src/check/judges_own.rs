//! Whether it is the judge's own file that does not compile, and not the answer.

use std::fs;
use std::path::Path;

use crate::cargo::{Diagnostic, Level};
use crate::check::judge::Judged;
use crate::check::obstacle::Obstacle;
use crate::check::verdict::Cause;
use crate::pack::Exercise;

/// What a refused build means: the code is wrong, unless the judge's own text is.
pub(super) fn refusal(exercise: &Exercise, dir: &Path, said: &[Diagnostic]) -> Result<Judged, Obstacle> {
    match first_slip(exercise, said).filter(|_| !brings_macros(exercise, dir)) {
        None => Ok(Judged::Refused),
        Some(slip) => {
            let place = slip
                .spans
                .first()
                .map(|span| format!("{}:{}:{}: ", span.file, span.line_start, span.column_start));
            let what = format!("{}{}", place.unwrap_or_default(), slip.message);
            Err(Obstacle::new(Cause::BrokenJudge, format!("{BROKEN}\n{what}")))
        }
    }
}

/// The first slip of the pen in one of the judge's files: no answer can cause one there but by a macro. What else is wrong may
/// follow from it, for the parser guesses and goes on.
fn first_slip<'d>(exercise: &Exercise, said: &'d [Diagnostic]) -> Option<&'d Diagnostic> {
    let mut errors = said.iter().filter(|said| said.level == Level::Error);
    errors.find(|error| is_syntax(error) && is_judges(exercise, error))
}

fn is_syntax(error: &Diagnostic) -> bool {
    match &error.code {
        None => SYNTAX.iter().any(|sign| error.message.starts_with(sign)),
        Some(code) => UNTERMINATED.contains(&code.as_str()),
    }
}

fn is_judges(exercise: &Exercise, error: &Diagnostic) -> bool {
    let is_judges =
        |file: &str| file.strip_prefix("tests/").is_some_and(|it| exercise.tests.contains_key(it));
    !error.spans.is_empty() && error.spans.iter().all(|span| is_judges(&span.file))
}

/// Whether the answer may define a macro that the judge calls; then what is written in the judge can be wrong by the answer.
fn brings_macros(exercise: &Exercise, dir: &Path) -> bool {
    let files = exercise.starter.keys().chain(&exercise.edit);
    let holds_one = |text: String| text.contains("macro_rules") || text.contains("include!");
    files.into_iter().any(|file| fs::read_to_string(dir.join(file)).map_or(true, holds_one))
}

/// How the messages of rustc's parser begin.
const SYNTAX: [&str; 7] = [
    "expected ",
    "unexpected ",
    "unknown start of token",
    "mismatched closing delimiter",
    "unclosed delimiter",
    "this file contains an unclosed delimiter",
    "unterminated ",
];

/// The codes of texts, comments and characters without an end.
const UNTERMINATED: [&str; 5] = ["E0758", "E0762", "E0763", "E0765", "E0766"];

const BROKEN: &str =
    "the tests of this exercise do not compile: a mistake in the pack, and no wrong answer; tell its author";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo::SourceSpan;

    fn exercise() -> Exercise {
        crate::pack::builtin().unwrap().exercise("strategy").unwrap().clone()
    }

    fn error(message: &str, code: Option<&str>, files: &[&str]) -> Diagnostic {
        let span = |file: &&str| SourceSpan {
            file: (*file).to_owned(),
            line_start: 3,
            line_end: 3,
            column_start: 5,
            column_end: 6,
            primary: true,
            label: None,
        };
        Diagnostic {
            level: Level::Error,
            code: code.map(ToOwned::to_owned),
            message: message.to_owned(),
            rendered: String::new(),
            explanation: None,
            spans: files.iter().map(span).collect(),
            suggestions: Vec::new(),
        }
    }

    /// Whether this is taken for the judge's fault, with this text as the answer.
    fn is_blamed(said: &[Diagnostic], answer: &str) -> bool {
        let (exercise, dir) = (exercise(), tempfile::tempdir().unwrap());
        for file in exercise.starter.keys() {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, answer).unwrap();
        }
        refusal(&exercise, dir.path(), said).is_err_and(|it| it.cause == Cause::BrokenJudge)
    }

    #[test]
    fn only_a_slip_in_the_judges_own_file_is_its_fault() {
        let judge = format!("tests/{}", exercise().tests.keys().next().unwrap());
        let slip = error("expected one of `;` or `}`, found `x`", None, &[&judge]);
        assert!(is_blamed(std::slice::from_ref(&slip), ""));
        assert!(is_blamed(&[error("unterminated double quote string", Some("E0765"), &[&judge])], ""));
        for answers in [
            error("expected one of `;` or `}`, found `x`", None, &["src/lib.rs"]),
            error("expected expression, found `=>`", None, &[&judge, "src/lib.rs"]),
            error("future cannot be sent between threads safely", None, &[&judge]),
            error("cannot find macro `x` in this scope", None, &[&judge]),
            error("mismatched types", Some("E0308"), &[&judge]),
            error("expected nothing", None, &[]),
        ] {
            assert!(!is_blamed(std::slice::from_ref(&answers), ""), "{}", answers.message);
            assert!(is_blamed(&[answers, slip.clone()], ""));
        }
        assert!(!is_blamed(&[slip], "macro_rules! m { () => {} }"));
        assert!(!is_blamed(&[], ""));
    }
}
