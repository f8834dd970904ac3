//! The subcommands and their options, as they are typed.

use clap::{Subcommand, ValueEnum};

use crate::headless::{Check, CheckFormat, Command, Format, Hint, Which};

/// A subcommand of the command line's front.
#[derive(Debug, Subcommand)]
pub(super) enum Typed {
    /// List chapters, sections, exercises and how far you are
    List {
        /// List the listings too, which `show` prints and `play` runs; JSON always has them
        #[arg(long)]
        listings: bool,
        /// How to write the list
        #[arg(long, value_enum, default_value = "human")]
        format: TypedFormat,
    },
    /// Show a section, a listing or an exercise's task
    Show {
        /// An exercise, a chapter, a section as chapter#section, or a listing by its name, or by its file where
        /// no other is called that; without a name, the task of the exercise of the current directory, or of the one that was
        /// opened last
        name: Option<String>,
    },
    /// Place an exercise in the sandbox and print its directory
    Start {
        /// The exercise
        exercise: String,
    },
    /// Judge exercises, test by test
    Check {
        /// The exercises; without one, that of the current directory or the one that was opened last
        exercise: Vec<String>,
        /// Judge every exercise
        #[arg(long, conflicts_with = "exercise")]
        all: bool,
        /// Judge the model answers in place of yours
        #[arg(long)]
        solution: bool,
        /// How to write the results
        #[arg(long, value_enum, default_value = "human")]
        format: TypedCheckFormat,
    },
    /// Judge an exercise at every save, until Ctrl-C
    Watch {
        /// The exercise; without one, that of the current directory or the one that was opened last
        exercise: Option<String>,
        /// How to write the results
        #[arg(long, value_enum, default_value = "human")]
        format: TypedFormat,
    },
    /// Show the next hint for the step you are at
    Hint {
        /// The exercise; without one, that of the current directory or the one that was opened last
        exercise: Option<String>,
        /// The number of a step, in place of the first that does not pass yet
        #[arg(long, value_name = "NUMBER")]
        step: Option<usize>,
        /// Show the hints seen so far, and no new one
        #[arg(long)]
        seen: bool,
    },
    /// Compare your answer with the model answer
    Diff {
        /// The exercise; without one, that of the current directory or the one that was opened last
        exercise: Option<String>,
        /// Show it although the exercise has not been passed
        #[arg(long)]
        reveal: bool,
    },
    /// Print the model answer
    Solution {
        /// The exercise; without one, that of the current directory or the one that was opened last
        exercise: Option<String>,
        /// Show it although the exercise has not been passed
        #[arg(long)]
        reveal: bool,
    },
    /// Put the starter back; your files are kept and can be brought back
    Reset {
        /// The exercise; without one, that of the current directory, and no other
        exercise: Option<String>,
        /// Bring back the files from before the last reset
        #[arg(long)]
        undo: bool,
    },
    /// Run a listing or a file in the sandbox
    ///
    /// Its output is the result. The exit code is 0 if the program ended with status 0, and 1 otherwise; with which status it
    /// ended is told on standard error, for the codes 2 and 3 mean a wrong call and a machine that stood in the way.
    Play {
        /// A runnable listing or a Rust file, `-` for standard input; without one, what the playground held last
        #[arg(value_name = "LISTING|FILE")]
        program: Option<String>,
        /// Build with this dependency set, in place of the smallest that knows the crates that are named
        #[arg(long, value_name = "NAME")]
        set: Option<String>,
    },
    /// Fetch and build the dependencies ahead
    Warm {
        /// One dependency set in place of all that are built unasked
        #[arg(long, value_name = "NAME")]
        set: Option<String>,
    },
    /// Tell what works on this machine and what does not
    Doctor {
        /// How to write the findings
        #[arg(long, value_enum, default_value = "human")]
        format: TypedFormat,
    },
}

/// How results are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum TypedFormat {
    /// For people
    Human,
    /// JSON, schema 1
    Json,
}

/// How the results of a check are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum TypedCheckFormat {
    /// For people
    Human,
    /// One JSON object a line, schema 1
    Json,
    #[value(help = "JUnit XML")]
    Junit,
}

impl From<Typed> for Command {
    fn from(typed: Typed) -> Self {
        match typed {
            Typed::List { format, listings } => Self::List { format: format.into(), listings },
            Typed::Show { name } => Self::Show { name },
            Typed::Start { exercise } => Self::Start { exercise },
            Typed::Check { exercise, all, solution, format } => {
                let which = match exercise {
                    _ if all => Which::All,
                    exercise if exercise.is_empty() => Which::AtHand,
                    exercise => Which::Named(exercise),
                };
                Self::Check(Check { which, solution, format: format.into() })
            }
            Typed::Watch { exercise, format } => Self::Watch { exercise, format: format.into() },
            Typed::Hint { exercise, step, seen } => Self::Hint(Hint { exercise, step, seen }),
            Typed::Diff { exercise, reveal } => Self::Diff { exercise, reveal },
            Typed::Solution { exercise, reveal } => Self::Solution { exercise, reveal },
            Typed::Reset { exercise, undo } => Self::Reset { exercise, undo },
            Typed::Play { program, set } => Self::Play { program, set },
            Typed::Warm { set } => Self::Warm { set },
            Typed::Doctor { format } => Self::Doctor { format: format.into() },
        }
    }
}

impl From<TypedFormat> for Format {
    fn from(typed: TypedFormat) -> Self {
        match typed {
            TypedFormat::Human => Self::Human,
            TypedFormat::Json => Self::Json,
        }
    }
}

impl From<TypedCheckFormat> for CheckFormat {
    fn from(typed: TypedCheckFormat) -> Self {
        match typed {
            TypedCheckFormat::Human => Self::Human,
            TypedCheckFormat::Json => Self::Json,
            TypedCheckFormat::Junit => Self::Junit,
        }
    }
}
