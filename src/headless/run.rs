//! From a subcommand to the file that does it.

use crate::failure::Failure;
use crate::headless::command::Command;
use crate::headless::session::Session;
use crate::headless::{check, diff, doctor, hint, list, play, reset, show, solution, start, warm, watch};

/// Does what is asked; the exit code, or why it could not be done.
pub fn run(command: &Command, session: &mut Session) -> Result<u8, Failure> {
    match command {
        Command::List { format, listings } => list::run(*format, *listings, session),
        Command::Show { name } => show::run(name.as_deref(), session),
        Command::Start { exercise } => start::run(exercise, session),
        Command::Check(check) => check::run(check, session),
        Command::Watch { exercise, format } => watch::run(exercise.as_deref(), *format, session),
        Command::Hint(hint) => hint::run(hint, session),
        Command::Diff { exercise, reveal } => diff::run(exercise.as_deref(), *reveal, session),
        Command::Solution { exercise, reveal } => solution::run(exercise.as_deref(), *reveal, session),
        Command::Reset { exercise, undo } => reset::run(exercise.as_deref(), *undo, session),
        Command::Play { program, set } => play::run(program.as_deref(), set.as_deref(), session),
        Command::Warm { set } => warm::run(set.as_deref(), session),
        Command::Doctor { format } => doctor::run(*format, session),
    }
}
