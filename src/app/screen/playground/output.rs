//! What a program prints and how it ends, and what the compiler says of it.

use std::time::Duration;

use crate::app::message::{JobEvent, JobId, NoticeLevel, PlayEvent};
use crate::app::model::{Model, Screen};
use crate::app::screen::playground::input;
use crate::app::screen::workbench::Fix;
use crate::cargo::{Diagnostic, Level};
use crate::text::Line;
use crate::text::ansi::{Limit, Live};

/// How much of what a program prints is kept.
const KEPT: Limit = Limit { lines: 5_000, columns: 4_096 };

/// What a program prints, and what is known of it.
#[derive(Debug, Clone)]
pub struct Output {
    /// What of it is shown.
    pub tab: Tab,
    /// How far the program is.
    pub program: Program,
    /// What it printed.
    pub live: Live,
    /// What the compiler said.
    pub problems: Vec<Diagnostic>,
    /// The chosen problem.
    pub problem: usize,
    /// What the compiler says at length, shown in the list's place.
    pub reading: Option<Reading>,
    /// The lines of the text when it was built.
    pub built: Vec<String>,
    /// The first row shown.
    pub scroll: usize,
    /// Whether what is printed last stays in view.
    pub follows: bool,
}

/// What the compiler says at length of the chosen problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The text.
    pub lines: Vec<Line>,
    /// The first row shown.
    pub scroll: usize,
    /// The suggestion that it shows, if it shows one.
    pub fix: Option<Fix>,
}

/// What can stand below the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// What the program printed.
    Output,
    /// What the compiler said.
    Problems,
}

/// How far a program is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// None was run.
    Never,
    /// It is being built.
    Building {
        /// The job.
        id: JobId,
        /// When it was asked for.
        since: Duration,
        /// What is being done.
        what: String,
    },
    /// It runs.
    Running {
        /// The job.
        id: JobId,
        /// When it was started.
        since: Duration,
        /// Whether its input was ended.
        ended_input: bool,
    },
    /// It has ended.
    Ended {
        /// In words.
        how: String,
        /// Whether with success.
        success: bool,
        /// How long it ran, or how long it was built if it never did.
        took: Duration,
    },
}

impl Default for Output {
    fn default() -> Self {
        Self {
            tab: Tab::Output,
            program: Program::Never,
            live: Live::new(KEPT),
            problems: Vec::new(),
            problem: 0,
            reading: None,
            built: Vec::new(),
            scroll: 0,
            follows: true,
        }
    }
}

impl Program {
    /// The job, while it is built or runs.
    pub fn job(&self) -> Option<JobId> {
        match self {
            Self::Building { id, .. } | Self::Running { id, .. } => Some(*id),
            Self::Never | Self::Ended { .. } => None,
        }
    }

    /// Since when it is being built or runs.
    pub fn running(&self) -> Option<Duration> {
        match self {
            Self::Building { since, .. } | Self::Running { since, .. } => Some(*since),
            Self::Never | Self::Ended { .. } => None,
        }
    }

    /// The job, while it can be given input.
    pub fn takes_input(&self) -> Option<JobId> {
        match self {
            Self::Running { id, ended_input: false, .. } => Some(*id),
            _ => None,
        }
    }
}

impl Output {
    /// Scrolls by so many rows; at the end it follows what is printed.
    pub(super) fn scroll_by(&mut self, by: isize) {
        if let Some(reading) = &mut self.reading {
            reading.scroll = reading.scroll.saturating_add_signed(by);
            return;
        }
        match self.tab {
            Tab::Output => {
                self.scroll = self.scroll.saturating_add_signed(by);
                self.follows = false;
            }
            Tab::Problems => {
                let last = self.problems.len().saturating_sub(1);
                self.problem = self.problem.saturating_add_signed(by).min(last);
            }
        }
    }

    /// Fits the scrolling to a panel of so many rows.
    pub(super) fn settle(&mut self, height: usize, rows: usize) {
        if let Some(reading) = &mut self.reading {
            reading.scroll = reading.scroll.min(reading.lines.len().saturating_sub(height));
        }
        match self.tab {
            Tab::Output => {
                let last = rows.saturating_sub(height);
                self.follows |= self.scroll >= last;
                self.scroll = if self.follows { last } else { self.scroll.min(last) };
            }
            Tab::Problems => {
                let lowest = (self.problem + 1).saturating_sub(height.max(1));
                self.scroll = self.scroll.clamp(lowest, self.problem);
            }
        }
    }

    /// Whether the list of problems is shown, and not what the compiler says at length of one.
    pub(super) fn lists_problems(&self) -> bool {
        self.tab == Tab::Problems && self.reading.is_none()
    }

    /// Shows a tab.
    pub(super) fn show(&mut self, tab: Tab) {
        self.reading = None;
        if self.tab != tab {
            (self.tab, self.scroll, self.follows) = (tab, 0, true);
        }
    }
}

/// How many rows the output has: a note of what was left out, what was printed, how it ended.
pub fn rows(output: &Output) -> usize {
    let note = usize::from(output.live.dropped() > 0);
    note + output.live.lines().len()
}

/// Takes news of the program that was started last.
pub(super) fn job(model: &mut Model, id: JobId, event: &JobEvent) {
    let now = model.now;
    let JobEvent::Play(event) = event else { return super::commands::formatted(model, id, event) };
    let Some(play) = model.playground.as_mut().filter(|play| play.output.program.job() == Some(id)) else {
        return;
    };
    let output = &mut play.output;
    match event {
        PlayEvent::Waiting | PlayEvent::Fetching(..) | PlayEvent::Building(..) => {
            if let Program::Building { what, .. } = &mut output.program {
                *what = words(event);
            }
        }
        PlayEvent::Diagnosed(said) => output.problems.push((**said).clone()),
        PlayEvent::Started => {
            output.program = Program::Running { id, since: now, ended_input: false };
            if model.screen == Screen::Playground {
                input::listen(play);
            }
        }
        PlayEvent::Printed(text) => output.live.push(text.as_bytes()),
        PlayEvent::Dropped(bytes) => {
            let begin = if output.live.is_open() { "\n" } else { "" };
            let mark = format!("{begin}\x1b[0;90m… {bytes} bytes were left out here\x1b[0m\n");
            output.live.push(mark.as_bytes());
        }
        PlayEvent::Ended { how, success } => end(model, how.clone(), *success),
        PlayEvent::Refused(notice) => {
            let text = notice.text.clone();
            model.notice = Some(notice.clone());
            end(model, text, false);
        }
    }
}

/// What is being done for a program that does not run yet.
fn words(event: &PlayEvent) -> String {
    match event {
        PlayEvent::Waiting => "waiting for another build".to_owned(),
        PlayEvent::Fetching(done, Some(total)) => format!("fetching crates {done}/{total}"),
        PlayEvent::Fetching(done, None) => format!("fetching crates {done}"),
        PlayEvent::Building(unit, done, Some(total)) if *total > 1 => {
            format!("compiling {unit} {done}/{total}")
        }
        PlayEvent::Building(unit, ..) => format!("compiling {unit}"),
        _ => "starting".to_owned(),
    }
}

fn end(model: &mut Model, how: String, success: bool) {
    let now = model.now;
    let Some(play) = &mut model.playground else { return };
    let output = &mut play.output;
    let took = output.program.running().map(|since| now.saturating_sub(since)).unwrap_or_default();
    let never_ran = matches!(output.program, Program::Building { .. });
    let refused = output.problems.iter().position(|said| said.level == Level::Error);
    if let Some(first) = refused.filter(|_| never_ran) {
        output.problem = first;
        output.show(Tab::Problems);
        let told = match model.screen {
            Screen::Playground => format!("{how}; F8 goes to the problem"),
            _ => format!("the playground's program {how}"),
        };
        model.note(NoticeLevel::Warning, told);
    }
    let Some(play) = &mut model.playground else { return };
    play.output.program = Program::Ended { how, success, took };
}
