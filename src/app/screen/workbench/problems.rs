//! From one problem to the next, and to its place in the text.

use crate::app::editor::marks::{self, LineMap, Mark};
use crate::app::screen::workbench::check::TestRow;
use crate::app::screen::workbench::state::{Focus, Workbench};
use crate::cargo::{Diagnostic, Level, SourceSpan};

/// The compiler's marks in a file.
pub fn marks(bench: &Workbench, file: usize) -> Vec<Mark> {
    let file = &bench.files[file];
    let Some(judged) = &file.judged else { return Vec::new() };
    marks::marks(&bench.problems, &file.path, judged, file.editor.buffer.lines())
}

/// How the lines of a file stand to those that were judged.
pub(super) fn line_map(bench: &Workbench, file: usize) -> Option<LineMap> {
    let file = bench.files.get(file)?;
    Some(LineMap::between(file.judged.as_ref()?, file.editor.buffer.lines()))
}

/// The place that a problem is about.
pub(super) fn place_of(problem: &Diagnostic) -> Option<&SourceSpan> {
    problem.spans.iter().find(|span| span.primary).or_else(|| problem.spans.first())
}

/// Where a test panicked, in files as they stand now; line and column count from 1.
pub(super) fn panicked(bench: &Workbench, test: &TestRow) -> Option<(usize, usize, usize)> {
    let place = test.result().filter(|_| test.failed())?.panicked_at.as_ref()?;
    let file = bench.file_of(&place.file)?;
    let now = line_map(bench, file).and_then(|map| map.now(place.line.checked_sub(1)?));
    Some((file, now.map_or(place.line, |line| line + 1), place.column))
}

/// Shows where the first failed test of a step panicked in a file of the learner's; says whether one did.
pub(super) fn go_to_failure_of(bench: &mut Workbench, step: usize) -> bool {
    let tests = bench.panel.tests.iter().filter(|test| test.step == step);
    let mut places = tests.filter_map(|test| panicked(bench, test));
    let Some((file, line, column)) = places.find(|(file, ..)| bench.files[*file].editor.editable) else {
        return false;
    };
    go_to(bench, file, line, column);
    true
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
            let line = line_map(bench, file)?.now(span.line_start.checked_sub(1)?)?;
            Some((file, line, at))
        })
        .collect();
    places.sort_unstable();
    let Some(cursor) = bench.file().map(|file| (bench.shown, file.editor.buffer.cursor().line)) else {
        return false;
    };
    let first_error = || {
        let error = |at: usize| bench.problems[at].level == Level::Error;
        places.iter().find(|(.., at)| error(*at)).or(places.first())
    };
    let next = if forward && !bench.toured {
        first_error()
    } else if forward {
        places.iter().find(|(file, line, _)| (*file, *line) > cursor).or(places.first())
    } else {
        places.iter().rev().find(|(file, line, _)| (*file, *line) < cursor).or(places.last())
    };
    let Some((_, _, at)) = next.copied() else { return false };
    bench.toured = true;
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
