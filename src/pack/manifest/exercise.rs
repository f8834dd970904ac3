//! `exercise.toml`.

use std::ops::Range;

use toml::Spanned;

use crate::pack::fields::{self, Fields, Text};
use crate::pack::manifest::limits::read_limits;
use crate::pack::manifest::question::question;
use crate::pack::manifest::section::read_section;
use crate::pack::model::{Difficulty, Kind, Limits, Question, SectionRef};
use crate::pack::problem::Problems;
use crate::pack::slug::{ADDRESS_RULE, is_address_variable, is_error_code};

/// An exercise's manifest. What is missing or wrong has been reported and stands here as a default or `None`, so that the
/// rest can still be compared with the files; such a pack is not loaded.
#[derive(Debug)]
pub(in crate::pack) struct ExerciseManifest {
    pub(in crate::pack) title: String,
    pub(in crate::pack) section: Option<Spanned<SectionRef>>,
    pub(in crate::pack) kind: Kind,
    pub(in crate::pack) difficulty: Difficulty,
    pub(in crate::pack) minutes: u32,
    pub(in crate::pack) dependencies: Option<Spanned<String>>,
    pub(in crate::pack) fails: Option<FailsManifest>,
    pub(in crate::pack) renamed_from: Vec<Spanned<String>>,
    pub(in crate::pack) edit: Vec<Spanned<String>>,
    pub(in crate::pack) limits: Limits,
    pub(in crate::pack) notes: Option<String>,
    pub(in crate::pack) needs: Vec<NeedManifest>,
    pub(in crate::pack) steps: Vec<StepManifest>,
    pub(in crate::pack) questions: Vec<Question>,
    pub(in crate::pack) wrong: Vec<WrongManifest>,
    /// Whether steps, and whether questions are written, be all of them mistaken.
    pub(in crate::pack) written: Written,
    pub(in crate::pack) places: Places,
}

/// Which parts an exercise has, mistaken ones too.
#[derive(Debug)]
pub(in crate::pack) struct Written {
    pub(in crate::pack) steps: bool,
    pub(in crate::pack) questions: bool,
}

/// Where what concerns the exercise as a whole is told.
#[derive(Debug)]
pub(in crate::pack) struct Places {
    /// The value of `kind`, or where it is missing.
    pub(in crate::pack) kind: Range<usize>,
    /// The value of `edit`, if there is one.
    pub(in crate::pack) edit: Option<Range<usize>>,
    /// Where a key would be added.
    pub(in crate::pack) keys: Range<usize>,
    /// Where a `[[step]]` and the like would be added.
    pub(in crate::pack) end: Range<usize>,
}

/// Why the starter fails.
#[derive(Debug)]
pub(in crate::pack) enum FailsManifest {
    /// These tests fail.
    Tests(Vec<Spanned<String>>),
    /// It does not compile.
    Error(String),
}

/// One `[[needs]]`.
#[derive(Debug)]
pub(in crate::pack) struct NeedManifest {
    pub(in crate::pack) env: Spanned<String>,
    pub(in crate::pack) tests: Vec<Spanned<String>>,
    pub(in crate::pack) how: String,
}

/// One `[[step]]`.
#[derive(Debug)]
pub(in crate::pack) struct StepManifest {
    pub(in crate::pack) span: Range<usize>,
    pub(in crate::pack) title: String,
    pub(in crate::pack) task: String,
    pub(in crate::pack) tests: Vec<Spanned<String>>,
    pub(in crate::pack) hints: Vec<String>,
}

/// One `[[wrong]]`.
#[derive(Debug)]
pub(in crate::pack) struct WrongManifest {
    pub(in crate::pack) name: Spanned<String>,
    pub(in crate::pack) why: String,
    pub(in crate::pack) caught_by: Vec<Spanned<String>>,
}

/// Reads `exercise.toml`; `None` if it is no TOML.
pub(in crate::pack) fn read_exercise(text: Text<'_>, problems: &mut Problems) -> Option<ExerciseManifest> {
    let table = fields::parse(text, problems)?;
    let mut fields = Fields::new(text, &table, problems);
    let title = fields.required("title", "Price an order");
    let section = read_section(&mut fields);
    let kind = fields.choice("kind", &KINDS);
    let difficulty = fields.choice("difficulty", &DIFFICULTIES);
    let minutes = fields.required_number("minutes", 1..=600, 10);
    let dependencies = fields.required("dependencies", "none");
    let fails = fields.table("fails", fails);
    let renamed_from = fields.strings("renamed-from");
    let is_quiz = kind == Some(Kind::Quiz);
    let edit = if is_quiz { fields.strings("edit") } else { fields.required_strings("edit", "src/lib.rs") };
    let limits = read_limits(&mut fields);
    let notes = fields.filled("notes").map(Spanned::into_inner);
    let needs = fields.tables("needs", need);
    let steps = fields.tables("step", step);
    let questions = fields.tables("question", question);
    let wrong = fields.tables("wrong", wrong);
    let written = Written { steps: fields.has_tables("step"), questions: fields.has_tables("question") };
    let places = places(&fields, text);
    fields.finish();
    Some(ExerciseManifest {
        title: title.map(Spanned::into_inner).unwrap_or_default(),
        section,
        kind: kind.unwrap_or(Kind::Implement),
        difficulty: difficulty.unwrap_or(Difficulty::Medium),
        minutes: minutes.map_or(1, Spanned::into_inner),
        dependencies,
        fails,
        renamed_from,
        edit,
        limits,
        notes,
        needs,
        steps,
        questions,
        wrong,
        written,
        places,
    })
}

fn places(fields: &Fields<'_>, text: Text<'_>) -> Places {
    let keys = fields.span();
    let end = text.text.trim_end().len();
    Places {
        kind: fields.place_of("kind").unwrap_or_else(|| keys.clone()),
        edit: fields.place_of("edit"),
        keys,
        end: end..end,
    }
}

fn fails(fields: &mut Fields<'_>) -> FailsManifest {
    let tests = fields.strings("tests");
    let Some(code) = fields.string("error") else {
        if tests.is_empty() {
            fields.error(fields.span(), "`fails` must name the `tests` that fail or the compiler's `error`");
        }
        return FailsManifest::Tests(tests);
    };
    if !tests.is_empty() {
        fields.error(code.span(), "`fails` gives either `tests` or `error`, not both");
    } else if !is_error_code(code.get_ref()) {
        fields.error(code.span(), format!("`{}` is no error code such as E0038", code.get_ref()));
    }
    FailsManifest::Error(code.into_inner())
}

fn need(fields: &mut Fields<'_>) -> Option<NeedManifest> {
    let env = fields.required("env", "DATABASE_URL");
    if let Some(env) = env.as_ref().filter(|env| !is_address_variable(env.get_ref())) {
        let message = format!("`{}` cannot be asked for", env.get_ref());
        fields.error_with_help(env.span(), message, Some(ADDRESS_RULE.to_owned()));
    }
    let tests = fields.required_strings("tests", "the_server_keeps_it");
    let how = fields.required("how", "docker run … postgres").map(Spanned::into_inner).unwrap_or_default();
    Some(NeedManifest { env: env?, tests, how })
}

fn step(fields: &mut Fields<'_>) -> Option<StepManifest> {
    let title = fields.required("title", "Bulk discount");
    let task = fields.required("task", "Give ten per cent off from ten units on.");
    let tests = fields.strings("tests");
    let hints = fields.strings("hints").into_iter().map(Spanned::into_inner).collect();
    Some(StepManifest {
        span: fields.span(),
        title: title?.into_inner(),
        task: task?.into_inner(),
        tests,
        hints,
    })
}

fn wrong(fields: &mut Fields<'_>) -> Option<WrongManifest> {
    let name = fields.slug("name", "off-by-one");
    let why = fields.required("why", "uses > in place of >=").map(Spanned::into_inner).unwrap_or_default();
    let caught_by = fields.required_strings("caught-by", "ten_get_a_discount");
    Some(WrongManifest { name: name?, why, caught_by })
}

const KINDS: [(&str, Kind); 4] =
    [("implement", Kind::Implement), ("repair", Kind::Repair), ("test", Kind::Test), ("quiz", Kind::Quiz)];
const DIFFICULTIES: [(&str, Difficulty); 3] =
    [("easy", Difficulty::Easy), ("medium", Difficulty::Medium), ("hard", Difficulty::Hard)];
