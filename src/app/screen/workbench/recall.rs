//! Where the learner was in an exercise: kept when it is left, found again when it is opened.

use crate::app::screen::workbench::check::TestState;
use crate::app::screen::workbench::standing::gap;
use crate::app::screen::workbench::state::Workbench;
use crate::progress::{Change, ExerciseRecord, Record, Spot};

impl Workbench {
    /// Takes up what is known of the exercise from before.
    pub(super) fn recall(&mut self, known: Option<&ExerciseRecord>) {
        self.passing = known.map(|known| known.passing.clone()).unwrap_or_default();
        self.spot = known.and_then(|known| known.at.clone());
        self.goal = self.first_open();
        let steps = self.exercise().steps.len();
        let left = self.spot.as_ref().map(|spot| spot.step).filter(|step| *step < steps);
        self.step = left.unwrap_or(self.goal);
        self.recall_results();
        if let Some(mut quiz) = self.quiz.take() {
            quiz.recall(self.exercise(), known);
            self.quiz = Some(quiz);
            self.restorable = known.is_some_and(|known| !known.answers_before_reset.is_empty());
        }
    }

    /// Shows of each test that has not run whether it passed when it was judged last.
    pub(super) fn recall_results(&mut self) {
        for row in &mut self.panel.tests {
            if row.state == TestState::Waiting && self.passing.contains(&row.name) {
                row.state = TestState::Before;
            }
        }
    }

    /// Goes to where the cursor stood when the exercise was left, once.
    pub(super) fn go_to_spot(&mut self) {
        let Some(spot) = self.spot.take() else { return };
        let Some(file) = self.file_of(&spot.file) else { return };
        self.shown = file;
        self.files[file].editor.go_to(spot.line, spot.column);
        self.files[file].placed = self.files[file].editor.buffer.cursor();
    }

    /// That the learner is here now, where the record does not know it yet.
    pub(super) fn here(&self, record: &Record) -> Option<Change> {
        let spot = match &self.quiz {
            Some(quiz) => quiz.spot(),
            None => self.spot_in_file()?,
        };
        let (pack, exercise) = (self.key.pack.clone(), self.key.exercise.clone());
        let known = record.exercise(&pack, &exercise).and_then(|known| known.at.as_ref());
        (known != Some(&spot)).then_some(Change::Left { pack, exercise, at: spot })
    }

    fn spot_in_file(&self) -> Option<Spot> {
        let file = self.file()?;
        let cursor = file.editor.buffer.cursor();
        let before = &file.editor.buffer.text().line(cursor.line)[..cursor.column];
        Some(Spot {
            step: self.step,
            file: file.path.clone(),
            line: cursor.line + 1,
            column: before.chars().count() + 1,
        })
    }

    /// Shows where the work of the step at hand is, where a file says so: behind a comment that names the step.
    pub(super) fn go_to_step(&mut self) {
        let number = self.step + 1;
        for at in 0..self.files.len() {
            let lines = self.files[at].editor.buffer.lines();
            let Some(first) = lines.iter().position(|line| names_step(line, number)) else { continue };
            if !self.files[at].editor.editable {
                continue;
            }
            let own = lines[first + 1..].iter().take_while(|line| !names_a_step(line));
            let found = own.enumerate().find_map(|(below, line)| Some((first + 2 + below, gap(line)?)));
            let (line, column) = found.unwrap_or((first + 1, 1));
            self.shown = at;
            self.files[at].editor.go_to(line, column);
            return;
        }
    }
}

/// Whether a comment in this line names a step of this number.
fn names_step(line: &str, number: usize) -> bool {
    steps_named(line).any(|named| named == number)
}

fn names_a_step(line: &str) -> bool {
    steps_named(line).next().is_some()
}

fn steps_named(line: &str) -> impl Iterator<Item = usize> {
    let comment = line.split_once("//").map_or("", |(_, comment)| comment);
    comment.split("Step ").skip(1).filter_map(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::{names_a_step, names_step};

    #[test]
    fn a_comment_names_its_steps() {
        assert!(names_step("    // Step 2: one. Step 3: two.", 3));
        assert!(!names_step("// Step 12", 1) && !names_step("let text = \"Step 1\";", 1));
        assert!(names_a_step("// Step 1") && !names_a_step("// a Stepladder"));
    }
}
