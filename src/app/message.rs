//! Everything that can happen to the app, grouped by where it comes from.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::app::effect::TextKey;
use crate::app::key::Key;
use crate::check;
use crate::pack::Pack;

/// The number of a job: news of a job that is no longer awaited is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobId(pub u64);

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The person did something.
    Input(Input),
    /// Now, since the app started. It stands at the head of every batch of other messages, and comes alone only when
    /// [`crate::app::update::next_tick`] asked for it.
    Tick(Duration),
    /// News of a job.
    Job(JobId, JobEvent),
    /// News of the learner's files.
    Files(FilesEvent),
    /// Whether a dependency set is built, which somebody looked for.
    SetFound {
        /// The pack's id.
        pack: String,
        /// The set.
        set: String,
        /// It is.
        built: bool,
    },
    /// Something to tell the person, from outside any job.
    Noted(Notice),
    /// The terminal said whether its background is light.
    Background {
        /// It is.
        light: bool,
    },
}

/// What a person can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, as the terminal sent it.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has this size now, in columns and rows.
    Resize(u16, u16),
}

/// What the mouse did, and where, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// The column.
    pub column: u16,
    /// The row.
    pub row: u16,
    /// With Shift.
    pub shift: bool,
}

impl Mouse {
    /// Whether a button was pressed.
    pub const fn is_press(self) -> bool {
        matches!(self.kind, MouseKind::Press | MouseKind::DoublePress)
    }
}

/// The kinds of mouse action that the app uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum MouseKind {
    Press,
    DoublePress,
    Drag,
    Release,
    ScrollUp,
    ScrollDown,
    ScrollLeft,
    ScrollRight,
}

/// News of a job.
#[derive(Debug, Clone, PartialEq)]
pub enum JobEvent {
    /// Of a check.
    Check(check::Event),
    /// Of a program in the playground or a listing.
    Play(PlayEvent),
    /// Of the dependencies being fetched and built ahead.
    Warm(WarmEvent),
    /// A file was formatted, or why not.
    Formatted(Result<String, Notice>),
    /// The external editor was left, or why it could not be started.
    EditorClosed(Result<(), Notice>),
}

/// News of a running program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlayEvent {
    /// Its build goes on: the crate at hand, how many are done, out of how many.
    Building(String, u32, Option<u32>),
    /// Its build waits for another one.
    Waiting,
    /// Its crates are being fetched: how many so far, out of how many, where known.
    Fetching(u32, Option<u32>),
    /// The compiler said something.
    Diagnosed(Box<crate::cargo::Diagnostic>),
    /// It was built and started.
    Started,
    /// It printed this; bytes as they came, decoded lossily.
    Printed(String),
    /// This many bytes of its output were dropped.
    Dropped(u64),
    /// It ended: in words, and whether with success.
    Ended {
        /// As in "exit status 0", "killed: ran longer than 60 s", "stopped".
        how: String,
        /// With status 0.
        success: bool,
    },
    /// It could not be built or started.
    Refused(Notice),
}

/// News of the dependencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WarmEvent {
    /// They are being fetched.
    Fetching {
        /// How many packages so far.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// They are being built.
    Building {
        /// How many crates so far.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// They are ready.
    Ready,
    /// They could not be made ready.
    Refused(Notice),
}

/// News of the learner's files.
#[derive(Debug, Clone, PartialEq)]
pub enum FilesEvent {
    /// An exercise stands in the sandbox; these are its files that are shown, in the order in which they are shown.
    Opened {
        /// The pack's id.
        pack: String,
        /// The exercise's id.
        exercise: String,
        /// The files.
        files: Vec<OpenedFile>,
        /// Whether a version from before a reset can be brought back.
        restorable: bool,
    },
    /// A text was written; `version` is the one given with the effect.
    Saved {
        /// Which text.
        key: TextKey,
        /// Which save.
        version: u64,
    },
    /// A text could not be written.
    NotSaved {
        /// Which text.
        key: TextKey,
        /// Which save.
        version: u64,
        /// Why.
        notice: Notice,
    },
    /// Files were changed by another program; their text now.
    ChangedOutside {
        /// The pack's id.
        pack: String,
        /// The exercise's id.
        exercise: String,
        /// The text of each, by path.
        files: BTreeMap<String, String>,
    },
    /// The versions that are kept of a text, the newest first.
    Versions {
        /// Which text.
        key: TextKey,
        /// The versions.
        kept: Vec<KeptVersion>,
    },
    /// The playground's text as it was kept; `None` where none was.
    PlaygroundRead {
        /// The pack's id.
        pack: String,
        /// The text.
        text: Option<String>,
    },
    /// An exercise or the playground could not be read, placed, reset or restored.
    Refused(Notice),
}

/// A version of a text that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptVersion {
    /// When it was kept, in seconds since the Unix epoch.
    pub at: u64,
    /// Its text.
    pub text: String,
}

/// A file of an exercise as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedFile {
    /// Relative to the crate.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Whether the learner may change it.
    pub editable: bool,
}

/// A line for the person: what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How grave it is.
    pub level: NoticeLevel,
    /// What happened, in one line.
    pub text: String,
    /// More: causes and advice.
    pub details: Vec<String>,
}

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeLevel {
    /// Something to know.
    Info,
    /// Something needs attention.
    Warning,
    /// Something did not work.
    Error,
}

impl Notice {
    /// A notice of this level without details.
    pub fn new(level: NoticeLevel, text: impl Into<String>) -> Self {
        Self { level, text: text.into(), details: Vec::new() }
    }
}

/// The packs that are open; shared, never changed while the app runs.
pub type Packs = Vec<Arc<Pack>>;
