//! The subcommands, as values.

/// What can be done from the command line. Exercises are named by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "exercise, format and name are the same throughout")]
pub enum Command {
    /// Lists chapters, sections, exercises and how far the learner is; for people the listings only on request.
    List { format: Format, listings: bool },
    /// Shows a section, a chapter, a listing or an exercise's task; without a name that of the exercise at hand.
    Show { name: Option<String> },
    /// Places an exercise in the sandbox and prints its directory.
    Start { exercise: String },
    /// Judges exercises.
    Check(Check),
    /// Judges an exercise at every save; without a name the one at hand.
    Watch { exercise: Option<String>, format: Format },
    /// Shows the next hint.
    Hint(Hint),
    /// Compares the learner's answer with the model answer, if need be before it was earned; without a name of the one at hand.
    Diff { exercise: Option<String>, reveal: bool },
    /// Prints the model answer, if need be before it was earned; without a name of the one at hand.
    Solution { exercise: Option<String>, reveal: bool },
    /// Puts the starter back, or what stood there before it was; without a name only in the current directory.
    Reset { exercise: Option<String>, undo: bool },
    /// Runs a listing or a file, by default the playground's text, by default with the smallest dependency set.
    Play { program: Option<String>, set: Option<String> },
    /// Makes one dependency set ready, or all that the packs use.
    Warm { set: Option<String> },
    /// Tells what works on this machine.
    Doctor { format: Format },
}

/// What `check` judges and how it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which exercises.
    pub which: Which,
    /// The model answers in place of the learner's.
    pub solution: bool,
    /// How results are written.
    pub format: CheckFormat,
}

/// Which exercises are judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The one of the current directory, or else the one that the learner was at last.
    AtHand,
    /// These.
    Named(Vec<String>),
    /// Every one.
    All,
}

/// Which hints `hint` shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Of which exercise; without one, of the one at hand.
    pub exercise: Option<String>,
    /// Of which step, from 1; without one, of the first that does not pass yet.
    pub step: Option<usize>,
    /// Those that were shown already, in place of the next.
    pub seen: bool,
}

/// How results are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// JSON, schema 1.
    Json,
}

/// How the results of a check are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CheckFormat {
    /// For people.
    #[default]
    Human,
    /// One JSON object a line, schema 1.
    Json,
    /// `JUnit` XML.
    Junit,
}

impl From<Format> for CheckFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Human => Self::Human,
            Format::Json => Self::Json,
        }
    }
}

impl Command {
    /// Whether it needs no pack.
    pub fn needs_no_pack(&self) -> bool {
        matches!(self, Self::Doctor { .. })
    }
}
