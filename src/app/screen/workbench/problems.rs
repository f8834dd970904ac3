//! From one problem or failed test to the next, and to its place in the text.

use crate::app::editor::Position;
use crate::app::editor::marks::{self, LineMap, Mark, byte_of};
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::workbench::check::TestRow;
use crate::app::screen::workbench::panel::Shown;
use crate::app::screen::workbench::state::{Focus, Workbench};
use crate::app::screen::workbench::wrong;
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

/// What can be gone to: a problem of the compiler's or a failed test, by its place in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stop {
    Problem(usize),
    Test(usize),
}

/// A stop, and where it stands in the files as they are now.
type Placed = ((usize, Position), Stop);

/// Every place to go to, from the top: those in the learner's files that an error or a failed test names; where there is none, those
/// in the judge's files at which a test failed. What the compiler only warns of, as it does of what a starter does not use yet, waits
/// until nothing else is named.
fn stops(bench: &Workbench) -> Vec<Placed> {
    let own = |stop: &Placed| bench.files[stop.0.0].editor.editable;
    let failed = failures(bench);
    let grave = said(bench, |level| level == Level::Error).into_iter().filter(own);
    let grave: Vec<_> = grave.chain(failed.iter().copied().filter(own)).collect();
    let warned = || said(bench, |level| level != Level::Error).into_iter().filter(own).collect();
    let mut stops = [grave, failed].into_iter().find(|stops| !stops.is_empty()).unwrap_or_else(warned);
    stops.sort_unstable();
    stops.dedup_by_key(|(place, _)| *place);
    stops
}

/// The places of the compiler's problems of these levels.
fn said(bench: &Workbench, counts: impl Fn(Level) -> bool) -> Vec<Placed> {
    let problems = bench.problems.iter().enumerate().filter(|(_, problem)| counts(problem.level));
    let placed = |(at, problem): (usize, &Diagnostic)| {
        let span = place_of(problem)?;
        Some((now(bench, &span.file, span.line_start, span.column_start)?, Stop::Problem(at)))
    };
    problems.filter_map(placed).collect()
}

/// Where tests failed that the learner has come to.
fn failures(bench: &Workbench) -> Vec<Placed> {
    let failed = |row: &TestRow| row.failed() && !bench.not_reached(row);
    let rows = bench.panel.tests.iter().enumerate().filter(|(_, row)| failed(row));
    let placed = |(at, row): (usize, &TestRow)| {
        let place = row.result()?.panicked_at.as_ref()?;
        Some((now(bench, &place.file, place.line, place.column)?, Stop::Test(at)))
    };
    rows.filter_map(placed).collect()
}

/// Where a place that was judged stands now, unless it was changed since; line and column count from 1.
fn now(bench: &Workbench, path: &str, line: usize, column: usize) -> Option<(usize, Position)> {
    let file = bench.file_of(path)?;
    let line = line_map(bench, file)?.now(line.checked_sub(1)?)?;
    let text = bench.files[file].editor.buffer.lines().get(line)?;
    Some((file, Position::new(line, byte_of(text, column))))
}

/// Goes to the next place that the compiler or a failed test names below the cursor, or the one above it; round at the ends.
pub(super) fn step(bench: &mut Workbench, forward: bool) -> bool {
    let stops = stops(bench);
    let Some(file) = bench.file() else { return false };
    let cursor = (bench.shown, file.editor.buffer.cursor());
    let next = if forward {
        stops.iter().find(|(place, _)| *place > cursor).or(stops.first())
    } else {
        stops.iter().rev().find(|(place, _)| *place < cursor).or(stops.last())
    };
    let Some(((file, place), stop)) = next.copied() else { return false };
    match stop {
        Stop::Problem(at) => bench.panel.problem = at,
        Stop::Test(at) => {
            bench.panel.test = at;
            bench.step = bench.panel.tests[at].step;
        }
    }
    let text = bench.files[file].editor.buffer.text().line(place.line);
    let column = text[..place.column].chars().count() + 1;
    if bench.files[file].editor.editable {
        go_to(bench, file, place.line + 1, column);
    } else {
        look_at(bench, file, place.line + 1, column);
    }
    if let Stop::Problem(at) = stop {
        see_span(bench, file, at);
    }
    true
}

/// Whether the compiler or a failed test names a place.
pub(super) fn has_stops(bench: &Workbench) -> bool {
    !stops(bench).is_empty()
}

/// Goes to where the chosen test panicked: into the editor where that is the learner's, else to look at it, and back with Esc.
pub(super) fn go_to_failure(bench: &mut Workbench) {
    let chosen = bench.panel.tests.get(bench.panel.test);
    let Some((file, line, column)) = chosen.and_then(|row| panicked(bench, row)) else { return };
    if bench.files[file].editor.editable {
        go_to(bench, file, line, column);
        bench.focus = Focus::Editor;
    } else {
        look_at(bench, file, line, column);
    }
}

/// Shows a place of a file that is not the learner's, from which Esc leads back.
pub(super) fn look_at(bench: &mut Workbench, file: usize, line: usize, column: usize) {
    let from = bench.source_from.unwrap_or(bench.shown);
    go_to(bench, file, line, column);
    bench.source_from = Some(from);
}

/// Shows a problem's place in the editor; says whether it has one.
pub(super) fn jump(bench: &mut Workbench, problem: usize) -> bool {
    let Some(span) = bench.problems.get(problem).and_then(place_of).cloned() else { return false };
    let Some(file) = bench.file_of(&span.file) else { return false };
    let line = line_map(bench, file).and_then(|map| map.now(span.line_start.saturating_sub(1)));
    go_to(bench, file, line.map_or(span.line_start, |line| line + 1), span.column_start);
    see_span(bench, file, problem);
    true
}

/// Brings all that a problem marks into view, where the cursor stands at its beginning.
fn see_span(bench: &mut Workbench, file: usize, problem: usize) {
    let span = bench.problems.get(problem).and_then(place_of).filter(|span| span.line_start == span.line_end);
    if let Some(end) = span.map(|span| span.column_end) {
        bench.files[file].editor.see_up_to(end);
    }
}

/// Shows a place of a file in the editor; line and column count from 1.
pub(super) fn go_to(bench: &mut Workbench, file: usize, line: usize, column: usize) {
    bench.shown = file;
    // What has the whole screen would hide it.
    bench.shrink_panel();
    if bench.focus == Focus::Task {
        bench.focus = Focus::Panel;
    }
    bench.files[file].editor.go_to(line, column);
}

/// Shows the function of the chosen test in the judge's file.
pub(super) fn test_source(model: &mut Model) {
    let Some(bench) = &mut model.workbench else { return };
    if let Some(name) = wrong::chosen(bench).map(str::to_owned) {
        bench.read(Shown::Wrong(name));
        return;
    }
    let Some(row) = bench.panel.tests.get(bench.panel.test) else { return };
    let name = row.name.rsplit("::").next().unwrap_or_default();
    let begins = format!("fn {name}(");
    // The judge's files are the last; the learner may call a function of their own the same.
    let place = bench.files.iter().enumerate().rev().find_map(|(at, file)| {
        let lines = file.editor.buffer.lines();
        lines.iter().position(|line| line.contains(&begins)).map(|line| (at, line + 1))
    });
    match place {
        Some((file, line)) => {
            look_at(bench, file, line, 1);
        }
        None => model.note(NoticeLevel::Warning, "the source of this test is not among the files"),
    }
}
