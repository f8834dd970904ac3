//! What stands below the editor: the tests, the compiler's problems, output, the comparison with the model answer.

use crate::app::command::Command;
use crate::app::screen::workbench::check::{TestRow, TestState};
use crate::app::screen::workbench::fix::Fix;
use crate::app::screen::workbench::state::{Focus, Workbench};
use crate::pack::Exercise;

/// What stands below the editor.
#[derive(Debug, Clone)]
pub struct Panel {
    /// What of it is shown.
    pub tab: Tab,
    /// Every test of every step, in order.
    pub tests: Vec<TestRow>,
    /// The chosen test.
    pub test: usize,
    /// The chosen problem.
    pub problem: usize,
    /// What the output shows.
    pub shown: Shown,
    /// The first row shown of a list or a text.
    pub scroll: usize,
    rows: usize,
}

/// What can stand below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Every test.
    Tests,
    /// What the compiler said.
    Problems,
    /// A text.
    Output,
    /// The learner's files against the model answer's.
    Diff,
}

/// The text that the output shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// What the chosen test printed and why it failed.
    Test,
    /// The hints of the step at hand, as far as they were asked for.
    Hints,
    /// Why the last run could not be judged, and what to do.
    Verdict,
    /// How the wrong implementation of this name differs from the right one.
    Wrong(String),
    /// A problem as the compiler draws it.
    Problem,
    /// The long explanation of a problem's code.
    Explanation,
    /// What a suggestion of the compiler's would change.
    Fix(Fix),
}

impl Tab {
    /// All, in their order.
    pub const ALL: [Self; 4] = [Self::Tests, Self::Problems, Self::Output, Self::Diff];

    /// The one so many places to the right.
    pub(super) fn beside(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|tab| *tab == self).unwrap_or_default();
        Self::ALL[(at + by) % Self::ALL.len()]
    }
}

impl Panel {
    /// The panel of an exercise, with all its tests waiting.
    pub(super) fn of(exercise: &Exercise) -> Self {
        let row =
            |step: usize, name: &String| TestRow { name: name.clone(), step, state: TestState::Waiting };
        let steps = exercise.steps.iter().enumerate();
        Self {
            tab: Tab::Tests,
            tests: steps.flat_map(|(at, step)| step.tests.iter().map(move |name| row(at, name))).collect(),
            test: 0,
            problem: 0,
            shown: Shown::Test,
            scroll: 0,
            rows: 0,
        }
    }

    /// Forgets how the tests ended.
    pub(super) fn forget(&mut self) {
        self.forget_text();
        self.tests.iter_mut().for_each(|row| row.state = TestState::Waiting);
        self.show(Tab::Tests);
    }

    /// Forgets a text of the check before; the hints are the step's.
    pub(super) fn forget_text(&mut self) {
        if self.shown != Shown::Hints {
            self.shown = Shown::Test;
        }
    }

    /// Begins the list of tests with those of a step, where enough follow to fill it.
    pub(super) fn begin_with(&mut self, step: usize) {
        let first = self.tests.iter().position(|row| row.step == step).unwrap_or_default();
        self.scroll = first.min(self.tests.len().saturating_sub(self.rows.max(1)));
    }

    /// Shows a tab from its beginning, or from where its list's choice is.
    pub(super) fn show(&mut self, tab: Tab) {
        if self.tab != tab {
            self.tab = tab;
            self.scroll = 0;
        }
    }

    /// Shows a text.
    pub(super) fn show_text(&mut self, shown: Shown) {
        (self.tab, self.shown, self.scroll) = (Tab::Output, shown, 0);
    }

    /// The test of this name.
    pub(super) fn test_mut(&mut self, name: &str) -> Option<&mut TestRow> {
        self.tests.iter_mut().find(|row| row.name == name)
    }

    /// How many rows are in view.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Fits the scrolling to so many rows: so many lines end at the bottom, and a list's choice stays in view.
    pub(super) fn settle(&mut self, rows: usize, lines: usize) {
        self.rows = rows;
        self.scroll = self.scroll.min(lines.saturating_sub(rows));
        let chosen = match self.tab {
            Tab::Tests => self.test,
            Tab::Problems => self.problem,
            Tab::Output | Tab::Diff => return,
        };
        self.scroll = self.scroll.clamp((chosen + 1).saturating_sub(rows.max(1)), chosen);
    }
}

/// More steps than any exercise has.
const LEAP: isize = 1_000;

/// Moves in the part that listens: a choice in a list, a scroll in a text.
pub(super) fn travel(bench: &mut Workbench, command: Command) {
    let page = bench.panel.rows.saturating_sub(1).max(1) as isize;
    let by = match command {
        Command::Up => -1,
        Command::Down => 1,
        Command::PageUp => -page,
        Command::PageDown => page,
        Command::Top => isize::MIN,
        Command::Bottom => isize::MAX,
        Command::Left if bench.focus == Focus::Panel => return bench.panel.show(bench.panel.tab.beside(3)),
        Command::Right if bench.focus == Focus::Panel => return bench.panel.show(bench.panel.tab.beside(1)),
        Command::Left => return turn_step(bench, -1),
        Command::Right => return turn_step(bench, 1),
        _ => return,
    };
    scroll(bench, by);
}

/// Moves so many rows in the part that listens.
pub(super) fn scroll(bench: &mut Workbench, by: isize) {
    let moved = |at: usize, count: usize| at.saturating_add_signed(by).min(count.saturating_sub(1));
    let (tests, problems) = (bench.panel.tests.len(), bench.problems.len());
    match (bench.focus, bench.panel.tab) {
        (Focus::Task, _) if bench.task_more == 0 => turn_step(bench, by.clamp(-LEAP, LEAP)),
        (Focus::Task, _) => bench.task_scroll = bench.task_scroll.saturating_add_signed(by),
        (_, Tab::Tests) => {
            bench.panel.test = moved(bench.panel.test, tests);
            bench.follow_test();
        }
        (_, Tab::Problems) => bench.panel.problem = moved(bench.panel.problem, problems),
        (_, Tab::Output | Tab::Diff) => bench.panel.scroll = bench.panel.scroll.saturating_add_signed(by),
    }
}

/// Shows the task of the next step, or of the one before.
pub(super) fn turn_step(bench: &mut Workbench, by: isize) {
    let last = bench.exercise().steps.len().saturating_sub(1);
    choose_step(bench, bench.step.saturating_add_signed(by).min(last));
}

/// Shows the task of a step, and where its work is.
pub(super) fn choose_step(bench: &mut Workbench, step: usize) {
    bench.show_step(step);
    bench.go_to_step();
}

impl Workbench {
    /// Shows the task of a step; the choice in the list of tests follows.
    pub(super) fn show_step(&mut self, step: usize) {
        (self.step, self.task_scroll) = (step, 0);
        let chosen = self.panel.tests.get(self.panel.test).map(|row| row.step);
        let first = self.panel.tests.iter().position(|row| row.step == step);
        if let Some(first) = first.filter(|_| chosen != Some(step)) {
            self.panel.test = first;
            if self.panel.tab == Tab::Tests {
                self.panel.begin_with(step);
            }
        }
    }

    /// Shows the task of the chosen test's step, from its beginning where it is another.
    pub(super) fn follow_test(&mut self) {
        let step = self.panel.tests.get(self.panel.test).map_or(self.step, |row| row.step);
        if step != self.step {
            (self.step, self.task_scroll) = (step, 0);
        }
    }
}
