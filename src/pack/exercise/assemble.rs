//! An exercise put together from its manifest and its files.

use std::collections::BTreeSet;
use std::path::Path;

use toml::Spanned;

use crate::pack::exercise::files::{self, ExerciseFiles};
use crate::pack::exercise::judged;
use crate::pack::fields::Text;
use crate::pack::manifest::{self, ExerciseManifest, FailsManifest};
use crate::pack::model::{Exercise, Fails, Files, Kind, Need, Question, Step, WrongAnswer};
use crate::pack::problem::{Problem, Problems};
use crate::pack::sections::Sections;
use crate::pack::shared_text::SharedText;
use crate::pack::slug::{SLUG_RULE, is_reserved_id, is_slug};
use crate::pack::source::Texts;
use crate::pack::suggest::suggest;

/// What an exercise may refer to outside its own directory.
#[derive(Debug)]
pub(in crate::pack) struct Around<'a> {
    /// The sections of the chapters.
    pub(in crate::pack) sections: Sections<'a>,
    /// The names of the dependency sets.
    pub(in crate::pack) sets: &'a [&'a str],
}

/// Reads the exercise of this id; `None` if its manifest is missing or cannot be used.
pub(in crate::pack) fn read(
    id: &str,
    texts: &Texts,
    around: &Around<'_>,
    problems: &mut Problems,
) -> Option<Exercise> {
    let root = format!("exercises/{id}/");
    let file = format!("{root}exercise.toml");
    if !is_slug(id) {
        problems.push(Problem::error(&root, format!("`{id}` cannot be an exercise's id")).help(SLUG_RULE));
    } else if is_reserved_id(id) {
        let problem = Problem::error(&root, format!("`{id}` cannot be an exercise's id"));
        problems.push(problem.help("no crate of an exercise can be called so"));
    }
    let files = files::sort(&root, texts, problems);
    let Some(source) = texts.get(&file) else {
        let help = "write one, or move the directory out of exercises/";
        problems.push(Problem::error(file, "the exercise has no manifest").help(help));
        return None;
    };
    let text = Text { file: &file, text: source };
    let manifest = manifest::read_exercise(text, problems)?;
    check_references(&manifest, text, around, problems);
    check_files(&manifest, &files, text, problems);
    judged::check(&root, &manifest, &files, text, problems);
    exercise(id, manifest, files)
}

fn exercise(id: &str, manifest: ExerciseManifest, mut files: ExerciseFiles) -> Option<Exercise> {
    let step = |step: manifest::StepManifest| Step {
        title: step.title,
        task: step.task,
        tests: names(step.tests),
        hints: step.hints,
    };
    let wrong = |wrong: manifest::WrongManifest| WrongAnswer {
        files: files.wrong.remove(wrong.name.get_ref()).unwrap_or_default(),
        name: wrong.name.into_inner(),
        why: wrong.why,
        caught_by: names(wrong.caught_by),
    };
    let need = |need: manifest::NeedManifest| Need {
        env: need.env.into_inner(),
        tests: names(need.tests),
        how: need.how,
    };
    Some(Exercise {
        id: id.to_owned(),
        title: manifest.title,
        section: manifest.section?.into_inner(),
        kind: manifest.kind,
        difficulty: manifest.difficulty,
        minutes: manifest.minutes,
        set: manifest.dependencies?.into_inner(),
        fails: manifest.fails.map(|fails| match fails {
            FailsManifest::Tests(tests) => Fails::Tests(names(tests)),
            FailsManifest::Error(code) => Fails::Error(code),
        }),
        renamed_from: names(manifest.renamed_from),
        edit: names(manifest.edit),
        limits: manifest.limits,
        notes: manifest.notes,
        needs: manifest.needs.into_iter().map(need).collect(),
        steps: manifest.steps.into_iter().map(step).collect(),
        questions: numbered(manifest.questions),
        wrong: manifest.wrong.into_iter().map(wrong).collect(),
        starter: files.starter,
        solution: files.solution,
        tests: files.tests,
    })
}

fn numbered(mut questions: Vec<Question>) -> Vec<Question> {
    for (at, question) in questions.iter_mut().enumerate() {
        question.name = format!("question {}", at + 1);
    }
    questions
}

fn names(spanned: Vec<Spanned<String>>) -> Vec<String> {
    spanned.into_iter().map(Spanned::into_inner).collect()
}

/// The section and the dependency set exist.
fn check_references(
    manifest: &ExerciseManifest,
    text: Text<'_>,
    around: &Around<'_>,
    problems: &mut Problems,
) {
    if let Some(section) = &manifest.section {
        around.sections.check(section, text, problems);
    }
    if let Some(set) = &manifest.dependencies
        && !around.sets.contains(&set.get_ref().as_str())
    {
        let message = format!("unknown dependency set `{}`", set.get_ref());
        problems.push(text.error(set.span(), message).help(suggest(set.get_ref(), around.sets)));
    }
}

/// The files that the kind of exercise needs are there, and those that are to be edited.
fn check_files(manifest: &ExerciseManifest, files: &ExerciseFiles, text: Text<'_>, problems: &mut Problems) {
    let places = &manifest.places;
    let mut missing = |path: &str, help: &str| {
        let message = format!("{path} is missing, which this kind of exercise has");
        problems.push(text.error(places.kind.clone(), message).help(help));
    };
    if manifest.kind != Kind::Quiz && !files.starter.contains_key("src/lib.rs") {
        missing("starter/src/lib.rs", "write there what the learner begins with");
    }
    if manifest.kind != Kind::Quiz && files.solution.is_empty() {
        missing("solution/", "write there the model answer, in files called as in starter/");
    }
    let judged = matches!(manifest.kind, Kind::Implement | Kind::Repair);
    if judged && !files.tests.keys().any(|path| is_rust_at_the_top(path)) {
        missing("tests/*.rs", "write there the tests that judge the answer");
    }
    if judged && manifest.fails.is_none() {
        let help = "fails = { tests = [\"…\"] } or { error = \"E0038\" }: why the starter fails as shipped";
        problems.push(text.error(places.keys.clone(), "`fails` is missing").help(help));
    }
    check_edit(manifest, files, text, problems);
    check_judge(manifest, files, text, problems);
    check_reach(manifest, files, text, problems);
    if !files.starter.is_empty() && files.starter == files.solution {
        let at = places.edit.clone().unwrap_or_else(|| places.keys.clone());
        let problem = text.error(at, "the starter and the solution are the same");
        problems.push(problem.help("take out of the starter what the learner is to write"));
    }
}

/// Whether cargo makes a test of a file in `tests/`.
fn is_rust_at_the_top(path: &str) -> bool {
    !path.contains('/') && Path::new(path).extension().is_some_and(|ending| ending == "rs")
}

fn check_edit(manifest: &ExerciseManifest, files: &ExerciseFiles, text: Text<'_>, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for edit in &manifest.edit {
        if problems.is_full() {
            return;
        }
        let path = edit.get_ref();
        let mut refuse = |message: String, help: Option<String>| {
            problems.push(Problem { help, ..text.error(edit.span(), message) });
        };
        if !seen.insert(path) {
            refuse(format!("`{path}` is listed twice"), None);
        } else if !files.starter.contains_key(path) {
            refuse(format!("the starter has no file `{path}`"), Some(listed(&files.starter)));
        } else if !files.solution.is_empty() && !files.solution.contains_key(path) {
            refuse(format!("the solution has no file `{path}`"), Some(listed(&files.solution)));
        }
    }
    if let Some(at) = &manifest.places.edit
        && manifest.edit.is_empty()
        && manifest.kind != Kind::Quiz
    {
        let problem = text.error(at.clone(), "`edit` names no file that the learner may change");
        problems.push(problem.help("as in `edit = [\"src/lib.rs\"]`"));
    }
}

/// No file of the starter is one of the judge's: it would take that one's place, and tests that the learner emptied would pass.
fn check_judge(manifest: &ExerciseManifest, files: &ExerciseFiles, text: Text<'_>, problems: &mut Problems) {
    if !matches!(manifest.kind, Kind::Implement | Kind::Repair) {
        return;
    }
    // On some machines names that differ in case only are one.
    let judges: BTreeSet<String> = files.tests.keys().map(|path| path.to_lowercase()).collect();
    let is_judges = |path: &&String| {
        path.to_lowercase().strip_prefix("tests/").is_some_and(|below| judges.contains(below))
    };
    for path in files.starter.keys().filter(is_judges) {
        if problems.is_full() {
            return;
        }
        let listed = manifest.edit.iter().find(|edit| edit.get_ref() == path).map(Spanned::span);
        let places = &manifest.places;
        let at = listed.or_else(|| places.edit.clone()).unwrap_or_else(|| places.keys.clone());
        let problem = text.error(at, format!("`{path}` is in the starter, and it judges the answer"));
        problems.push(problem.help(format!("remove starter/{path}: the learner gets the tests anyway")));
    }
}

/// Answers change nothing but what the learner may change: the model answer could not be given otherwise, and a wrong one that
/// brings tests of its own would not be judged by those of the exercise.
fn check_reach(manifest: &ExerciseManifest, files: &ExerciseFiles, text: Text<'_>, problems: &mut Problems) {
    let judged = matches!(manifest.kind, Kind::Implement | Kind::Repair);
    let Some(at) = manifest.places.edit.clone().filter(|_| judged) else { return };
    let answers = files.wrong.iter().map(|(name, files)| (format!("wrong/{name}"), files));
    for (answer, changed) in std::iter::once(("solution".to_owned(), &files.solution)).chain(answers) {
        let is_out_of_reach = |(path, text): &(&String, &SharedText)| {
            let is_editable = manifest.edit.iter().any(|edit| edit.get_ref() == *path);
            !is_editable && files.starter.get(*path) != Some(*text)
        };
        for (path, _) in changed.iter().filter(is_out_of_reach) {
            if problems.is_full() {
                return;
            }
            let message = format!("`{path}` differs in {answer}, and the learner may not change it");
            problems.push(text.error(at.clone(), message).help("add it to `edit`, or leave it as it is"));
        }
    }
}

/// So many files are named to choose from.
const NAMED: usize = 12;

/// What there is to choose from.
fn listed(files: &Files) -> String {
    if files.is_empty() {
        return "it has no files".to_owned();
    }
    let named: Vec<_> = files.keys().take(NAMED).map(|path| format!("`{path}`")).collect();
    let others = files.len() - named.len();
    let more = if others > 0 { format!(" and {others} more") } else { String::new() };
    format!("it has {}{more}", named.join(", "))
}
