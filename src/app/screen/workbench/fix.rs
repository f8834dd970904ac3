//! The compiler's own suggestion: shown first, then applied.

use std::collections::BTreeMap;

use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::editor::marks::byte_of;
use crate::app::editor::{Buffer, Editor, LineMap, Position};
use crate::app::screen::workbench::problems::line_map;
use crate::app::screen::workbench::state::Workbench;
use crate::cargo::{Diagnostic, Level, SourceSpan, Suggestion};

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
    let suggestion = sure(said)?;
    let mut by_file: BTreeMap<&str, Vec<&(SourceSpan, String)>> = BTreeMap::new();
    for edit in &suggestion.edits {
        by_file.entry(&edit.0.file).or_default().push(edit);
    }
    let change = |(path, edits): (&str, Vec<_>)| {
        let file = bench.file_of(path)?;
        changed(&bench.files[file].editor, line_map(bench, file)?, path, &edits)
    };
    let changes: Option<Vec<Change>> = by_file.into_iter().map(change).collect();
    let changes = changes.ok_or("the text has changed since: run again")?;
    Ok(Fix { problem, message: suggestion.message.clone(), changes })
}

/// The suggestion for a problem that the compiler is sure of.
pub fn sure(said: &Diagnostic) -> Result<&Suggestion, &'static str> {
    let sure = |suggestion: &&Suggestion| suggestion.machine_applicable && !suggestion.edits.is_empty();
    let why = if said.suggestions.is_empty() {
        "no fix is offered: Enter goes to the place, mend it by hand"
    } else {
        "the compiler is not sure of its fix: Enter goes to the place, mend it by hand"
    };
    said.suggestions.iter().find(sure).ok_or(why)
}

/// What can be done about the chosen problem besides going to its place. While there are errors no fix of a warning is offered: it
/// often renames what is only unused because something else does not compile.
pub fn help_with(problems: &[Diagnostic], chosen: usize) -> Vec<Hint> {
    let Some(said) = problems.get(chosen) else { return Vec::new() };
    let first = said.level == Level::Error || problems.iter().all(|other| other.level != Level::Error);
    let fix = (first && sure(said).is_ok()).then(|| Hint::of(Command::ApplyFix));
    let explain = said.explanation.is_some().then(|| Hint::of(Command::Explain));
    fix.into_iter().chain(explain).collect()
}

/// What edits make of a file's lines, where these still are as the compiler saw them.
pub fn changed(editor: &Editor, map: LineMap, path: &str, edits: &[&(SourceSpan, String)]) -> Option<Change> {
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
    let expected = |change: &Change| {
        bench.file_of(&change.path).is_some_and(|file| stands(&bench.files[file].editor, change))
    };
    if !fix.changes.iter().all(expected) {
        return false;
    }
    for change in &fix.changes {
        let Some(file) = bench.file_of(&change.path) else { return false };
        bench.shown = file;
        mend(&mut bench.files[file].editor, change);
    }
    true
}

/// Changes a text, if it still is as expected; says whether it was.
pub fn mend(editor: &mut Editor, change: &Change) -> bool {
    if !stands(editor, change) {
        return false;
    }
    let end = change.line + change.old.len() - 1;
    let column = change.old.last().map_or(0, String::len);
    let lines = Position::new(change.line, 0)..Position::new(end, column);
    editor.buffer.put(lines, &change.new.join("\n"));
    editor.view.follow(&editor.buffer);
    true
}

fn stands(editor: &Editor, change: &Change) -> bool {
    let there = editor.buffer.lines().get(change.line..change.line + change.old.len());
    there == Some(change.old.as_slice())
}
