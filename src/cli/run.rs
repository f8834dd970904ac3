//! From the process's arguments to its exit code.

use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{CommandFactory as _, Parser as _};
use clap_complete::Shell;

use crate::cli::arguments::{Action, Arguments};
use crate::cli::choice::open;
use crate::failure::{EXIT_OK, EXIT_USAGE, Failure};
use crate::headless::{self, Command, Console, Format, Session};
use crate::pack::Pack;
use crate::tui;

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(e) => {
            // Where nobody reads, there is nobody to tell.
            let _ = e.print();
            return ExitCode::from(if e.use_stderr() { EXIT_USAGE } else { EXIT_OK });
        }
    };
    let global = &arguments.global;
    let mut console = Console::new(global.color(), global.plain(), global.ascii());
    match run(arguments, &mut console) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            console.failure(&failure);
            ExitCode::from(failure.exit)
        }
    }
}

fn run(arguments: Arguments, console: &mut Console) -> Result<u8, Failure> {
    let Arguments { path, global, action } = arguments;
    let settings = global.settings()?;
    let command = match (action, &path) {
        (Some(_), Some(path)) => {
            let what = format!("`{}` stands before a subcommand", path.display());
            return Err(Failure::usage(what).hint("use --pack to choose a pack"));
        }
        (Some(Action::Completions { shell }), None) => {
            let pack = open(None, global.pack.as_deref(), console)?;
            return completions(shell, &pack, console);
        }
        (Some(Action::Headless(typed)), None) => Some(Command::from(typed)),
        (None, _) => None,
    };
    let packs = match &command {
        Some(command) if command.needs_no_pack() => Vec::new(),
        _ => vec![open(path.as_deref(), global.pack.as_deref(), console)?],
    };
    let Some(command) = command else {
        if !settings.plain {
            return tui::run(&settings, packs).map(|()| EXIT_OK);
        }
        let mut session = Session::new(settings, packs);
        headless::run(&Command::List { format: Format::Human, listings: false }, &mut session)?;
        session.console.note(PLAIN_ADVICE);
        return session.console.finish().map(|()| EXIT_OK);
    };
    let mut session = Session::new(settings, packs);
    let code = headless::run(&command, &mut session)?;
    session.console.finish().map(|()| code)
}

/// The script knows the exercises of the pack that is open now.
fn completions(shell: Shell, pack: &Pack, console: &mut Console) -> Result<u8, Failure> {
    // The parser keeps names for as long as the program runs, which is no longer than this.
    let name = |id: &str| PossibleValue::new(&*Box::leak(id.to_owned().into_boxed_str()));
    let names: Vec<_> = pack.exercises.iter().map(|exercise| name(&exercise.id)).collect();
    let takes_one = |argument: clap::Arg| argument.value_parser(PossibleValuesParser::new(names.clone()));
    let mut command = WITH_EXERCISE.into_iter().fold(Arguments::command(), |command, subcommand| {
        command.mut_subcommand(subcommand, |it| it.mut_arg("exercise", takes_one))
    });
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "patterns-tui", &mut script);
    console.raw(&String::from_utf8_lossy(&script));
    console.finish().map(|()| EXIT_OK)
}

/// The subcommands that take an exercise.
const WITH_EXERCISE: [&str; 7] = ["start", "check", "watch", "hint", "diff", "solution", "reset"];

const PLAIN_ADVICE: &str = "\
go on with `patterns-tui show NAME` to read, `patterns-tui start EXERCISE` to begin, `patterns-tui --help` for the rest";
