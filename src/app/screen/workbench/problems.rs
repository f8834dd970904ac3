//! What the compiler said, placed in text that may have changed since.

use std::ops::Range;

use crate::app::screen::workbench::state::{Focus, Workbench};
use crate::cargo::{Diagnostic, Level, SourceSpan};

/// Which line of a text that was judged stands where in the text as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineMap {
    front: usize,
    old_back: usize,
    new_back: usize,
}

impl LineMap {
    /// Compares the lines at both ends; what lies between has changed.
    pub fn between(old: &[String], new: &[String]) -> Self {
        let front = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let most = old.len().min(new.len()) - front;
        let back =
            old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
        Self { front, old_back: old.len() - back, new_back: new.len() - back }
    }

    /// Where a line stands now, both from 0; `None` if it has changed.
    pub fn now(&self, line: usize) -> Option<usize> {
        if line < self.front {
            Some(line)
        } else {
            line.checked_sub(self.old_back).map(|beyond| beyond + self.new_back)
        }
    }
}

/// A problem's place in a line of the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The line, from 0.
    pub line: usize,
    /// The bytes that are underlined.
    pub columns: Range<usize>,
    /// How grave it is.
    pub level: Level,
    /// The message, in the line where the problem is shown.
    pub message: Option<String>,
}

/// The marks of a file, in the order of the problems; what has changed since the check has none.
pub fn marks(bench: &Workbench, file: usize) -> Vec<Mark> {
    let Some(map) = line_map(bench, file) else { return Vec::new() };
    let path = &bench.files[file].path;
    let lines = bench.files[file].editor.buffer.lines();
    let mut found = Vec::new();
    for problem in &bench.problems {
        for span in problem.spans.iter().filter(|span| span.primary && span.file == *path) {
            found.extend(marks_of(problem, span, map, lines));
        }
    }
    found
}

fn marks_of(problem: &Diagnostic, span: &SourceSpan, map: LineMap, lines: &[String]) -> Vec<Mark> {
    let mark = |number: usize| {
        let line = map.now(number.checked_sub(1)?)?;
        let text = lines.get(line)?;
        let start = if number == span.line_start { byte_of(text, span.column_start) } else { 0 };
        let end = if number == span.line_end { byte_of(text, span.column_end) } else { text.len() };
        let message = (number == span.line_start).then(|| problem.message.clone());
        Some(Mark { line, columns: start..end.max(start), level: problem.level, message })
    };
    (span.line_start..=span.line_end).filter_map(mark).collect()
}

/// How the lines of a file stand to those that were judged.
pub(super) fn line_map(bench: &Workbench, file: usize) -> Option<LineMap> {
    let file = bench.files.get(file)?;
    Some(LineMap::between(file.judged.as_ref()?, file.editor.buffer.lines()))
}

/// The byte of a column that counts characters from 1.
pub(super) fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

/// The place that a problem is about.
pub(super) fn place_of(problem: &Diagnostic) -> Option<&SourceSpan> {
    problem.spans.iter().find(|span| span.primary).or_else(|| problem.spans.first())
}

/// Goes to the next problem after the cursor, or the one before it; round at the ends.
pub(super) fn step(bench: &mut Workbench, forward: bool) -> bool {
    let mut places: Vec<_> = bench
        .problems
        .iter()
        .enumerate()
        .filter_map(|(at, problem)| {
            let span = place_of(problem)?;
            let file = bench.file_of(&span.file)?;
            let line = line_map(bench, file)?.now(span.line_start - 1)?;
            Some((file, line, at))
        })
        .collect();
    places.sort_unstable();
    let Some(cursor) = bench.file().map(|file| (bench.shown, file.editor.buffer.cursor().line)) else {
        return false;
    };
    let next = if forward {
        places.iter().find(|(file, line, _)| (*file, *line) > cursor).or(places.first())
    } else {
        places.iter().rev().find(|(file, line, _)| (*file, *line) < cursor).or(places.last())
    };
    let Some((_, _, at)) = next.copied() else { return false };
    bench.panel.problem = at;
    jump(bench, at)
}

/// Shows a problem's place in the editor; says whether it has one.
pub(super) fn jump(bench: &mut Workbench, problem: usize) -> bool {
    let Some(span) = bench.problems.get(problem).and_then(place_of).cloned() else { return false };
    let Some(file) = bench.file_of(&span.file) else { return false };
    let line = line_map(bench, file).and_then(|map| map.now(span.line_start.saturating_sub(1)));
    go_to(bench, file, line.map_or(span.line_start, |line| line + 1), span.column_start);
    true
}

/// Shows a place of a file in the editor; line and column count from 1.
pub(super) fn go_to(bench: &mut Workbench, file: usize, line: usize, column: usize) {
    bench.shown = file;
    if bench.focus == Focus::Task {
        bench.focus = Focus::Panel;
    }
    bench.files[file].editor.go_to(line, column);
}

#[cfg(test)]
mod tests {
    use super::LineMap;

    fn lines(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    #[test]
    fn lines_before_and_after_a_change_are_found_again() {
        let map = LineMap::between(&lines("abcd"), &lines("axyzd"));
        assert_eq!([0, 1, 2, 3].map(|line| map.now(line)), [Some(0), None, None, Some(4)]);
        let same = LineMap::between(&lines("aa"), &lines("aa"));
        assert_eq!([0, 1].map(|line| same.now(line)), [Some(0), Some(1)]);
        let none = LineMap::between(&lines("ab"), &[]);
        assert_eq!(none.now(1), None);
    }
}
