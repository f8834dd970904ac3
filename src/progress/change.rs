//! One thing that the learner has done: what the app and the command line hand to the store. Changes are applied to
//! whatever the store holds by then, so two programs on one home do not overwrite each other's news.

use std::collections::BTreeSet;

use crate::progress::record::{Attempt, Place, Record, Scratch, Spot};

/// One thing that the learner has done. Times are seconds since the Unix epoch; where a change carries none, the
/// store stamps it when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "pack and exercise are ids throughout")]
pub enum Change {
    /// An exercise was begun: edited, answered, or placed to be edited outside. Looking at it is no beginning.
    Started { pack: String, exercise: String },
    /// A check ended in a verdict of passed or failed. Text that does not compile says nothing of which tests pass: then it
    /// carries none, and what passed before stays known.
    Checked { pack: String, exercise: String, passed: bool, passing: Option<BTreeSet<String>>, tests: u32 },
    /// A question of a quiz was answered with this option, from 0; `question` is its [`question_key`](crate::progress::question_key).
    Answered { pack: String, exercise: String, question: String, option: usize },
    /// The starter was put back: which tests pass, or what was answered, is no longer known. That the exercise passed once
    /// stays so.
    Reset { pack: String, exercise: String },
    /// A reset was undone: what passed before it, or what was answered, is known again.
    Restored { pack: String, exercise: String },
    /// The learner left an exercise here.
    Left { pack: String, exercise: String, at: Spot },
    /// So many hints of a step have been shown now.
    Hinted { pack: String, exercise: String, step: usize, shown: usize },
    /// The model answer was revealed before the first pass.
    Revealed { pack: String, exercise: String },
    /// The exercise was open for so many seconds.
    Spent { pack: String, exercise: String, seconds: u64 },
    /// A section was read to its end; as `chapter#anchor`.
    Read { pack: String, section: String },
    /// The playground of a pack holds this now.
    Scratched { pack: String, holds: Scratch },
    /// The learner is here now.
    Visited(Place),
}

impl Record {
    /// Applies a change that happened `at`, in seconds since the Unix epoch.
    pub fn apply(&mut self, change: &Change, at: u64) {
        match change {
            Change::Started { pack, exercise } => {
                self.exercise_mut(pack, exercise).started.get_or_insert(at);
            }
            Change::Checked { pack, exercise, passed, passing, tests } => {
                let record = self.exercise_mut(pack, exercise);
                record.started.get_or_insert(at);
                record.attempts += 1;
                if let Some(passing) = passing {
                    record.passing.clone_from(passing);
                }
                if *passed {
                    record.passed.get_or_insert(at);
                }
                let (refused, passing) = (passing.is_none(), passing.as_ref().map_or(0, BTreeSet::len));
                let tests_passed = u32::try_from(passing).unwrap_or(u32::MAX);
                record.last = Some(Attempt { at, passed: *passed, tests_passed, tests: *tests, refused });
                record.reset = false;
            }
            Change::Answered { pack, exercise, question, option } => {
                let record = self.exercise_mut(pack, exercise);
                record.started.get_or_insert(at);
                record.answers.insert(question.clone(), *option);
            }
            Change::Reset { pack, exercise } => {
                let record = self.exercise_mut(pack, exercise);
                record.answers_before_reset = std::mem::take(&mut record.answers);
                record.before_reset = std::mem::take(&mut record.passing);
                record.at = None;
                record.reset = true;
            }
            Change::Restored { pack, exercise } => {
                let record = self.exercise_mut(pack, exercise);
                record.passing = std::mem::take(&mut record.before_reset);
                record.reset = false;
                record.answers = std::mem::take(&mut record.answers_before_reset);
            }
            Change::Left { pack, exercise, at } => {
                self.exercise_mut(pack, exercise).at = Some(at.clone());
            }
            Change::Hinted { pack, exercise, step, shown } => {
                let most = self.exercise_mut(pack, exercise).hints.entry(*step).or_default();
                *most = (*most).max(*shown);
            }
            Change::Revealed { pack, exercise } => self.exercise_mut(pack, exercise).revealed = true,
            Change::Spent { pack, exercise, seconds } => self.exercise_mut(pack, exercise).seconds += seconds,
            Change::Read { pack, section } => {
                self.read.entry(pack.clone()).or_default().insert(section.clone());
            }
            Change::Scratched { pack, holds } => {
                self.playgrounds.insert(pack.clone(), holds.clone());
            }
            Change::Visited(place) => self.visit(place),
        }
    }
}
