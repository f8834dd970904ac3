//! Events for people: a line a test as it ends, then what went wrong, and last the verdict.

use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::time::Duration;

use crate::cargo::Level;
use crate::check::{Cause, Event, Outcome, Report, Subject, TestResult, Verdict, Wait};
use crate::headless::console::Console;
use crate::headless::names::Chosen;
use crate::headless::report::details::{mark_of, write_errors, write_failure, write_skipped};
use crate::headless::report::reporter::subject_name;
use crate::headless::warm::counted;
use crate::pack::Kind;
use crate::text::width::{pad, width};
use crate::text::{Line, Role, Span, Style, sanitise};

/// Writes for a person. Tests run side by side; their lines stand in the order of the exercise all the same.
#[derive(Debug, Default)]
pub(in crate::headless) struct Human {
    /// Exercises begun.
    begun: usize,
    /// Whether the screen is cleared before the next one.
    renews: bool,
    /// The line that names the exercise at hand, until it is written.
    head: Option<Line>,
    /// What is judged of the exercise at hand.
    judged: Judged,
    /// The steps of the exercise at hand: title and tests.
    steps: Vec<(String, Vec<String>)>,
    /// The steps whose title stands already.
    titled: usize,
    /// The first step of which a test failed.
    open: Option<usize>,
    /// What is said of a test of a later step that nothing was written for yet.
    not_reached: NotReached,
    /// The columns that test names take.
    names: usize,
    /// Tests whose line is still to be written, in the order of the exercise.
    awaited: VecDeque<String>,
    /// Tests that ended before one that stands above them.
    early: BTreeMap<String, TestResult>,
    /// Whether it was said that crates are fetched or built, which takes long.
    told_of_crates: bool,
}

/// What is judged of an exercise.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Judged {
    /// Code, by building and running it.
    #[default]
    Code,
    /// What the learner answered to a quiz.
    Answers,
}

/// Which failures of later steps only say that the learner has not come there.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum NotReached {
    /// Those at a `todo!`.
    #[default]
    Unwritten,
    /// All: a suite of the learner's catches nothing before it is written.
    Uncaught,
}

impl NotReached {
    /// In words, if the test is one.
    fn words(self, test: &TestResult) -> Option<&'static str> {
        match self {
            Self::Unwritten => test.is_unwritten().then_some("still todo!()"),
            Self::Uncaught => Some("not caught yet"),
        }
    }
}

impl Human {
    pub(super) fn begin(&mut self, chosen: &Chosen, subject: &Subject, console: &mut Console) {
        self.prepare(chosen, subject);
        self.write_head(console);
    }

    /// Gets ready for an exercise, whose name is written before its first result.
    pub(super) fn prepare(&mut self, chosen: &Chosen, subject: &Subject) {
        let exercise = chosen.exercise();
        let answers = exercise.kind == Kind::Quiz && *subject == Subject::Learner;
        self.judged = if answers { Judged::Answers } else { Judged::Code };
        self.steps = exercise.steps.iter().map(|step| (sanitise(&step.title), step.tests.clone())).collect();
        (self.titled, self.open) = (0, None);
        self.not_reached =
            if exercise.kind == Kind::Test { NotReached::Uncaught } else { NotReached::Unwritten };
        self.names = exercise.tests_in_order().map(width).max().unwrap_or(0).min(72);
        let id = match subject {
            Subject::Learner => format!("  {}", exercise.id),
            other => format!("  {} ({})", exercise.id, subject_name(other)),
        };
        let title = Span::new(sanitise(&exercise.title), Style::of(Role::Heading(1)).bold());
        self.head = Some(Line::from(vec![title, Span::new(id, Role::Muted)]));
    }

    fn write_head(&mut self, console: &mut Console) {
        let Some(head) = self.head.take() else { return };
        if self.begun > 0 {
            console.blank();
        }
        self.begun += 1;
        if mem::take(&mut self.renews) {
            console.clear_screen();
        }
        console.prose(&head);
    }

    /// Clears the screen before the next exercise is named.
    pub(super) fn renew(&mut self) {
        self.renews = true;
    }

    /// Parts what was written of a check that was stopped from the one that follows.
    pub(super) fn superseded(&self, console: &mut Console) {
        if self.head.is_none() {
            console.text("  saved again before the end: what follows is judged anew", Role::Muted);
            console.blank();
        }
    }

    pub(super) fn event(&mut self, event: &Event, console: &mut Console) {
        match event {
            Event::Started { tests } => {
                self.awaited = tests.iter().cloned().collect();
                console.progress("starting");
            }
            Event::Waiting(Wait::CargoLock) => console.progress("waiting for another cargo"),
            Event::Waiting(Wait::OtherBuild) => console.progress("waiting for another build"),
            Event::Fetching { done, total } => {
                self.tell_of_crates(*total, console);
                console.progress(&counted("fetching", *done, *total));
            }
            Event::Building { unit, done, total } => {
                self.tell_of_crates(*total, console);
                console.progress(&format!("{}  {unit}", counted("compiling", *done, *total)));
            }
            Event::TestStarted { name } => console.progress(&format!("running {name}")),
            Event::TestFinished(test) => {
                self.early.insert(test.name.clone(), test.clone());
                self.write_ended(console);
            }
            Event::Finished(report) => {
                self.awaited.retain(|name| self.early.contains_key(name));
                self.write_ended(console);
                self.finished(report, console);
            }
            Event::Diagnosed(_) | Event::Built { .. } => {}
        }
    }

    /// Where progress is not shown, says once what is waited for; only of a whole set is it known how many crates it has.
    fn tell_of_crates(&mut self, total: Option<u32>, console: &mut Console) {
        if let Some(total) = total.filter(|_| !console.shows_progress() && !self.told_of_crates) {
            self.told_of_crates = true;
            console.note(&format!(
                "the crates of its set are made ready first, {total} of them: once, for a minute or more"
            ));
        }
    }

    pub(super) fn end(reports: &[Report], console: &mut Console) {
        if reports.len() < 2 {
            return;
        }
        let count = |verdict| reports.iter().filter(|report| report.verdict == verdict).count();
        let (passed, failed) = (count(Verdict::Passed), count(Verdict::Failed));
        let unjudged = count(Verdict::Unjudged);
        let mut spans = vec![Span::plain(format!("{} exercises: ", reports.len()))];
        spans.push(Span::new(format!("{passed} passed"), Role::Success));
        if failed > 0 {
            spans.push(Span::new(format!(", {failed} failed"), Role::Failure));
        }
        if unjudged > 0 {
            spans.push(Span::new(format!(", {unjudged} not judged"), Role::Warning));
        }
        console.blank();
        console.line(&Line::from(spans));
    }

    /// Writes the lines of tests that have ended, up to the first that has not.
    fn write_ended(&mut self, console: &mut Console) {
        while let Some(test) = self.awaited.front().and_then(|name| self.early.remove(name)) {
            self.awaited.pop_front();
            self.write_test(&test, console);
        }
    }

    fn write_test(&mut self, test: &TestResult, console: &mut Console) {
        if test.outcome == Outcome::NotRun {
            return;
        }
        self.write_head(console);
        let step = self.steps.iter().position(|(_, tests)| tests.contains(&test.name));
        if let Some(step) = step.filter(|step| self.steps.len() > 1 && *step >= self.titled) {
            console.prose(&Line::of(format!("  {}  {}", step + 1, self.steps[step].0), Role::Muted));
            self.titled = step + 1;
        }
        let not_reached = self.not_reached(test, step);
        let shown = if not_reached.is_some() { Outcome::NotRun } else { test.outcome };
        let (mark, role) = mark_of(shown, console);
        let name = pad(&sanitise(&test.name), self.names);
        let mut spans = vec![Span::new(format!("  {mark} "), role), Span::plain(name)];
        if let Some(why) = not_reached {
            spans.push(Span::new(format!("   {why}"), Role::Muted));
        } else if test.outcome == Outcome::Skipped {
            spans.push(Span::new("   skipped", role));
        } else if self.judged == Judged::Code {
            spans.push(Span::new(format!("  {:>5} ms", test.ms), Role::Muted));
        }
        match test.outcome {
            Outcome::TimedOut => spans.push(Span::new("  ran out of time", role)),
            Outcome::Crashed => spans.push(Span::new("  crashed", role)),
            _ => {}
        }
        console.line(&Line::from(spans));
    }

    /// In words, if a test fails only because the learner has not come to its step.
    fn not_reached(&mut self, test: &TestResult, step: Option<usize>) -> Option<&'static str> {
        let step = step.filter(|_| test.outcome.is_failure())?;
        let open = *self.open.get_or_insert(step);
        self.not_reached.words(test).filter(|_| step > open)
    }

    fn finished(&mut self, report: &Report, console: &mut Console) {
        self.write_head(console);
        if report.cause == Some(Cause::DidNotCompile) {
            write_errors(&report.diagnostics, console);
        }
        self.write_failures(report, console);
        write_skipped(report, console);
        if report.verdict == Verdict::Unjudged || (self.judged == Judged::Answers && report.cause.is_some()) {
            let explanation = report.explanation.as_deref().unwrap_or("something stood in the way");
            for line in explanation.lines() {
                console.prose(&Line::of(format!("  {}", sanitise(line)), Role::Warning));
            }
        }
        console.prose(&verdict_line(report, self.judged, console));
    }

    /// What went wrong in the first step that is not right; later steps build on it.
    fn write_failures(&self, report: &Report, console: &mut Console) {
        let failed = |test: &&TestResult| test.outcome.is_failure();
        let failures: Vec<_> = report.tests.iter().filter(failed).collect();
        let step_of = |test: &TestResult| self.steps.iter().position(|(_, tests)| tests.contains(&test.name));
        let first = failures.first().and_then(|test| step_of(test));
        let (now, later): (Vec<_>, Vec<_>) = failures.into_iter().partition(|test| step_of(test) == first);
        for test in &now {
            write_failure(test, console);
        }
        if !now.is_empty() {
            console.blank();
        }
        if !later.is_empty() {
            let more = format!("  {} more in later steps", later.len());
            console.text(more, Role::Muted);
        }
    }
}

fn verdict_line(report: &Report, judged: Judged, console: &Console) -> Line {
    let id = &report.exercise;
    let (passed, failed) = match judged {
        Judged::Code => (tests_passed(report), why_failed(report)),
        Judged::Answers => (answered_rightly(report), answered_rightly(report)),
    };
    let (mark, twin, role, words) = match report.verdict {
        Verdict::Passed => ("✓", "+", Role::Success, format!("{id} passed: {passed}")),
        Verdict::Failed => ("✗", "x", Role::Failure, format!("{id} failed: {failed}")),
        Verdict::Unjudged => ("▲", "!", Role::Warning, format!("{id} was not judged")),
    };
    let mut spans = vec![Span::new(format!("{} {words}", console.mark(mark, twin)), Style::of(role).bold())];
    if report.verdict != Verdict::Unjudged && judged == Judged::Code {
        spans.push(Span::new(format!("  {}", times(report)), Role::Muted));
    }
    Line::from(spans)
}

fn answered_rightly(report: &Report) -> String {
    let right = report.tests.iter().filter(|test| test.outcome == Outcome::Passed).count();
    format!("{right} of {} questions answered correctly", report.tests.len())
}

fn tests_passed(report: &Report) -> String {
    let skipped = report.tests.iter().filter(|test| test.outcome == Outcome::Skipped).count();
    match (report.tests.len() - skipped, skipped) {
        (1, 0) => "1 test".to_owned(),
        (all, 0) => format!("all {all} tests"),
        (1, skipped) => format!("1 test, {skipped} skipped"),
        (passed, skipped) => format!("{passed} tests, {skipped} skipped"),
    }
}

fn why_failed(report: &Report) -> String {
    if report.cause == Some(Cause::DidNotCompile) {
        let errors = report.diagnostics.iter().filter(|found| found.level == Level::Error).count();
        return format!("it does not compile, {errors} error{}", if errors == 1 { "" } else { "s" });
    }
    let count = |outcome| report.tests.iter().filter(|test| test.outcome == outcome).count();
    let skipped = match count(Outcome::Skipped) {
        0 => String::new(),
        skipped => format!(", {skipped} skipped"),
    };
    format!("{} of {} tests passed{skipped}", count(Outcome::Passed), report.tests.len())
}

fn times(report: &Report) -> String {
    let seconds = |ms| Duration::from_millis(ms).as_secs_f64();
    if report.run_ms == 0 {
        return format!("built in {:.2} s", seconds(report.build_ms));
    }
    format!("built in {:.2} s, ran in {:.2} s", seconds(report.build_ms), seconds(report.run_ms))
}
