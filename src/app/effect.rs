//! Everything the app can do to the world, as values. Read this file and you know all of it.

use crate::app::message::JobId;
use crate::progress::Change;

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Judge the learner's files of an exercise; earlier saves have been performed before it.
    StartCheck {
        /// The job.
        id: JobId,
        /// Which exercise.
        exercise: ExerciseKey,
        /// Run this one test only, with a backtrace.
        backtrace_of: Option<String>,
    },
    /// Build and run a program of one file.
    StartPlay {
        /// The job.
        id: JobId,
        /// The pack whose sandbox it is built in.
        pack: String,
        /// The dependency set.
        set: String,
        /// The program's text.
        code: String,
    },
    /// Give a running program input; `None` ends it.
    SendInput(JobId, Option<String>),
    /// Fetch and build the dependencies of a set ahead.
    StartWarm {
        /// The job.
        id: JobId,
        /// The pack.
        pack: String,
        /// The dependency set.
        set: String,
    },
    /// Look whether a dependency set is built; answered by `Message::SetFound`.
    LookForSet {
        /// The pack.
        pack: String,
        /// The dependency set.
        set: String,
    },
    /// Stop a job and everything it started.
    Cancel(JobId),
    /// Place an exercise in the sandbox if it is not there and read its files.
    OpenExercise(ExerciseKey),
    /// Write a text of the learner's; the text before it goes to the history.
    Save {
        /// Which text.
        key: TextKey,
        /// What it is now.
        text: String,
        /// Comes back in `FilesEvent::Saved` or `FilesEvent::NotSaved`.
        version: u64,
    },
    /// Put the starter back, keeping the present files in the history; answered by `FilesEvent::Opened`.
    ResetExercise(ExerciseKey),
    /// Bring back the files from before the last reset; answered by `FilesEvent::Opened`.
    RestoreExercise(ExerciseKey),
    /// Read every version that is kept of a text of the learner's; answered by `FilesEvent::Versions`.
    ListVersions(TextKey),
    /// Read the text that was typed in the playground last; answered by `FilesEvent::PlaygroundRead`.
    ReadPlayground {
        /// The pack.
        pack: String,
    },
    /// Tell of changes that other programs make to an exercise's files, until it is watched no more.
    WatchFiles(Option<ExerciseKey>),
    /// Hand the terminal to `$VISUAL` or `$EDITOR` with this file, at this line.
    EditOutside {
        /// The job.
        id: JobId,
        /// Which exercise.
        exercise: ExerciseKey,
        /// Relative to the crate.
        path: String,
        /// From 1.
        line: usize,
    },
    /// Format a file's text with rustfmt.
    Format {
        /// The job.
        id: JobId,
        /// Its text.
        text: String,
    },
    /// Store what the learner has done; the model's own record has it already.
    SaveProgress(Vec<Change>),
    /// Put text on the clipboard.
    CopyText(String),
    /// Open a link in the browser.
    OpenLink(String),
    /// Suspend to the shell.
    Suspend,
    /// Restore the terminal and end.
    Quit,
}

/// An exercise by the ids of its pack and itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExerciseKey {
    /// The pack's id.
    pub pack: String,
    /// The exercise's id.
    pub exercise: String,
}

/// A text of the learner's that is kept on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextKey {
    /// A file of an exercise.
    File {
        /// Which exercise.
        exercise: ExerciseKey,
        /// Relative to the crate.
        path: String,
    },
    /// What is typed in a pack's playground.
    Playground {
        /// The pack's id.
        pack: String,
    },
}
