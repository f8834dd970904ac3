//! A loaded pack: the values that all other floors read.

use crate::pack::shared_text::SharedText;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::time::Duration;

/// What the test is called by which a suite of the learner's passes on the right implementation.
pub const ACCEPTS: &str = "accepts-the-right-one";

/// What stands before the name of a wrong implementation in the test by which a suite of the learner's catches it.
pub const CATCHES: &str = "catches-";

/// The text files of an exercise, by path relative to the crate, with `/` between the parts.
pub type Files = BTreeMap<String, SharedText>;

/// A pack: chapters to read and exercises to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// Stable for ever; progress is keyed by it.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its version.
    pub version: semver::Version,
    /// The language of its prose, as in `en`.
    pub language: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// An SPDX expression.
    pub license: String,
    /// The versions of this program that it is made for.
    pub requires: semver::VersionReq,
    /// Its chapters in reading order.
    pub chapters: Vec<Chapter>,
    /// Its patterns and which builds on which; empty where its author drew no map.
    pub map: Vec<Pattern>,
    /// Its exercises, in the order in which the chapters practise them.
    pub exercises: Vec<Exercise>,
    /// The dependency sets that the pack itself brings, by name.
    pub sets: BTreeMap<String, DependencySet>,
}

/// A cargo workspace's manifest and lock file, which fix a set of dependencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DependencySet {
    /// `Cargo.toml`, with `[workspace.dependencies]` and the profile.
    pub manifest: SharedText,
    /// `Cargo.lock`, with one member named `warm`.
    pub lock: SharedText,
}

/// A chapter: one Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// The file's name without its ending; stable.
    pub slug: String,
    /// The text of its first heading.
    pub title: String,
    /// The Markdown as written.
    pub source: SharedText,
    /// Its headings from level 2 on, in order.
    pub sections: Vec<Section>,
    /// Its code blocks, in order.
    pub listings: Vec<Listing>,
}

/// A pattern on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// The section that teaches it.
    pub section: SectionRef,
    /// What the map calls it.
    pub name: String,
    /// Those that it builds on, by their places on the map; never itself, not even by way of others.
    pub needs: Vec<usize>,
}

/// A heading and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Unique in the chapter.
    pub anchor: String,
    /// The heading's text.
    pub title: String,
    /// The heading's level: 2 for a pattern, 3 and more for its parts.
    pub level: u8,
}

/// A code block of a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Unique in the chapter; where the author gave none, `<slug>-<number>`.
    pub id: String,
    /// The first word of the info string, in lower case; empty where there is none.
    pub language: String,
    /// The file that it shows a part of.
    pub file: Option<String>,
    /// What the compiler says to it.
    pub claim: Claim,
    /// Whether it is a program that the learner can run.
    pub run: bool,
    /// The dependency set that it is compiled with.
    pub set: String,
    /// The whole code, hidden lines included, without their marks: what is compiled and run.
    pub code: String,
    /// The anchor of the section it stands in; empty before the first.
    pub section: String,
    /// Where the code stands in the chapter's source.
    pub body: Range<usize>,
}

/// What a listing claims of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It compiles.
    Compiles,
    /// It does not, with this error code.
    Fails(String),
    /// Nothing: it is not checked.
    Nothing,
}

/// An exercise: a crate to complete, and the tests that judge it.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// The directory's name; stable for ever.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The section that it practises.
    pub section: SectionRef,
    /// What is asked of the learner.
    pub kind: Kind,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// About how long it takes.
    pub minutes: u32,
    /// The name of the dependency set that it is built with.
    pub set: String,
    /// Why the starter fails as shipped.
    pub fails: Option<Fails>,
    /// Ids under which it was known in earlier versions.
    pub renamed_from: Vec<String>,
    /// The files that the learner may change, in the order in which they are shown.
    pub edit: Vec<String>,
    /// What a test may use.
    pub limits: Limits,
    /// What its author tells other instructors, in Markdown; no learner sees it.
    pub notes: Option<String>,
    /// What some tests cannot run without.
    pub needs: Vec<Need>,
    /// The guided steps; a quiz has none.
    pub steps: Vec<Step>,
    /// The questions of a quiz; other kinds have none.
    pub questions: Vec<Question>,
    /// Plausible wrong answers.
    pub wrong: Vec<WrongAnswer>,
    /// What the learner gets.
    pub starter: Files,
    /// The model answer.
    pub solution: Files,
    /// The judge's files, by path relative to `tests/`.
    pub tests: Files,
}

/// A section named from elsewhere: `chapter#anchor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRef {
    /// The chapter's slug.
    pub chapter: String,
    /// The section's anchor.
    pub anchor: String,
}

/// What is asked of the learner. In the order in which they are best done where they are equally hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Make the tests pass.
    Implement,
    /// Write the tests: they pass on the right implementation and fail on every wrong one.
    Test,
    /// Mend a real flaw.
    Repair,
    /// Predict what the compiler or the program does.
    Quiz,
}

/// How hard an exercise is, the easiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Difficulty {
    Easy,
    Medium,
    Hard,
}

impl Difficulty {
    /// As a manifest and every screen call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Easy => "easy",
            Self::Medium => "medium",
            Self::Hard => "hard",
        }
    }
}

/// Why a starter fails as shipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fails {
    /// These tests fail.
    Tests(Vec<String>),
    /// It does not compile, with this error code.
    Error(String),
}

/// What a running test may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How long one test may run.
    pub test: Duration,
    /// How much of a test's output is kept, in KiB.
    pub output_kib: u32,
    /// How much memory a test may use, in MiB, where the machine can limit it.
    pub memory_mib: u32,
    /// Which network a test may reach, where the machine can limit it.
    pub network: Network,
}

impl Default for Limits {
    fn default() -> Self {
        Self { test: Duration::from_secs(10), output_kib: 64, memory_mib: 2048, network: Network::Loopback }
    }
}

/// Which network a test may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Network {
    None,
    Loopback,
}

/// What some tests of an exercise cannot run without: a server, named by an environment variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The variable that says where the server is; the tests, and nothing else, get to see it.
    pub env: String,
    /// The tests that are skipped while it is not set.
    pub tests: Vec<String>,
    /// How to start such a server and set the variable, as lines to read and to copy.
    pub how: String,
}

/// What a dependency set takes that is built only for those who ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// About how long its first build takes on two cores.
    pub minutes: u32,
    /// About how much of the disk it takes.
    pub mib: u32,
}

/// One step of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is called.
    pub title: String,
    /// What to do and why, in Markdown.
    pub task: String,
    /// The tests that judge it, by libtest's names.
    pub tests: Vec<String>,
    /// From a nudge to nearly the answer, in Markdown.
    pub hints: Vec<String>,
}

/// One question of a quiz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is called in a report, from its place: `question 1`.
    pub name: String,
    /// What is asked.
    pub ask: Ask,
    /// The question in words, in Markdown.
    pub text: String,
    /// The code that it is about.
    pub code: Option<SharedText>,
    /// What may be answered: `yes` and `no`, outputs, or sentences in Markdown.
    pub options: Vec<String>,
    /// The place of the right one among them, from 0.
    pub answer: usize,
    /// The error code with which the code does not compile.
    pub error: Option<String>,
    /// What the code prints, trimmed, where that proves the answer.
    pub prints: Option<String>,
    /// Why, shown with the answer, in Markdown.
    pub explain: String,
}

/// What a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Whether the code compiles; checked with the compiler when a pack is checked.
    Compiles,
    /// What the program prints; checked by running it when a pack is checked.
    Prints,
    /// Which of several sentences holds.
    Choice,
}

/// A plausible wrong answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongAnswer {
    /// The directory's name.
    pub name: String,
    /// What is wrong with it.
    pub why: String,
    /// The tests that must fail on it.
    pub caught_by: Vec<String>,
    /// The files in which it differs from the solution.
    pub files: Files,
}

impl Pack {
    /// The exercise of this id.
    pub fn exercise(&self, id: &str) -> Option<&Exercise> {
        self.exercises.iter().find(|exercise| exercise.id == id)
    }

    /// The exercise to begin with: the first easy one that needs no dependencies and is therefore judged at once; else the
    /// first.
    pub fn first_exercise(&self) -> Option<&Exercise> {
        let light = |exercise: &&Exercise| exercise.set == "none" && exercise.difficulty == Difficulty::Easy;
        self.exercises.iter().find(light).or_else(|| self.exercises.first())
    }

    /// The chapter of this slug.
    pub fn chapter(&self, slug: &str) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.slug == slug)
    }

    /// The exercises that practise a section of this chapter, in order.
    pub fn exercises_of<'a>(&'a self, chapter: &'a str) -> impl Iterator<Item = &'a Exercise> {
        self.exercises.iter().filter(move |exercise| exercise.section.chapter == chapter)
    }
}

impl Chapter {
    /// The listing of this id.
    pub fn listing(&self, id: &str) -> Option<&Listing> {
        self.listings.iter().find(|listing| listing.id == id)
    }
}

impl Exercise {
    /// Every test that judges it, in the order of the steps; of a quiz, its questions.
    pub fn tests_in_order(&self) -> impl Iterator<Item = &str> {
        let tests = self.steps.iter().flat_map(|step| step.tests.iter());
        tests.chain(self.questions.iter().map(|question| &question.name)).map(String::as_str)
    }

    /// What this test needs.
    pub fn needs_of<'a>(&'a self, test: &'a str) -> impl Iterator<Item = &'a Need> {
        self.needs.iter().filter(move |need| need.tests.iter().any(|name| name == test))
    }

    /// The name of the exercise's library, by which its tests import it.
    pub fn crate_name(&self) -> String {
        self.id.replace('-', "_")
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "about {} min and {} MiB, once", self.minutes, self.mib)
    }
}

impl fmt::Display for SectionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.chapter, self.anchor)
    }
}
