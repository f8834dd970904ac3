//! What went wrong, at length: errors, failed tests with what they printed, skipped ones with the reason.

use std::collections::BTreeSet;

use crate::cargo::{Diagnostic, Level};
use crate::check::{Outcome, Report, TestResult};
use crate::headless::console::Console;
use crate::text::diagnostic::fit;
use crate::text::width::line_width;
use crate::text::{Line, Role, Span, Style, ansi, sanitise};

/// So many compiler errors are shown whole; the first causes the rest more often than not.
const ERRORS: usize = 3;
/// So many lines of a test's output are shown: the last ones.
const OUTPUT_LINES: usize = 20;

/// The mark of an outcome.
pub(super) fn mark_of(outcome: Outcome, console: &Console) -> (&'static str, Role) {
    match outcome {
        Outcome::Passed => (console.mark("✓", "+"), Role::Success),
        Outcome::NotRun => (console.mark("○", "o"), Role::Muted),
        Outcome::Skipped => (console.mark("—", "-"), Role::Warning),
        Outcome::Failed | Outcome::TimedOut | Outcome::Crashed => (console.mark("✗", "x"), Role::Failure),
    }
}

/// The first of the compiler's errors.
pub(super) fn write_errors(diagnostics: &[Diagnostic], console: &mut Console) {
    let errors: Vec<_> = diagnostics.iter().filter(|found| found.level == Level::Error).collect();
    for error in errors.iter().take(ERRORS) {
        console.blank();
        for line in fitted(ansi::lines(error.rendered.trim_end()), console.columns()) {
            console.line(&line);
        }
    }
    console.blank();
    if errors.len() > ERRORS {
        console.text(format!("  and {} more errors", errors.len() - ERRORS), Role::Muted);
        console.blank();
    }
}

/// A compiler's message laid out for a terminal; where its code is wider than that, as the compiler wrote it, for nothing
/// here could scroll to what would be cut off.
fn fitted(lines: Vec<Line>, columns: usize) -> Vec<Line> {
    let fitted = fit(lines.clone(), columns);
    if fitted.iter().any(|line| line_width(line) > columns) { lines } else { fitted }
}

/// A failed test: where, why, and what it printed.
pub(super) fn write_failure(test: &TestResult, console: &mut Console) {
    console.blank();
    let (mark, role) = mark_of(test.outcome, console);
    let mut head = vec![
        Span::new(format!("{mark} "), role),
        Span::new(sanitise(&test.name), Style::of(Role::Text).bold()),
    ];
    if let Some(place) = &test.panicked_at {
        let place = format!("  {}:{}:{}", sanitise(&place.file), place.line, place.column);
        head.push(Span::new(place, Role::Muted));
    }
    console.prose(&Line::from(head));
    for line in test.message.as_deref().unwrap_or_default().lines() {
        console.prose(&Line::of(format!("  {}", sanitise(line)), Role::Text));
    }
    if let Some(difference) = &test.difference {
        write_side("expected", &difference.expected, Role::Success, console);
        write_side("actual", &difference.actual, Role::Failure, console);
    }
    write_output(test, console);
}

/// Why tests were skipped and how they can be run, each reason once.
pub(super) fn write_skipped(report: &Report, console: &mut Console) {
    let skipped = report.tests.iter().filter(|test| test.outcome == Outcome::Skipped);
    let reasons: BTreeSet<_> = skipped.filter_map(|test| test.message.as_deref()).collect();
    for reason in reasons {
        let alike = |test: &&TestResult| test.message.as_deref() == Some(reason);
        let count = report.tests.iter().filter(alike).count();
        let mut lines = reason.lines();
        let tests = if count == 1 { "test" } else { "tests" };
        let head = format!("  {count} {tests} skipped: {}", lines.next().unwrap_or_default());
        console.blank();
        console.prose(&Line::of(sanitise(&head), Role::Warning));
        for line in lines {
            console.prose(&Line::of(format!("    {}", sanitise(line)), Role::Muted));
        }
        console.blank();
    }
}

fn write_side(name: &str, value: &str, role: Role, console: &mut Console) {
    for (at, line) in value.lines().enumerate() {
        let head = if at == 0 { name } else { "" };
        console.line(&Line::from(vec![
            Span::new(format!("  {head:>8}  "), Role::Muted),
            Span::new(sanitise(line), role),
        ]));
    }
}

fn write_output(test: &TestResult, console: &mut Console) {
    let lines = own_output(test);
    let skipped = lines.len().saturating_sub(OUTPUT_LINES);
    if lines.is_empty() {
        return;
    }
    console.text("  output", Role::Muted);
    if skipped > 0 || test.dropped > 0 {
        let dropped =
            if test.dropped > 0 { format!(", {} bytes dropped", test.dropped) } else { String::new() };
        console.text(format!("    {} {skipped} lines above{dropped}", console.mark("…", "...")), Role::Muted);
    }
    for line in lines.into_iter().skip(skipped) {
        let mut spans = vec![Span::plain("    ")];
        spans.extend(line.spans);
        console.line(&Line::from(spans));
    }
}

/// What a test printed, without the panic's own words where they stand above already.
fn own_output(test: &TestResult) -> Vec<Line> {
    let mut lines = ansi::lines(test.output.trim_end());
    if test.panicked_at.is_none() {
        return lines;
    }
    let is_head = |line: &Line| {
        let words = line.text();
        words.starts_with("thread '") && words.contains("panicked at ")
    };
    let is_end = |line: &Line| line.text().starts_with("note: run with `RUST_BACKTRACE=1`");
    if let (Some(head), Some(end)) = (lines.iter().position(is_head), lines.iter().position(is_end)) {
        lines.drain(head..=end.max(head));
    }
    lines.retain(|line| !line.text().trim().is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fitted_to(columns: usize, lines: &[&str]) -> Vec<String> {
        let lines = lines.iter().map(|line| Line::from(vec![Span::plain(*line)])).collect();
        fitted(lines, columns).iter().map(Line::text).collect()
    }

    #[test]
    fn a_message_is_broken_between_words_and_code_is_not_cut() {
        let words = "error: this is no way to write a function";
        let broken = fitted_to(30, &[words, " --> a.rs:1:1", "  |", "1 | fn", "  | ^^"]);
        assert_eq!(broken[..2], ["error: this is no way to write", "  a function"]);
        let wide = [words, " --> a.rs:1:1", "  |", "1 | fn wide() { let words = \"many\"; }", "  | ^^"];
        assert_eq!(fitted_to(30, &wide), wide);
    }
}
