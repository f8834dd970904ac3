//! The learner's files against the model answer's.

use crate::app::screen::workbench::state::Workbench;
use crate::pack::SharedText;
use crate::text::remarks::{comment_mark, without_remarks};

/// The learner's text, without the starter's own comments, and the model answer's of each file that may be edited.
pub(super) fn comparison(bench: &Workbench) -> Vec<(String, String, SharedText)> {
    let exercise = bench.exercise();
    let pair = |path: &String| {
        let own = bench.files.get(bench.file_of(path)?)?.editor.buffer.lines();
        let answer = exercise.solution.get(path)?;
        let starter = exercise.starter.get(path).map_or("", AsRef::as_ref);
        let own = without_remarks(own.iter().map(AsRef::as_ref), starter, answer, comment_mark(path));
        Some((path.clone(), own, answer.clone()))
    };
    exercise.edit.iter().filter_map(pair).collect()
}
