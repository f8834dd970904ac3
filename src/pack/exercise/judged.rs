//! What judges an exercise: its tests stand in its steps, once each, and every wrong answer names those that catch it.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use crate::pack::exercise::files::ExerciseFiles;
use crate::pack::exercise::needs;
use crate::pack::exercise::suite;
use crate::pack::exercise::tests_of::functions;
use crate::pack::fields::Text;
use crate::pack::manifest::{ExerciseManifest, FailsManifest, StepManifest, WrongManifest};
use crate::pack::model::Kind;
use crate::pack::problem::{Problem, Problems};

/// Checks steps, tests and wrong answers against each other.
pub(super) fn check(
    root: &str,
    manifest: &ExerciseManifest,
    files: &ExerciseFiles,
    text: Text<'_>,
    problems: &mut Problems,
) {
    let mut checking = Checking { root, manifest, files, text, problems, listed: BTreeSet::new() };
    checking.steps();
    if manifest.kind == Kind::Test {
        suite::check(&mut checking);
    } else {
        checking.tests();
    }
    checking.fails();
    needs::check(&mut checking);
    checking.wrong_answers();
}

pub(super) struct Checking<'a> {
    pub(super) root: &'a str,
    pub(super) manifest: &'a ExerciseManifest,
    pub(super) files: &'a ExerciseFiles,
    text: Text<'a>,
    pub(super) problems: &'a mut Problems,
    /// The tests that steps name.
    pub(super) listed: BTreeSet<&'a str>,
}

impl<'a> Checking<'a> {
    pub(super) fn error(&mut self, at: std::ops::Range<usize>, message: String, help: Option<String>) {
        if self.problems.is_full() {
            return;
        }
        self.problems.push(Problem { help, ..self.text.error(at, message) });
    }

    fn steps(&mut self) {
        let (steps, questions) = (!self.manifest.written.steps, !self.manifest.written.questions);
        let places = &self.manifest.places;
        let mistake = match (self.manifest.kind, steps, questions) {
            (Kind::Quiz, _, true) => {
                Some((&places.end, "a quiz has questions, there is no [[question]]", QUESTION))
            }
            (Kind::Quiz, false, _) => Some((&places.kind, "a quiz has questions, not steps", QUESTION)),
            (Kind::Implement | Kind::Repair | Kind::Test, true, _) => {
                Some((&places.end, "there is no [[step]]", STEP))
            }
            (Kind::Implement | Kind::Repair | Kind::Test, _, false) => {
                Some((&places.kind, "only a quiz has questions", "remove them, or write `kind = \"quiz\"`"))
            }
            _ => None,
        };
        if let Some((at, mistake, help)) = mistake {
            self.error(at.clone(), mistake.to_owned(), Some(help.to_owned()));
        }
        let judged = matches!(self.manifest.kind, Kind::Implement | Kind::Repair);
        for StepManifest { span, title, tests, hints, .. } in &self.manifest.steps {
            if judged && tests.is_empty() {
                let help = Some("name one at least, as in `tests = [\"nine_pay_in_full\"]`".to_owned());
                self.error(span.clone(), format!("the step \"{title}\" has no test"), help);
            }
            if hints.is_empty() && self.manifest.kind != Kind::Quiz {
                let help = "give one at least, better three: from a nudge to nearly the answer";
                self.error(span.clone(), format!("the step \"{title}\" has no hint"), Some(help.to_owned()));
            }
            for test in tests {
                if !self.listed.insert(test.get_ref()) {
                    self.error(
                        test.span(),
                        format!("`{}` is in two steps or twice in one", test.get_ref()),
                        Some("leave it where it is judged first".to_owned()),
                    );
                }
            }
        }
    }

    /// Every test of a step is defined, once, and every test that is defined is in a step.
    fn tests(&mut self) {
        let mut defined: BTreeMap<&str, &str> = BTreeMap::new();
        let files: &'a ExerciseFiles = self.files;
        let in_steps: BTreeSet<&str> = self.listed.iter().map(|test| last_part(test)).collect();
        for (path, source) in &files.tests {
            let file = format!("{}tests/{path}", self.root);
            for function in functions(source) {
                if self.problems.is_full() {
                    return;
                }
                let named = in_steps.contains(function.name);
                let twin = defined.insert(function.name, path);
                let problem = |message| Problem::error(&file, message).at(source, function.bytes.clone());
                match twin {
                    Some(twin) if named && twin != path => {
                        let message = format!("`{}` is defined in tests/{twin} too", function.name);
                        self.problems.push(problem(message).help("a step names a test by its name alone"));
                    }
                    _ if function.is_test && !named => {
                        let message = format!("the test `{}` is in no step", function.name);
                        self.problems.push(problem(message).help("it would never be run"));
                    }
                    _ => {}
                }
            }
        }
        if files.tests.is_empty() {
            return;
        }
        let known: Vec<&str> = defined.keys().copied().collect();
        for test in self.manifest.steps.iter().flat_map(|step| &step.tests) {
            let name = last_part(test.get_ref());
            if !defined.contains_key(name) && !self.problems.is_full() {
                let message = format!("no file in tests/ defines `{name}`");
                let help = self.problems.suggest(name, &known);
                self.error(test.span(), message, Some(help));
            }
        }
    }

    fn fails(&mut self) {
        if let Some(FailsManifest::Tests(tests)) = &self.manifest.fails {
            self.must_be_listed(tests);
        }
    }

    fn wrong_answers(&mut self) {
        let mut seen = BTreeSet::new();
        for WrongManifest { name, caught_by, .. } in &self.manifest.wrong {
            if seen.insert(name.get_ref().as_str()) {
                self.wrong_files(name);
            } else {
                self.error(name.span(), format!("another wrong answer is called `{}`", name.get_ref()), None);
            }
            if caught_by.is_empty() {
                let message = format!("no test is said to catch `{}`", name.get_ref());
                let help = Some("as in `caught-by = [\"ten_get_a_discount\"]`".to_owned());
                self.error(name.span(), message, help);
            }
            self.must_be_listed(caught_by);
        }
        let files: &'a ExerciseFiles = self.files;
        for name in files.wrong.keys().filter(|name| !seen.contains(name.as_str())) {
            let help = format!("add `[[wrong]]` with `name = \"{name}\"`, `why` and `caught-by`");
            let at = self.manifest.places.end.clone();
            self.error(at, format!("the directory wrong/{name} has no [[wrong]]"), Some(help));
        }
    }

    fn wrong_files(&mut self, name: &Spanned<String>) {
        let directory = format!("wrong/{}", name.get_ref());
        let Some(files) = self.files.wrong.get(name.get_ref()) else {
            let help = Some("put there the files that differ from the solution".to_owned());
            return self.error(name.span(), format!("the directory {directory} is missing or empty"), help);
        };
        if files.iter().all(|(path, text)| self.files.solution.get(path) == Some(text)) {
            let help = Some("put there only files that are wrong".to_owned());
            self.error(name.span(), format!("{directory} does not differ from the solution"), help);
        }
    }

    pub(super) fn must_be_listed(&mut self, tests: &[Spanned<String>]) {
        let known: Vec<&str> = self.listed.iter().copied().collect();
        for test in tests.iter().filter(|test| !self.listed.contains(test.get_ref().as_str())) {
            if self.problems.is_full() {
                return;
            }
            let message = format!("no step has the test `{}`", test.get_ref());
            let help = self.problems.suggest(test.get_ref(), &known);
            self.problems.push(self.text.error(test.span(), message).help(help));
        }
    }
}

const QUESTION: &str = "ask with `[[question]]`: `ask`, `text`, `answer` and `explain`";
const STEP: &str = "add `[[step]]` with `title`, `task`, `tests` and `hints`";

/// The function's name in libtest's name, which has its modules before it.
fn last_part(test: &str) -> &str {
    test.rsplit("::").next().unwrap_or(test)
}
