//! The compiler's own suggestion: shown first, then applied.

use std::collections::BTreeMap;

use crate::app::editor::marks::byte_of;
use crate::app::editor::{Buffer, Position};
use crate::app::screen::workbench::problems::line_map;
use crate::app::screen::workbench::state::Workbench;
use crate::cargo::{SourceSpan, Suggestion};

/// A suggestion as it would change the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Which problem it mends.
    pub problem: usize,
    /// What it does.
    pub message: String,
    /// The lines it changes.
    pub changes: Vec<Change>,
}

/// Lines of a file that give way to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file's path.
    pub path: String,
    /// The first line, from 0.
    pub line: usize,
    /// The lines as they are.
    pub old: Vec<String>,
    /// The lines as they would be.
    pub new: Vec<String>,
}

/// The suggestion for a problem, or why there is none to apply.
pub(super) fn prepare(bench: &Workbench, problem: usize) -> Result<Fix, &'static str> {
    let said = bench.problems.get(problem).ok_or("choose a problem in the Problems list first")?;
    let sure = |suggestion: &&Suggestion| suggestion.machine_applicable && !suggestion.edits.is_empty();
    let suggestion = said
        .suggestions
        .iter()
        .find(sure)
        .ok_or("no sure fix is offered: Enter goes to the place, mend it by hand")?;
    let mut by_file: BTreeMap<&str, Vec<&(SourceSpan, String)>> = BTreeMap::new();
    for edit in &suggestion.edits {
        by_file.entry(&edit.0.file).or_default().push(edit);
    }
    let changes: Option<Vec<Change>> =
        by_file.into_iter().map(|(path, edits)| change(bench, path, &edits)).collect();
    let changes = changes.ok_or("the text has changed since: run again")?;
    Ok(Fix { problem, message: suggestion.message.clone(), changes })
}

fn change(bench: &Workbench, path: &str, edits: &[&(SourceSpan, String)]) -> Option<Change> {
    let file = bench.file_of(path)?;
    let map = line_map(bench, file)?;
    let editor = &bench.files[file].editor;
    if !editor.editable {
        return None;
    }
    let first = map.now(edits.iter().map(|(span, _)| span.line_start).min()?.checked_sub(1)?)?;
    let last = map.now(edits.iter().map(|(span, _)| span.line_end).max()?.checked_sub(1)?)?;
    let old = editor.buffer.lines().get(first..=last)?.to_vec();
    let mut buffer = Buffer::new(&old.join("\n"));
    let mut edits: Vec<_> = edits.iter().collect();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse((span.line_start, span.column_start)));
    for (span, text) in edits {
        let place = |line: usize, column| {
            let line = map.now(line.checked_sub(1)?)?.checked_sub(first)?;
            Some(Position::new(line, byte_of(buffer.text().line(line), column)))
        };
        let (start, end) =
            (place(span.line_start, span.column_start)?, place(span.line_end, span.column_end)?);
        buffer.select(start, end);
        buffer.insert(text);
    }
    Some(Change { path: path.to_owned(), line: first, old, new: buffer.lines().to_vec() })
}

/// Changes the buffers as a fix says; says whether they still were as it expects.
pub(super) fn apply(bench: &mut Workbench, fix: &Fix) -> bool {
    let stands = |change: &Change| {
        let lines = bench.file_of(&change.path).map(|file| bench.files[file].editor.buffer.lines());
        let there = lines.and_then(|lines| lines.get(change.line..change.line + change.old.len()));
        there == Some(change.old.as_slice())
    };
    if !fix.changes.iter().all(stands) {
        return false;
    }
    for change in &fix.changes {
        let Some(file) = bench.file_of(&change.path) else { return false };
        bench.shown = file;
        let editor = &mut bench.files[file].editor;
        let end = change.line + change.old.len() - 1;
        let column = change.old.last().map_or(0, String::len);
        editor.buffer.select(Position::new(change.line, 0), Position::new(end, column));
        editor.buffer.insert(&change.new.join("\n"));
        editor.view.follow(&editor.buffer);
    }
    true
}
