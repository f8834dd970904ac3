//! The subcommands, as they are parsed and as they are started.

use clap::{Subcommand, ValueEnum};

use crate::failure::Failure;
use crate::headless::session::Session;
use crate::headless::{check, diff, doctor, hint, list, play, reset, show, solution, start, warm, watch};

/// What can be done from the command line.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List chapters, sections, exercises and how far you are
    List(list::Args),
    /// Show a section, a listing or an exercise's task
    Show(show::Args),
    /// Place an exercise in the sandbox and print its directory
    Start(start::Args),
    /// Judge exercises, test by test
    Check(check::Args),
    /// Judge an exercise at every save, until Ctrl-C
    Watch(watch::Args),
    /// Show the next hint for the step you are at
    Hint(hint::Args),
    /// Compare your answer with the model answer
    Diff(diff::Args),
    /// Print the model answer
    Solution(solution::Args),
    /// Put the starter back; your files are kept and can be brought back
    Reset(reset::Args),
    /// Run a listing or a file in the sandbox
    Play(play::Args),
    /// Fetch and build the dependencies ahead
    Warm(warm::Args),
    /// Tell what works on this machine and what does not
    Doctor(doctor::Args),
}

/// How results are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// JSON, schema 1
    Json,
}

impl Command {
    /// What stands in for the app where there can be none.
    pub fn overview() -> Self {
        Self::List(list::Args::default())
    }

    /// Whether it needs no pack.
    pub fn needs_no_pack(&self) -> bool {
        matches!(self, Self::Doctor(_))
    }
}

/// Does what is asked; the exit code, or why it could not be done.
pub fn run(command: &Command, session: &mut Session) -> Result<u8, Failure> {
    match command {
        Command::List(args) => list::run(args, session),
        Command::Show(args) => show::run(args, session),
        Command::Start(args) => start::run(args, session),
        Command::Check(args) => check::run(args, session),
        Command::Watch(args) => watch::run(args, session),
        Command::Hint(args) => hint::run(args, session),
        Command::Diff(args) => diff::run(args, session),
        Command::Solution(args) => solution::run(args, session),
        Command::Reset(args) => reset::run(args, session),
        Command::Play(args) => play::run(args, session),
        Command::Warm(args) => warm::run(args, session),
        Command::Doctor(args) => doctor::run(args, session),
    }
}
