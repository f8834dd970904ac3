//! What stands below the editor drawn: its tabs and the verdict, the tests, the problems, texts.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::app::Model;
use crate::app::area::Area;
use crate::app::screen::workbench::{
    Check, Crates, Ended, Focus, Layout, Tab, TestRow, TestState, Workbench, are_being_built, difference,
    output, panel_tabs, test_reason,
};
use crate::app::update::SPINNER;
use crate::check::{Cause, Outcome, TestResult, Verdict};
use crate::text::width::{clip, width};
use crate::text::{Line, Role, Span, Style};
use crate::tui::theme::Tint;
use crate::tui::view::workbench::{Laid, Of};
use crate::tui::view::{Canvas, problems};

/// The widest and the narrowest that the column of the tests' names gets before their times and reasons.
const NAMES: RangeInclusive<usize> = 24..=64;

/// What follows it at least: where it stands, and how it went before or that it is still to be written.
const AFTER: u16 = 23;

/// How many columns it takes how a test ended.
const ENDED: u16 = 9;

/// The least room that is worth a reason beside its test; the chosen one's stands above the list in any case.
const REASON: u16 = 24;

/// Draws what stands below the editor.
pub(super) fn draw(
    model: &Model,
    bench: &Workbench,
    layout: &Layout,
    canvas: &mut Canvas<'_>,
    laid: &mut Laid<Line>,
) {
    let mut x = layout.tabs.x;
    for tab in panel_tabs(model.size, bench) {
        let style = match (tab.tab == bench.panel.tab, bench.focus == Focus::Panel) {
            (true, true) => Style::of(Role::Accent).bold(),
            (true, false) => Style::of(Role::Text).bold(),
            _ => Style::of(Role::Muted),
        };
        x = canvas.text(tab.area.x, tab.area.y, tab.area.width, &tab.title, style);
        if tab.tab == bench.panel.tab && bench.focus == Focus::Panel {
            canvas.pointer(tab.area.x.saturating_sub(2), tab.area.y);
        }
    }
    let right = Area { x: x + 2, width: layout.tabs.right().saturating_sub(x + 3), ..layout.tabs };
    state(model, bench, right, canvas);
    if !layout.banner.is_empty() {
        banner(model, bench, layout.banner, canvas);
    }
    if layout.panel.is_empty() {
        return;
    }
    match bench.panel.tab {
        Tab::Tests => {
            tests(model, bench, layout.panel, canvas);
        }
        Tab::Problems => said(bench, layout.panel, canvas),
        Tab::Output => {
            let width = layout.panel_text().width;
            let fresh = || output(bench, &model.record, width);
            lines(bench, laid.rows(Of::Bench(bench.revision), width, fresh), layout.panel, canvas);
        }
        Tab::Diff => {
            let texts = bench.files.iter().map(|file| file.editor.buffer.revision()).collect();
            let rows = laid.rows(Of::Texts(bench.revision, texts), 0, || difference(bench));
            lines(bench, rows, layout.panel, canvas);
        }
    }
}

/// What is being done and for how long, or how it ended.
fn state(model: &Model, bench: &Workbench, area: Area, canvas: &mut Canvas<'_>) {
    let (mark, text, role) = match &bench.check {
        Check::Never => return,
        Check::Running(running) => {
            let took = model.now.saturating_sub(running.since);
            let frames = canvas.marks.spinner;
            let frame = (model.now.as_millis() / SPINNER.as_millis()) as usize % frames.len();
            let words = running.words(&bench.exercise().crate_name(), are_being_built(model));
            (frames[frame], format!("{words}… {:.1} s", took.as_secs_f64()), Role::Accent)
        }
        Check::Ended(ended) => {
            let (mark, role) = match ended.verdict {
                Verdict::Passed => (canvas.marks.passed, Role::Success),
                Verdict::Failed if bench.step_passed().is_some() && bench.failures() > 0 => {
                    (canvas.marks.failed, Role::Failure)
                }
                Verdict::Failed if bench.step_passed().is_some() => (canvas.marks.passed, Role::Success),
                Verdict::Failed => (canvas.marks.failed, Role::Failure),
                Verdict::Unjudged => (canvas.marks.warning, Role::Warning),
            };
            let role = if bench.is_stale() { Role::Muted } else { role };
            let (said, run) = (verdict(bench, ended, canvas.marks.dot), format!(" (run {})", bench.runs));
            let fits = |text: &str| width(text) + 2 <= usize::from(area.width);
            let in_full = format!("{said}{run}");
            let text = match said.split_once(", after ") {
                _ if fits(&in_full) => in_full,
                Some((how, _)) if !fits(&said) => how.to_owned(),
                _ => said,
            };
            (mark, text, role)
        }
    };
    let text = clip(&text, usize::from(area.width).saturating_sub(2));
    let used = width(&text) as u16 + 2;
    let x = area.right().saturating_sub(used).max(area.x);
    canvas.text(x, area.y, 1, mark, role);
    canvas.text(x + 2, area.y, area.right().saturating_sub(x + 2), &text, role);
}

fn verdict(bench: &Workbench, ended: &Ended, dot: &str) -> String {
    let took = seconds(ended.took);
    if let Some((step, left)) = bench.step_passed() {
        let (count, rest) = match bench.failures() {
            0 => (left, "to go"),
            failed => (failed, "failed"),
        };
        let tests = if count == 1 { "test" } else { "tests" };
        return format!("step {} done {dot} {count} {tests} {rest}", step + 1);
    }
    match (ended.verdict, ended.cause) {
        (Verdict::Passed, _) => format!("passed in {took}"),
        (Verdict::Failed, Some(Cause::DidNotCompile)) => format!("did not compile, after {took}"),
        (Verdict::Failed, Some(Cause::TimedOut)) => format!("ran out of time, after {took}"),
        (Verdict::Failed, Some(Cause::Crashed)) => format!("crashed, after {took}"),
        (Verdict::Failed, _) => format!("failed in {took}"),
        (Verdict::Unjudged, Some(Cause::Cancelled)) => format!("stopped after {took}"),
        (Verdict::Unjudged, _) => "not judged".to_owned(),
    }
}

fn seconds(took: Duration) -> String {
    format!("{:.2} s", took.as_secs_f64())
}

/// The line above the tests: how it went and what to do now.
fn banner(model: &Model, bench: &Workbench, area: Area, canvas: &mut Canvas<'_>) {
    let room = area.width.saturating_sub(3);
    let line = match &bench.check {
        Check::Ended(_) if bench.is_stale() => {
            Some(Line::of("These results are from before your last edit.", Role::Muted))
        }
        Check::Ended(ended) => outcome(bench, ended, area),
        // Its row may be below the fold.
        Check::Running(running) => running
            .lasting(model.now)
            .map(|(name, took)| Line::of(format!("Running for {} s: {name}", took.as_secs()), Role::Muted)),
        Check::Never => waiting(model, bench),
    };
    if let Some(line) = line {
        canvas.line(Area { x: area.x + 2, width: room, ..area }, &line, 0);
    }
}

fn outcome(bench: &Workbench, ended: &Ended, area: Area) -> Option<Line> {
    let spans = match ended.verdict {
        Verdict::Passed => {
            let onward = match bench.next_exercise() {
                Some(next) => format!("opens the next: {}", next.title),
                None => "leads back to the chapters".to_owned(),
            };
            let key = if bench.focus == Focus::Editor { "Esc, then Enter" } else { "Enter" };
            let said = match bench.skipped() {
                0 => "Every test passed.   ".to_owned(),
                skipped => format!("Passed; {skipped} skipped: they need a server.   "),
            };
            vec![
                Span::new(said, Style::of(Role::Success).bold()),
                Span::new(key, Role::Accent),
                Span::plain(format!(" {onward}")),
            ]
        }
        Verdict::Failed if bench.step_passed().is_some() && bench.failures() == 0 => {
            let next = bench.exercise().steps.get(bench.step)?;
            vec![
                Span::new("Well done.   ", Style::of(Role::Success).bold()),
                Span::plain(format!("Step {}: {}", bench.step + 1, next.title)),
            ]
        }
        Verdict::Failed => return failure(bench, ended, area),
        Verdict::Unjudged => {
            let why = ended.reason.clone().unwrap_or_else(|| "This run could not be judged.".to_owned());
            vec![Span::new(why, Role::Warning)]
        }
    };
    Some(Line { spans })
}

/// Why the chosen test failed, or else the first one that did; where its row has room for all of that, where it failed.
fn failure(bench: &Workbench, ended: &Ended, area: Area) -> Option<Line> {
    let tests = &bench.panel.tests;
    // Where a step is done the choice is the next one's; what is still to be written there would hide what is news.
    let known = bench.step_passed().is_some() && bench.failures() > 0;
    let failed = |row: &TestRow| row.failed() && !(known && bench.not_reached(row));
    let first = || tests.iter().position(failed);
    let at = Some(bench.panel.test).filter(|at| tests.get(*at).is_some_and(failed)).or_else(first);
    let row = at.and_then(|at| tests.get(at));
    let result = row.and_then(TestRow::result);
    let reason = result.and_then(test_reason).or_else(|| ended.reason.clone())?;
    let in_view =
        at.is_some_and(|at| (bench.panel.scroll..bench.panel.scroll + bench.panel.rows()).contains(&at));
    let stands = in_view && row.is_some_and(|row| !bench.not_reached(row));
    if stands && reason_room(bench, area).is_some_and(|room| width(&reason) <= usize::from(room)) {
        let (name, place) = (&row?.name, result?.panicked_at.as_ref()?);
        return Some(Line::of(format!("{name} failed at {}:{}", place.file, place.line), Role::Muted));
    }
    Some(Line::of(fitted(reason, area.width.saturating_sub(3)), Role::Failure))
}

/// How many columns a row of the list has for the reason, if they are worth it.
fn reason_room(bench: &Workbench, area: Area) -> Option<u16> {
    let before = 7 + name_width(bench, area) + 1 + 11;
    (before + REASON <= area.width).then(|| area.width - before - 2)
}

/// How wide the longest name is, as far as there is room for it.
fn name_width(bench: &Workbench, area: Area) -> u16 {
    let longest = bench.panel.tests.iter().map(|row| width(&row.name)).max().unwrap_or(0);
    (longest.clamp(*NAMES.start(), *NAMES.end()) as u16).min(area.width.saturating_sub(AFTER))
}

/// A reason in so many columns: where it is longer, the values at its end count more than the words before them.
fn fitted(reason: String, room: u16) -> String {
    let room = usize::from(room);
    if width(&reason) <= room {
        return reason;
    }
    let (said, values) = reason.split_at(reason.rfind("expected ").unwrap_or(0));
    match room.checked_sub(width(values) + 1) {
        Some(left) if left > room / 4 => format!("{} {values}", clip(said.trim_end(), left)),
        _ => reason,
    }
}

fn waiting(model: &Model, bench: &Workbench) -> Option<Line> {
    if are_being_built(model) {
        let said = "The crates of this exercise are still being built; a run waits for them.";
        return Some(Line::of(said, Role::Muted));
    }
    let Crates::Missing(cost) = bench.crates else {
        return bench.judged_before(&model.record).map(|said| Line::of(said, Role::Muted));
    };
    let key = if bench.focus == Focus::Editor { "Esc c" } else { "c" };
    Some(Line::from(vec![
        Span::new(format!("Its crates are not built: {cost}.   "), Role::Warning),
        Span::new(key, Role::Accent),
        Span::plain(" builds them"),
    ]))
}

fn tests(model: &Model, bench: &Workbench, area: Area, canvas: &mut Canvas<'_>) {
    let rows = bench.panel.tests.iter().enumerate().skip(bench.panel.scroll);
    // To know it, the whole text is compared: once for all rows.
    let stale = bench.is_stale();
    for (y, (at, row)) in (area.y..area.bottom()).zip(rows) {
        let here = Area { y, height: 1, ..area };
        test(model, bench, (row, stale), here, canvas);
        if at == bench.panel.test && bench.focus == Focus::Panel {
            canvas.pointer(here.x, y);
            canvas.tint(Area { width: here.width - 1, ..here }, Tint::Chosen);
        }
    }
    let bar = Area { x: area.right().saturating_sub(1), width: 1, ..area };
    canvas.scrollbar(bar, bench.panel.scroll, bench.panel.tests.len());
}

fn test(
    model: &Model,
    bench: &Workbench,
    (row, stale): (&TestRow, bool),
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let not_reached = bench.not_reached(row);
    let (mark, role) = mark(model, row, not_reached, canvas);
    let role = if stale { Role::Muted } else { role };
    canvas.text(area.x + 2, area.y, 1, mark, role);
    canvas.text(area.x + 4, area.y, 2, &(row.step + 1).to_string(), Role::Muted);
    let name_width = name_width(bench, area);
    let name_role = if row.result().is_some() && !not_reached && !stale { Role::Text } else { Role::Muted };
    canvas.text(area.x + 7, area.y, name_width, &row.name, name_role);
    let x = area.x + 7 + name_width + 1;
    if row.state == TestState::Before {
        canvas.text(x, area.y, area.right().saturating_sub(x + 2), "passed before", Role::Muted);
    }
    let Some(result) = row.result() else { return };
    if not_reached {
        let why = if bench.is_suite() { "not caught yet" } else { "still todo!()" };
        canvas.text(x, area.y, area.right().saturating_sub(x + 2), why, Role::Muted);
        return;
    }
    if row.skipped() {
        let room = x + 11 + REASON <= area.right();
        let why = test_reason(result).filter(|_| room).unwrap_or_default();
        let words = format!("skipped   {why}");
        canvas.text(x + 1, area.y, area.right().saturating_sub(x + 3), words.trim_end(), Role::Muted);
        return;
    }
    canvas.text(x, area.y, ENDED, &ended(result), Role::Muted);
    let reason = test_reason(result).filter(|_| row.failed());
    if let Some((reason, room)) = reason.zip(reason_room(bench, area)) {
        let role = if stale { Role::Muted } else { Role::Failure };
        canvas.text(x + 11, area.y, room, &fitted(reason, room), role);
    }
}

/// How long a test took; where it did not come to its end, that.
fn ended(result: &TestResult) -> String {
    match result.outcome {
        Outcome::TimedOut => "timed out".to_owned(),
        Outcome::Crashed => "crashed".to_owned(),
        _ => format!("{:>5} ms", result.ms),
    }
}

/// The mark of how far a test is, and what it means.
fn mark(model: &Model, row: &TestRow, not_reached: bool, canvas: &Canvas<'_>) -> (&'static str, Role) {
    match &row.state {
        TestState::Ended(_) if not_reached => (canvas.marks.waiting, Role::Muted),
        TestState::Waiting => (canvas.marks.waiting, Role::Muted),
        TestState::Before => (canvas.marks.passed, Role::Muted),
        TestState::Running => {
            let frames = canvas.marks.spinner;
            let frame = (model.now.as_millis() / SPINNER.as_millis()) as usize % frames.len();
            (frames[frame], Role::Accent)
        }
        TestState::Ended(result) => match result.outcome {
            Outcome::Passed => (canvas.marks.passed, Role::Success),
            Outcome::NotRun => (canvas.marks.waiting, Role::Muted),
            Outcome::Skipped => (canvas.marks.dash, Role::Warning),
            Outcome::Failed | Outcome::TimedOut | Outcome::Crashed => (canvas.marks.failed, Role::Failure),
        },
    }
}

fn said(bench: &Workbench, area: Area, canvas: &mut Canvas<'_>) {
    if bench.problems.is_empty() {
        let text = match &bench.check {
            Check::Ended(ended) if ended.verdict != Verdict::Unjudged => "The compiler has nothing to say.",
            _ => "What the compiler says stands here after a run.",
        };
        canvas.text(area.x + 2, area.y, area.width.saturating_sub(3), text, Role::Muted);
        return;
    }
    let focused = bench.focus == Focus::Panel;
    problems::draw(&bench.problems, bench.panel.problem, bench.panel.scroll, focused, area, canvas);
}

fn lines(bench: &Workbench, all: &[Line], area: Area, canvas: &mut Canvas<'_>) {
    let text = Area { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
    canvas.lines(text, all.iter().skip(bench.panel.scroll), 0);
    let bar = Area { x: area.right().saturating_sub(1), width: 1, ..area };
    canvas.scrollbar(bar, bench.panel.scroll, all.len());
}

#[cfg(test)]
#[path = "panel_tests.rs"]
mod tests;
