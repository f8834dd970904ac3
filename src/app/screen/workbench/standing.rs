//! How far the learner is in the steps of the exercise, as the last check saw it.

use crate::app::effect::Effect;
use crate::app::screen::workbench::check::{Check, TestRow, TestState};
use crate::app::screen::workbench::file::File;
use crate::app::screen::workbench::problems;
use crate::app::screen::workbench::state::Workbench;
use crate::check::{Cause, Outcome, Report, TestResult, Verdict};
use crate::pack::Kind;
use crate::progress::Record;

/// What may stand where the learner is to write.
const GAPS: [&str; 2] = ["todo!(", "unimplemented!("];

impl Workbench {
    /// Whether all tests of a step passed when they were judged last, less those that were left out.
    pub fn is_done(&self, step: usize) -> bool {
        let step = self.exercise().steps.get(step);
        step.is_some_and(|step| {
            step.tests.iter().all(|test| self.passing.contains(test) || self.may_be_left_out(test))
        })
    }

    /// Whether a test needs what is not everywhere, and did not fail when it was judged last.
    fn may_be_left_out(&self, test: &str) -> bool {
        let row = || self.panel.tests.iter().find(|row| row.name == test);
        self.exercise().needs_of(test).next().is_some() && !row().is_some_and(TestRow::failed)
    }

    /// How many tests the last check left out.
    pub fn skipped(&self) -> usize {
        self.panel.tests.iter().filter(|row| row.skipped()).count()
    }

    /// The first step that is not done, or the last.
    pub(super) fn first_open(&self) -> usize {
        let steps = self.exercise().steps.len();
        (0..steps).find(|step| !self.is_done(*step)).unwrap_or(steps.saturating_sub(1))
    }

    /// Whether a check has ended and the text was changed since.
    pub fn is_stale(&self) -> bool {
        self.check.ended().is_some() && self.has_changed()
    }

    /// Whether all that is known to pass was judged before the check that has ended: that came to no test, as where the text does
    /// not compile.
    pub fn passed_before(&self) -> bool {
        let mut passing = self.panel.tests.iter().filter(|row| row.passes()).peekable();
        let known = self.check.ended().is_some() && passing.peek().is_some();
        known && passing.all(|row| row.state == TestState::Before)
    }

    /// Whether the text was changed since it was given to a check.
    pub(super) fn has_changed(&self) -> bool {
        self.files.iter().any(|file| {
            let judged = file.judged.as_ref().filter(|_| file.editor.editable);
            judged.is_some_and(|judged| judged.as_slice() != file.editor.buffer.lines())
        })
    }

    /// Whether a test fails only because the learner has not come to its step: a `todo!` still stands there, or their suite has
    /// nothing yet that would catch this. What was written and fails for another reason is told as every failure is.
    pub fn not_reached(&self, row: &TestRow) -> bool {
        let goal = self.check.ended().map_or(self.goal, |ended| ended.goal);
        let is_open = |result: &TestResult| self.is_suite() || result.is_unwritten();
        row.failed() && row.step > goal && row.result().is_some_and(is_open)
    }

    /// Whether the learner writes the tests.
    pub fn is_suite(&self) -> bool {
        self.exercise().kind == Kind::Test
    }

    /// The step that the last check found done while later ones are open, and how many tests are left.
    pub fn step_passed(&self) -> Option<(usize, usize)> {
        let ended = self.check.ended().filter(|ended| ended.verdict == Verdict::Failed)?;
        let passed = |outcome| matches!(outcome, Outcome::Passed | Outcome::Skipped);
        let open = |row: &&TestRow| row.result().is_none_or(|result| !passed(result.outcome));
        let first = self.panel.tests.iter().filter(open).map(|row| row.step).min()?;
        let left = self.panel.tests.iter().filter(open).count();
        (first > ended.goal).then(|| (first - 1, left))
    }

    /// How many tests failed though the learner has come to what they judge.
    pub fn failures(&self) -> usize {
        self.panel.tests.iter().filter(|row| row.failed() && !self.not_reached(row)).count()
    }

    /// Takes note of which steps a report finds done; text that does not compile says nothing of that.
    pub(super) fn judge_steps(&mut self, report: &Report) {
        if report.verdict == Verdict::Unjudged || report.cause == Some(Cause::DidNotCompile) {
            return;
        }
        let passed = report.tests.iter().filter(|test| test.outcome == Outcome::Passed);
        self.passing = passed.map(|test| test.name.clone()).collect();
        self.goal = self.first_open();
    }

    /// What the last check said, where it was before the exercise was opened: nothing where the starter was put back since.
    pub fn judged_before(&self, record: &Record) -> Option<String> {
        let known = record.exercise(&self.key.pack, &self.key.exercise)?;
        let judged = known.judged()?;
        let rows = &self.panel.tests;
        let (passed, all) = (rows.iter().filter(|row| row.passes()).count(), rows.len());
        Some(match (known.was_refused(), passed) {
            _ if judged.passed => "It passed when it was judged last.".to_owned(),
            (true, 0) => "It did not compile when it was judged last.".to_owned(),
            (true, _) => {
                format!(
                    "It did not compile when it was judged last; before that {passed} of {all} tests passed."
                )
            }
            (false, 0) => "No test had passed when it was judged last.".to_owned(),
            (false, _) => format!("{passed} of {all} tests had passed when it was judged last."),
        })
    }

    /// Whether the learner's files are the starter's.
    pub(super) fn holds_starter(&self) -> bool {
        let starter = &self.exercise().starter;
        let mut own = self.files.iter().filter(|file| file.editor.editable).peekable();
        let as_given = |file: &File| {
            let given = starter.get(&file.path).map_or("", AsRef::as_ref);
            file.editor.buffer.text().is(given)
        };
        own.peek().is_some() && own.all(as_given)
    }

    /// Forgets what was judged: the starter is back.
    pub(super) fn forget_steps(&mut self) {
        self.passing.clear();
        (self.goal, self.step, self.task_scroll, self.panel.test) = (0, 0, 0, 0);
        self.check = Check::Never;
        self.problems.clear();
        self.panel.forget();
    }

    /// Stops the check that runs; news of it is awaited no more.
    pub(super) fn abandon(&mut self) -> Option<Effect> {
        let id = self.check.running()?.id;
        self.check = Check::Never;
        Some(Effect::Cancel(id))
    }

    /// Goes to where the work of the step at hand begins, wherever the cursors were left: as in files that were just read.
    pub(super) fn go_to_beginning(&mut self) {
        for file in &mut self.files {
            file.editor.go_to(1, 1);
            file.placed = file.editor.buffer.cursor();
        }
        (0..self.files.len()).for_each(|file| self.go_to_gap(file));
        self.shown = 0;
        self.source_from = None;
        self.go_to_work();
    }

    /// Goes to the work of the step at hand, unless the learner has moved the cursor: where the text names the step, else where
    /// its first failed test panicked, else to what is left to be written.
    pub(super) fn go_to_work(&mut self) {
        let is_placed = |file: &File| file.editor.editable && file.editor.buffer.cursor() == file.placed;
        if !self.file().is_some_and(is_placed) {
            return;
        }
        if !self.go_to_step() && !problems::go_to_failure_of(self, self.step) {
            return self.go_to_gap(self.shown);
        }
        if let Some(file) = self.file_mut() {
            file.placed = file.editor.buffer.cursor();
        }
    }

    /// Goes to the first place of a file that is left to be written, unless the learner has moved the cursor.
    pub(super) fn go_to_gap(&mut self, file: usize) {
        let Some(file) = self.files.get_mut(file).filter(|file| file.editor.editable) else { return };
        if file.editor.buffer.cursor() != file.placed {
            return;
        }
        let mut lines = file.editor.buffer.lines().iter().enumerate();
        if let Some((line, column)) = lines.find_map(|(line, text)| Some((line + 1, gap(text)?))) {
            file.editor.go_to(line, column);
            file.placed = file.editor.buffer.cursor();
        }
    }
}

/// The column, from 1, of a place in this line that is left to be written.
pub(super) fn gap(line: &str) -> Option<usize> {
    let code = line.split("//").next().unwrap_or_default();
    GAPS.iter().filter_map(|gap| code.find(gap)).min().map(|byte| code[..byte].chars().count() + 1)
}
