//! The texts of the workbench as lines: the task with its hints, what a test printed, the comparison.

use crate::app::screen::workbench::check::{TestRow, TestState};
use crate::app::screen::workbench::comparison::comparison;
use crate::app::screen::workbench::fix::Fix;
use crate::app::screen::workbench::panel::Shown;
use crate::app::screen::workbench::rendered::rendered;
use crate::app::screen::workbench::state::{Reveal, Workbench};
use crate::app::screen::workbench::wrong;
use crate::check::{Outcome, TestResult};
use crate::progress::Record;
use crate::text::diff::{self, Side};
use crate::text::width::line_width;
use crate::text::wrap::wrap;
use crate::text::{Line, Role, Span, Style, ansi, code, markdown, prose};

/// The widest that a task's prose gets.
const MEASURE: u16 = 76;

/// How many unchanged lines stand around a difference.
const CONTEXT: usize = 3;

/// A row of the task.
#[derive(Debug, Clone, PartialEq)]
pub enum TaskRow {
    /// A line of text.
    Text(Line),
    /// A step of the exercise and whether all its tests passed at the last check.
    Step {
        /// Which.
        step: usize,
        /// They did.
        done: bool,
    },
    /// How many hints are shown, and out of how many.
    Hints {
        /// So many.
        shown: usize,
        /// Of these.
        all: usize,
    },
}

/// The rows of the task of the step at hand.
pub fn task(bench: &Workbench, record: &Record, width: u16) -> Vec<TaskRow> {
    let exercise = bench.exercise();
    let Some(step) = exercise.steps.get(bench.step) else { return Vec::new() };
    let known = record.exercise(&bench.key.pack, &bench.key.exercise);
    let mut rows = vec![text(Line::of(step.title.as_str(), Style::of(Role::Text).bold())), blank()];
    rows.extend(page(&step.task, width).into_iter().map(TaskRow::Text));
    rows.push(blank());
    rows.extend((0..exercise.steps.len()).map(|step| TaskRow::Step { step, done: bench.is_done(step) }));
    let shown = known.and_then(|known| known.hints.get(&bench.step)).copied().unwrap_or_default();
    let all = step.hints.len();
    if all > 0 {
        rows.extend([blank(), TaskRow::Hints { shown: shown.min(all), all }]);
    }
    rows
}

/// The hints of the step at hand, as far as they were shown: the newest first, where it is seen at once.
fn hints(bench: &Workbench, record: &Record, width: u16) -> Vec<Line> {
    let hints = bench.exercise().steps.get(bench.step).map_or(&[][..], |step| &step.hints);
    let known = record.exercise(&bench.key.pack, &bench.key.exercise);
    let shown = known.and_then(|known| known.hints.get(&bench.step)).copied().unwrap_or_default();
    let mut lines = Vec::new();
    for (at, hint) in hints.iter().enumerate().take(shown).rev() {
        let title = format!("Hint {} of {}", at + 1, hints.len());
        lines.push(Line::of(title, Style::of(Role::Accent).bold()));
        lines.extend(page(hint, width));
        lines.push(Line::default());
    }
    lines.pop();
    lines
}

/// The text of the output; what is wider than it is wrapped.
pub fn output(bench: &Workbench, record: &Record, width: u16) -> Vec<Line> {
    let problem = bench.problems.get(bench.panel.problem);
    match &bench.panel.shown {
        Shown::Test => match bench.panel.tests.get(bench.panel.test) {
            Some(row) => wrapped(&test(row), width),
            None => Vec::new(),
        },
        Shown::Hints => hints(bench, record, width),
        Shown::Verdict => {
            let said = bench.check.ended().and_then(|ended| ended.explanation.as_deref()).unwrap_or_default();
            let lines: Vec<Line> = ansi::lines(said);
            wrapped(&lines, width.min(MEASURE))
        }
        Shown::Problem => match problem {
            Some(problem) => rendered(problem, usize::from(width)),
            None if bench.check.ended().is_none() => vec![muted("What a run says stands here.")],
            None => vec![muted("The compiler has nothing to say.")],
        },
        Shown::Explanation => match problem.and_then(|problem| problem.explanation.as_deref()) {
            Some(text) => explanation(text),
            None => vec![muted("The compiler has no longer text for this.")],
        },
        Shown::Wrong(name) => wrong::lines(bench, name, width),
        Shown::Fix(fix) => suggestion(fix),
    }
}

/// The learner's files against the model answer's.
pub fn difference(bench: &Workbench) -> Vec<Line> {
    if bench.reveal == Reveal::Locked {
        return vec![
            muted("The model answer is shown here once the exercise has passed."),
            muted("R reveals it before; your record will say so."),
        ];
    }
    let mut lines = Vec::new();
    for (path, ours, theirs) in comparison(bench) {
        let changes = changes(&ours, &theirs, CONTEXT);
        if changes.is_empty() {
            lines.push(muted(format!("{path} is as the model answer has it.")));
            continue;
        }
        lines.push(muted(format!("{path}   - yours   + the model answer's")));
        lines.extend(changes);
    }
    lines
}

/// The lines that lead from one text to another, each behind its sign.
pub fn changes(old: &str, new: &str, context: usize) -> Vec<Line> {
    let signed = |found: diff::DiffLine| signed(found.side.sign(), role_of(found.side), found.line);
    diff::lines(old, new, context).into_iter().map(signed).collect()
}

fn test(row: &TestRow) -> Vec<Line> {
    let name = Span::new(row.name.as_str(), Style::of(Role::Text).bold());
    let Some(result) = row.result() else {
        let said = match row.state {
            TestState::Before => "It passed when it ran last.",
            _ => "It has not run yet.",
        };
        return vec![vec![name].into(), muted(said)];
    };
    if result.outcome == Outcome::Skipped {
        let why = result.message.as_deref().unwrap_or_default();
        let mut lines = vec![Line::from(vec![name, Span::new("   skipped", Role::Warning)]), Line::default()];
        lines.extend(ansi::lines(why));
        return lines;
    }
    let outcome = Span::new(format!("   {} after {} ms", outcome(result.outcome), result.ms), Role::Muted);
    let mut lines = vec![Line::from(vec![name, outcome])];
    if let Some(sides) = &result.difference {
        let (expected, actual) = diff::values(&sides.expected, &sides.actual);
        lines.extend([signed("expected ", Role::Muted, expected), signed("     got ", Role::Muted, actual)]);
    }
    if let Some(message) = result.message.as_ref().filter(|message| !result.output.contains(message.as_str()))
    {
        lines.extend(ansi::lines(message));
    }
    if let Some(place) = &result.panicked_at {
        lines.push(muted(format!("at {}:{}:{}", place.file, place.line, place.column)));
    }
    lines.extend(printed(result));
    lines
}

fn printed(result: &TestResult) -> Vec<Line> {
    if result.output.trim().is_empty() {
        return vec![muted("It printed nothing.")];
    }
    let mut lines = vec![Line::default()];
    if result.dropped > 0 {
        lines.push(muted(format!("{} bytes of it are left out below", result.dropped)));
    }
    lines.extend(ansi::lines(&result.output));
    lines
}

/// The compiler's own explanation of an error.
pub fn explanation(text: &str) -> Vec<Line> {
    page(&explained(text), MEASURE)
}

/// What a suggestion of the compiler's would change.
pub fn suggestion(fix: &Fix) -> Vec<Line> {
    let mut lines = vec![Line::of(fix.message.as_str(), Style::of(Role::Text).bold())];
    for change in &fix.changes {
        lines.push(muted(format!("{}:{}", change.path, change.line + 1)));
        lines.extend(changes(&(change.old.join("\n") + "\n"), &(change.new.join("\n") + "\n"), CONTEXT));
    }
    lines.push(Line::default());
    lines.push(muted("Enter or f applies it, Esc does not."));
    lines
}

/// The compiler's own explanation with its code blocks marked as chapters mark theirs: rustdoc takes a block for Rust unless
/// it is called otherwise, and says in its first word what is special about it.
fn explained(source: &str) -> String {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in source.lines() {
        let fence = line.strip_prefix("```");
        inside ^= fence.is_some();
        lines.push(match fence {
            Some(about) if inside => format!("```{}", marked(about.trim())),
            _ => line.to_owned(),
        });
    }
    lines.join("\n")
}

fn marked(about: &str) -> String {
    let mut words = about.split(',').map(str::trim);
    let code = words.clone().find(|word| word.starts_with('E') && word[1..].parse::<u16>().is_ok());
    match (words.next().unwrap_or_default(), code) {
        ("compile_fail", Some(code)) => format!("rust compile_fail={code}"),
        ("compile_fail", None) => "rust compile_fail".to_owned(),
        (other @ ("text" | "toml" | "console" | "sh" | "none" | "c"), _) => other.to_owned(),
        _ => "rust".to_owned(),
    }
}

fn wrapped(lines: &[Line], width: u16) -> Vec<Line> {
    let cells = usize::from(width.max(8));
    let wrap =
        |line: &Line| if line_width(line) <= cells { vec![line.clone()] } else { wrap(&line.spans, cells) };
    lines.iter().flat_map(wrap).collect()
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::TimedOut => "ran out of time",
        Outcome::Crashed => "died",
        Outcome::NotRun => "did not run",
        Outcome::Skipped => "skipped",
    }
}

const fn role_of(side: Side) -> Role {
    match side {
        Side::Both(..) | Side::Omitted(_) => Role::Muted,
        Side::Old(_) => Role::Failure,
        Side::New(_) => Role::Success,
    }
}

fn signed(sign: &str, role: Role, line: Line) -> Line {
    let mut spans = vec![Span::new(format!("{sign} "), role)];
    spans.extend(line.spans);
    Line { spans }
}

pub(super) fn page(source: &str, width: u16) -> Vec<Line> {
    let width = width.max(8);
    code::page::lines(&prose::lay_out(&markdown::parse(source), width.min(MEASURE), width))
}

fn muted(text: impl Into<String>) -> Line {
    Line::of(text, Role::Muted)
}

fn text(line: Line) -> TaskRow {
    TaskRow::Text(line)
}

fn blank() -> TaskRow {
    TaskRow::Text(Line::default())
}
