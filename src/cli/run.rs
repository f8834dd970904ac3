//! From the process's arguments to its exit code.

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use clap_complete::Shell;

use crate::cli::arguments::{Action, Arguments};
use crate::cli::choice::open;
use crate::failure::{EXIT_OK, EXIT_USAGE, Failure};
use crate::headless::{self, Command, Console, Format, Session};
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
        (Some(Action::Completions { shell }), None) => return completions(shell, console),
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

fn completions(shell: Shell, console: &mut Console) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "patterns-tui", &mut script);
    console.raw(&String::from_utf8_lossy(&script));
    console.finish().map(|()| EXIT_OK)
}

const PLAIN_ADVICE: &str = "\
go on with `patterns-tui show NAME` to read, `patterns-tui start EXERCISE` to begin, `patterns-tui --help` for the rest";
