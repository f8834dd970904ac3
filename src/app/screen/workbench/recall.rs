//! Where the learner was in an exercise: kept when it is left, found again when it is opened.

use std::ops::RangeInclusive;

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
        self.recall_results();
        self.show_step(self.goal);
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
        let own = |file: &usize| self.files[*file].editor.editable;
        let Some(file) = self.file_of(&spot.file).filter(own) else { return };
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

    /// The place in the learner's own file.
    fn spot_in_file(&self) -> Option<Spot> {
        let file = self.files.get(self.own_file())?;
        let cursor = file.editor.buffer.cursor();
        let before = &file.editor.buffer.text().line(cursor.line)[..cursor.column];
        Some(Spot {
            step: self.step,
            file: file.path.clone(),
            line: cursor.line + 1,
            column: before.chars().count() + 1,
        })
    }

    /// Shows where the work of the step at hand is, where a file says so; says whether one does.
    pub(super) fn go_to_step(&mut self) -> bool {
        let Some((file, line, column)) = self.place_of_step() else { return false };
        self.shown = file;
        self.files[file].editor.go_to(line, column);
        true
    }

    /// What names the step and is left to be written, or is that behind a comment that names it; else the comment itself.
    fn place_of_step(&self) -> Option<(usize, usize, usize)> {
        let number = self.step + 1;
        let mut named = None;
        for (at, file) in self.files.iter().enumerate().filter(|(_, file)| file.editor.editable) {
            let lines = file.editor.buffer.lines();
            for first in (0..lines.len()).filter(|line| names_step(&lines[*line], number)) {
                let own = lines[first..].iter().enumerate();
                let mut own = own.take_while(|(below, line)| *below == 0 || !names_a_step(line));
                let left = own.find_map(|(below, line)| Some((first + 1 + below, gap(line)?)));
                if let Some((line, column)) = left {
                    return Some((at, line, column));
                }
                named.get_or_insert((at, first + 1, 1));
            }
        }
        named
    }
}

/// Whether this line names a step of this number.
fn names_step(line: &str, number: usize) -> bool {
    steps_named(line).any(|named| named.contains(&number))
}

fn names_a_step(line: &str) -> bool {
    steps_named(line).next().is_some()
}

/// The steps that this line names, in a comment ("Step 2", "Steps 5 and 6", "Steps 2 to 4") or in what stands for code still to be
/// written (`todo!("step 2: …")`).
fn steps_named(line: &str) -> impl Iterator<Item = RangeInclusive<usize>> {
    let comment = line.split_once("//").map_or("", |(_, comment)| comment);
    let left = line.split_once("!(\"").filter(|_| gap(line).is_some()).map_or("", |(_, left)| left);
    let named = comment.split("Step").skip(1).chain(left.split("step").skip(1));
    named.filter_map(|rest| {
        let (rest, several) = rest.strip_prefix('s').map_or((rest, false), |rest| (rest, true));
        let mut words = rest.strip_prefix(' ')?.split(' ');
        let first = number_at(words.next()?)?;
        let joined = several && matches!(words.next(), Some("and" | "to"));
        let last = words.next().filter(|_| joined).and_then(number_at);
        Some(first..=last.unwrap_or(first))
    })
}

fn number_at(word: &str) -> Option<usize> {
    let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{names_a_step, names_step};

    #[test]
    fn a_comment_names_its_steps() {
        assert!(names_step("    // Step 2: one. Step 3: two.", 3));
        assert!(!names_step("// Step 12", 1) && !names_step("let text = \"Step 1\";", 1));
        assert!((2..=4).all(|step| names_step("    // Steps 2 to 4", step)));
        assert!(names_step("// Steps 5 and 6: the service", 6) && !names_step("// Steps 5 and 6", 7));
        assert!(!names_step("// Step 2 and 3", 3) && !names_a_step("// Steps"));
        assert!(names_a_step("// Step 1") && !names_a_step("// a Stepladder"));
        assert!(
            names_step("    todo!(\"step 3: look for {id}\")", 3) && !names_a_step("println!(\"step 3\");")
        );
        assert!(names_step("todo!(\"step 2: https://a.b\")", 2));
        assert!(!names_a_step("") && !names_a_step("todo!(\"2 steps\")"));
    }
}
