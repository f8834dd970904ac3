//! The learner's files against the model answer's.

use std::collections::HashSet;

use crate::app::editor::widget::comment_mark;
use crate::app::screen::workbench::state::Workbench;
use crate::pack::SharedText;

/// The learner's text and the model answer's of each file that may be edited.
pub(super) fn comparison(bench: &Workbench) -> Vec<(String, String, SharedText)> {
    let exercise = bench.exercise();
    let pair = |path: &String| {
        let own = bench.files.get(bench.file_of(path)?)?.editor.buffer.lines();
        let answer = exercise.solution.get(path)?;
        let starter = exercise.starter.get(path).map_or("", AsRef::as_ref);
        let remarks = remarks(starter, answer, comment_mark(path));
        Some((path.clone(), without(own, &remarks), answer.clone()))
    };
    exercise.edit.iter().filter_map(pair).collect()
}

/// The starter's comments that the model answer has not: they say where the work of a step is, nothing of how two answers
/// differ.
fn remarks<'s>(starter: &'s str, answer: &str, mark: &str) -> HashSet<&'s str> {
    let answers: HashSet<&str> = answer.lines().map(str::trim).collect();
    let is_remark = |line: &&str| {
        let comment = line.strip_prefix(mark);
        comment.is_some_and(|text| !text.starts_with(['/', '!'])) && !answers.contains(line)
    };
    starter.lines().map(str::trim).filter(is_remark).collect()
}

/// The text without remarks, and without the second of two blank lines around one.
fn without(lines: &[String], remarks: &HashSet<&str>) -> String {
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    let mut closes_up = false;
    for line in lines {
        let remark = remarks.contains(line.trim());
        let doubles =
            closes_up && line.trim().is_empty() && kept.last().is_none_or(|last| last.trim().is_empty());
        if !remark && !doubles {
            kept.push(line);
        }
        closes_up = remark;
    }
    kept.join("\n")
}
