//! The state of the workbench.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::app::command::Command;
use crate::app::drafts::Drafts;
use crate::app::editor::{Editor, TabKey};
use crate::app::effect::{Effect, ExerciseKey};
use crate::app::key::Key;
use crate::app::message::{JobId, Notice};
use crate::app::screen::workbench::check::Check;
use crate::app::screen::workbench::crates::Crates;
use crate::app::screen::workbench::file::File;
use crate::app::screen::workbench::layout::Layout;
use crate::app::screen::workbench::panel::{Panel, Shown, Tab};
use crate::app::screen::workbench::quiz::{self, Quiz};
use crate::app::screen::workbench::rendered::stacked;
use crate::app::screen::workbench::texts;
use crate::cargo::Diagnostic;
use crate::pack::{Exercise, Pack};
use crate::progress::{Record, Spot};

/// The longest pause between two actions that still counts as time spent on the exercise.
const IDLE: Duration = Duration::from_mins(2);

/// The state of the workbench.
#[derive(Debug, Clone)]
pub struct Workbench {
    /// The exercise by its ids.
    pub key: ExerciseKey,
    pub(super) pack: Arc<Pack>,
    pub(super) index: usize,
    /// The files that are shown; none until they were read.
    pub files: Vec<File>,
    /// Which of them is in the editor.
    pub shown: usize,
    /// The part that listens.
    pub focus: Focus,
    /// The part that has the whole screen while it listens.
    pub(super) enlarged: Option<Focus>,
    /// What Tab does in the editor.
    pub(super) tab_key: TabKey,
    /// The step whose task is shown.
    pub step: usize,
    /// The tests that passed when they were judged last.
    pub(super) passing: BTreeSet<String>,
    /// The step that the learner works on.
    pub(super) goal: usize,
    /// The first row of the task that is shown.
    pub task_scroll: usize,
    /// How many rows of the task do not fit its panel: where all do, what would scroll it chooses among its steps.
    pub(super) task_more: usize,
    /// What stands below.
    pub panel: Panel,
    /// The check that runs or has ended.
    pub check: Check,
    /// How far the crates are that it is built with.
    pub crates: Crates,
    /// How far the quiz is, where the exercise is one.
    pub quiz: Option<Quiz>,
    /// How many checks were started.
    pub runs: u32,
    /// What the compiler said at the last check.
    pub problems: Vec<Diagnostic>,
    /// How far the learner is with revealing the model answer.
    pub reveal: Reveal,
    /// Whether a version from before a reset can be brought back.
    pub restorable: bool,
    /// What was asked for to take the place of all files, until the disk answers.
    pub(super) awaited: Option<Awaited>,
    /// Whether every change made outside starts a check.
    pub watch: bool,
    /// Where the learner left the exercise, until its files are read.
    pub(super) spot: Option<Spot>,
    /// Why the files could not be read.
    pub unread: Option<Notice>,
    /// What was asked for before the files were read.
    pub(super) when_read: Option<Command>,
    /// What was typed before the files were read.
    pub(super) early: Vec<Early>,
    /// The file being formatted, its revision then, and the job.
    pub(super) formatting: Option<(JobId, usize, u64)>,
    /// The external editor that is open.
    pub(super) outside: Option<JobId>,
    /// When it was left: what it wrote is told of a moment later.
    pub(super) back_since: Option<Duration>,
    /// The file that was shown before the source of a test.
    pub(super) source_from: Option<usize>,
    /// Grows with every change but those of a text: what is drawn of one revision is not laid out twice.
    pub revision: u64,
    pub(super) last_action: Duration,
    pub(super) spent: Duration,
}

/// What can take the place of all files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaited {
    /// The starter.
    Starter,
    /// The version from before it.
    Version,
}

/// What the learner did before the files were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Early {
    /// Pressed a key.
    Key(Key),
    /// Pasted a text.
    Paste(String),
}

/// The parts that can listen to keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The editor: every printable key types.
    Editor,
    /// The task.
    Task,
    /// What stands below.
    Panel,
}

/// How far the learner is with revealing the model answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reveal {
    /// It is hidden.
    Locked,
    /// It may be seen: the exercise was passed, or the learner wanted it so.
    Open,
}

impl Workbench {
    /// An exercise of a pack, before its files were read.
    pub(super) fn new(pack: Arc<Pack>, index: usize, now: Duration) -> Self {
        let exercise = &pack.exercises[index];
        let key = ExerciseKey { pack: pack.id.clone(), exercise: exercise.id.clone() };
        let (panel, quiz, crates) = (Panel::of(exercise), Quiz::of(exercise), Crates::of(&pack, exercise));
        Self {
            key,
            pack,
            index,
            files: Vec::new(),
            shown: 0,
            focus: Focus::Task,
            enlarged: None,
            tab_key: TabKey::default(),
            step: 0,
            passing: BTreeSet::new(),
            goal: 0,
            task_scroll: 0,
            task_more: 0,
            panel,
            check: Check::Never,
            crates,
            quiz,
            runs: 0,
            problems: Vec::new(),
            reveal: Reveal::Locked,
            restorable: false,
            awaited: None,
            watch: false,
            spot: None,
            unread: None,
            when_read: None,
            early: Vec::new(),
            formatting: None,
            outside: None,
            back_since: None,
            source_from: None,
            revision: 0,
            last_action: now,
            spent: Duration::ZERO,
        }
    }

    /// Chooses the part that listens first: the editor, where the task stands beside it and is read without a key. Where it
    /// does not, the task comes first.
    pub(super) fn listen(&mut self, wide: bool) {
        if wide && self.quiz.is_none() {
            self.focus = Focus::Editor;
        }
    }

    /// Types what was typed before the files were there.
    pub(super) fn catch_up(&mut self, now: Duration) {
        for early in std::mem::take(&mut self.early) {
            self.edit(now, |editor, now| match early {
                Early::Key(key) => editor.key(key, now),
                Early::Paste(text) => editor.paste(&text, now),
            });
        }
    }

    /// Closes its editors; what is not known to be written is kept.
    pub(super) fn close(self, drafts: &mut Drafts) {
        for file in self.files {
            drafts.keep(file.key(&self.key), file.editor.buffer.text().to_string(), file.saving);
        }
    }

    /// The exercise.
    pub fn exercise(&self) -> &Exercise {
        &self.pack.exercises[self.index]
    }

    /// The exercise that comes after this one.
    pub fn next_exercise(&self) -> Option<&Exercise> {
        self.pack.exercises.get(self.index + 1)
    }

    /// The file in the editor.
    pub fn file(&self) -> Option<&File> {
        self.files.get(self.shown)
    }

    pub(super) fn file_mut(&mut self) -> Option<&mut File> {
        self.files.get_mut(self.shown)
    }

    /// Which file has this path.
    pub fn file_of(&self, path: &str) -> Option<usize> {
        self.files.iter().position(|file| file.path == path)
    }

    /// The file that the learner works on: the one shown, or, where that is not theirs, the one before it, or the first.
    pub(super) fn own_file(&self) -> usize {
        let own = |at: &usize| self.files.get(*at).is_some_and(|file| file.editor.editable);
        let near = [Some(self.shown), self.source_from].into_iter().flatten().find(own);
        near.or_else(|| (0..self.files.len()).find(own)).unwrap_or(self.shown)
    }

    /// Shows the file that the learner works on.
    pub(super) fn show_own_file(&mut self) {
        self.shown = self.own_file();
        self.source_from = None;
    }

    /// Does something with the editor at hand and sees to it that a change is saved soon.
    pub(super) fn edit(&mut self, now: Duration, action: impl FnOnce(&mut Editor, Duration)) {
        self.acted(now);
        if let Some(file) = self.file_mut() {
            action(&mut file.editor, now);
            file.touched(now);
        }
    }

    /// Shows a text below, which listens: Enter and Esc are its own.
    pub(super) fn read(&mut self, shown: Shown) {
        self.focus = Focus::Panel;
        self.panel.show_text(shown);
    }

    /// Where Esc leads within the exercise: the list that a text below was opened from.
    fn list_behind(&self) -> Option<Tab> {
        let reading = self.panel.tab == Tab::Output && self.focus != Focus::Task;
        let list = match self.panel.shown {
            Shown::Test | Shown::Wrong(_) | Shown::Verdict | Shown::Hints => Tab::Tests,
            Shown::Problem | Shown::Explanation | Shown::Fix(_) => Tab::Problems,
        };
        reading.then_some(list)
    }

    /// Whether Esc leads to another part of the exercise.
    pub(super) fn leads_back(&self) -> bool {
        self.list_behind().is_some() || self.reads_source() || self.is_enlarged()
    }

    /// Whether the part that listens has the whole screen.
    pub fn is_enlarged(&self) -> bool {
        self.enlarged == Some(self.focus)
    }

    /// Gives the parts above their room, where the panel had it.
    pub(super) fn shrink_panel(&mut self) {
        self.enlarged = self.enlarged.filter(|part| *part != Focus::Panel);
    }

    /// Whether the file shown is one that the source of a test was looked up in.
    fn reads_source(&self) -> bool {
        self.source_from.is_some() && self.file().is_some_and(|file| !file.editor.editable)
    }

    /// Goes back to where a text was opened from; says whether there was one.
    pub(super) fn go_back(&mut self) -> bool {
        if let Some(list) = self.list_behind() {
            self.panel.show(list);
        } else if self.is_enlarged() {
            self.enlarged = None;
        } else if self.reads_source()
            && let Some(file) = self.source_from.take()
        {
            self.shown = file.min(self.files.len().saturating_sub(1));
        } else {
            return false;
        }
        true
    }

    /// Forgets what the check before said: another begins.
    pub(super) fn begin_anew(&mut self) {
        self.runs += 1;
        self.problems.clear();
        self.panel.problem = 0;
        self.panel.forget_text();
        if self.panel.tab != Tab::Diff {
            self.panel.show(Tab::Tests);
        }
    }

    /// Notes that the learner did something: short pauses count as time spent.
    pub(super) fn acted(&mut self, now: Duration) {
        self.spent += now.saturating_sub(self.last_action).min(IDLE);
        self.last_action = now;
    }

    /// Saves every file whose time has come.
    pub(super) fn save_due(&mut self, now: Duration) -> Vec<Effect> {
        let key = &self.key;
        self.files
            .iter_mut()
            .filter(|file| file.saving.due().is_some_and(|due| due <= now))
            .filter_map(|f| f.save(key))
            .collect()
    }

    /// Saves every file that has changed.
    pub(in crate::app) fn save_all(&mut self) -> Vec<Effect> {
        let key = &self.key;
        self.files.iter_mut().filter_map(|file| file.save(key)).collect()
    }

    /// Fits what is in view to the panels as they stand on a screen of this size; `anew` says whether more may have changed
    /// than the text in the editor.
    pub(super) fn settle(&mut self, size: (u16, u16), record: &Record, anew: bool) {
        quiz::settle(self, size);
        for (at, file) in self.files.iter_mut().enumerate() {
            if at != self.shown || self.focus != Focus::Editor {
                file.editor.prompt = None;
            }
        }
        let layout = Layout::of(size, self);
        let seen = if layout.editor.is_empty() { layout.task } else { layout.editor };
        if let Some(file) = self.file_mut().filter(|_| !seen.is_empty()) {
            file.editor.fit(seen);
        }
        if !anew {
            return;
        }
        self.revision += 1;
        if self.focus == Focus::Task || self.task_scroll > 0 {
            let rows = texts::task(self, record, layout.task_text().width).len();
            let more = rows.saturating_sub(usize::from(layout.task.height));
            (self.task_scroll, self.task_more) = (self.task_scroll.min(more), more);
        }
        let height = match self.panel.tab {
            Tab::Problems => stacked(layout.panel, self.problems.len()).0.height,
            _ => layout.panel.height,
        };
        let lines = match self.panel.tab {
            Tab::Tests => self.panel.tests.len(),
            Tab::Problems => self.problems.len(),
            Tab::Output if self.panel.scroll > 0 => {
                texts::output(self, record, layout.panel_text().width).len()
            }
            Tab::Diff if self.panel.scroll > 0 => texts::difference(self).len(),
            _ => 0,
        };
        self.panel.settle(usize::from(height), lines);
    }
}
