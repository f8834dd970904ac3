//! The learner's record as a value; the store writes it, the app and the reports read it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Everything that is known of one learner.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// Exercises by pack id, then exercise id.
    pub exercises: BTreeMap<String, BTreeMap<String, ExerciseRecord>>,
    /// Sections read to their end, by pack id, as `chapter#anchor`.
    pub read: BTreeMap<String, BTreeSet<String>>,
    /// Where the learner was last.
    pub last: Option<Place>,
    /// Where the learner was last in packs other than that one, by pack id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub places: BTreeMap<String, Place>,
    /// What the playground of each pack holds, by pack id.
    pub playgrounds: BTreeMap<String, Scratch>,
}

/// What a playground holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scratch {
    /// The listing that its text came from, by id.
    pub listing: Option<String>,
    /// The dependency set that programs are built with.
    pub set: String,
}

/// What is known of one exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExerciseRecord {
    /// When it was begun, that is edited, answered or judged for the first time, in seconds since the Unix epoch.
    pub started: Option<u64>,
    /// When it first passed, in seconds since the Unix epoch.
    pub passed: Option<u64>,
    /// The tests that passed at the last check that could run them.
    pub passing: BTreeSet<String>,
    /// Those that had passed before the last reset, for when that is undone.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub before_reset: BTreeSet<String>,
    /// What was answered to the questions of a quiz: options, from 0, by [`question_key`](crate::progress::question_key).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, usize>,
    /// What had been answered before the last reset, for when that is undone.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers_before_reset: BTreeMap<String, usize>,
    /// How many checks ended in a verdict of passed or failed.
    pub attempts: u32,
    /// The last such check.
    pub last: Option<Attempt>,
    /// Whether the starter was put back since: then that says nothing of what stands there now.
    #[serde(skip_serializing_if = "is_false")]
    pub reset: bool,
    /// How many hints were shown, by step, from 0.
    pub hints: BTreeMap<usize, usize>,
    /// Whether the model answer was revealed before the first pass.
    pub revealed: bool,
    /// Seconds spent with the exercise open.
    pub seconds: u64,
    /// Where the learner left it.
    pub at: Option<Spot>,
    /// What a later version of this program keeps of it.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// A place in an exercise to come back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The step whose task was shown, from 0.
    pub step: usize,
    /// The file in the editor, relative to the crate.
    pub file: String,
    /// The cursor's line, from 1.
    pub line: usize,
    /// The cursor's column in characters, from 1.
    pub column: usize,
}

/// One judged check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it ended, in seconds since the Unix epoch.
    pub at: u64,
    /// Whether it passed.
    pub passed: bool,
    /// How many tests passed.
    pub tests_passed: u32,
    /// How many tests there are.
    pub tests: u32,
    /// Whether the text did not compile, so that no test was run.
    #[serde(default, skip_serializing_if = "is_false")]
    pub refused: bool,
}

/// A place to come back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The pack's id.
    pub pack: String,
    /// The chapter's slug.
    pub chapter: String,
    /// The section's anchor.
    pub section: String,
    /// The exercise that was open, if one was.
    pub exercise: Option<String>,
    /// How many lines below the section's heading the shown text began, as it was laid out then.
    #[serde(default)]
    pub below: isize,
}

/// How far an exercise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    New,
    /// Begun, not passed.
    Started,
    /// Passed.
    Passed,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes what it asks about so")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl ExerciseRecord {
    /// The last check, unless the starter was put back since.
    pub fn judged(&self) -> Option<&Attempt> {
        self.last.as_ref().filter(|_| !self.reset)
    }

    /// Whether the text did not compile when it was judged last. Of a record from before that was kept, only that no test
    /// passed then says so, where some are known to have passed.
    pub fn was_refused(&self) -> bool {
        let nothing_ran =
            |last: &Attempt| last.refused || (last.tests_passed == 0 && !self.passing.is_empty());
        self.judged().is_some_and(|last| !last.passed && nothing_ran(last))
    }
}

impl Record {
    /// What is known of an exercise; `None` where nothing is, though it may have been looked at.
    pub fn exercise(&self, pack: &str, exercise: &str) -> Option<&ExerciseRecord> {
        self.exercises.get(pack)?.get(exercise)
    }

    /// The record of an exercise, made when there is none.
    pub fn exercise_mut(&mut self, pack: &str, exercise: &str) -> &mut ExerciseRecord {
        self.exercises.entry(pack.to_owned()).or_default().entry(exercise.to_owned()).or_default()
    }

    /// Where the learner was last in a pack.
    pub fn place_in(&self, pack: &str) -> Option<&Place> {
        self.last.as_ref().filter(|place| place.pack == pack).or_else(|| self.places.get(pack))
    }

    /// The learner is here now; where they were in another pack stays known, so that a look at one does not cost the way back
    /// into the other.
    pub(super) fn visit(&mut self, place: &Place) {
        self.places.remove(&place.pack);
        let before = self.last.replace(place.clone()).filter(|before| before.pack != place.pack);
        self.places.extend(before.map(|before| (before.pack.clone(), before)));
    }

    /// Whether the model answer was looked at before the exercise passed.
    pub fn is_revealed(&self, pack: &str, exercise: &str) -> bool {
        self.exercise(pack, exercise).is_some_and(|record| record.revealed)
    }

    /// How far an exercise is.
    pub fn state(&self, pack: &str, exercise: &str) -> State {
        match self.exercise(pack, exercise) {
            Some(record) if record.passed.is_some() => State::Passed,
            Some(record) if record.started.is_some() => State::Started,
            _ => State::New,
        }
    }
}
