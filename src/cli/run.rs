//! From the process's arguments to its exit code.

use std::env;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory as _, Parser as _};

use crate::cli::arguments::{Action, Arguments};
use crate::cli::choice::open;
use crate::cli::completions;
use crate::failure::{EXIT_OK, EXIT_USAGE, Failure};
use crate::headless::{self, Command, Console, Format, Session, names};
use crate::pack::Pack;
use crate::settings::{ColorChoice, Settings};
use crate::tui;

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(e) => {
            return ExitCode::from(misspelt(&e).map_or_else(|| print(&e), |failure| tell(&failure)));
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

/// Writes what the parser has to say: the help is a result like any other, so a full disk is told.
fn print(said: &clap::Error) -> u8 {
    let written = said.print().and_then(|()| io::stdout().flush());
    match written {
        // Where standard error is closed, there is nobody to tell.
        _ if said.use_stderr() => EXIT_USAGE,
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => tell(&Console::unwritten(&e)),
        _ => EXIT_OK,
    }
}

/// Tells of a failure before it is known how results are to be written.
fn tell(failure: &Failure) -> u8 {
    Console::new(ColorChoice::Auto, true, false).failure(failure);
    failure.exit
}

/// A subcommand that is misspelt: the parser takes it for a document, and the exercise behind it for an unknown subcommand.
fn misspelt(said: &clap::Error) -> Option<Failure> {
    if said.kind() != clap::error::ErrorKind::InvalidSubcommand {
        return None;
    }
    // Once more, for the document alone: the value of an option stands before it just as well.
    let parsed = Arguments::command().ignore_errors(true).try_get_matches().ok()?;
    let typed = parsed.get_one::<PathBuf>("path").filter(|typed| !typed.exists())?.to_str()?;
    let known: Vec<_> =
        Arguments::command().get_subcommands().map(|known| known.get_name().to_owned()).collect();
    let unknown = Failure::usage(format!("there is no subcommand and no file `{typed}`"));
    Some(names::suggest(unknown, typed, &known))
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
            console.raw(&completions::script(shell, &pack));
            return console.finish().map(|()| EXIT_OK);
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
            return open_app(settings, packs);
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

/// The app, on a terminal that can show it.
fn open_app(settings: Settings, packs: Vec<Arc<Pack>>) -> Result<u8, Failure> {
    if env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(Failure::usage("this terminal cannot show a full screen (its TERM is `dumb`)")
            .hint("`patterns-tui --plain` lists what there is; the subcommands work here (see --help)"));
    }
    let color = settings.color.on_a_terminal(|name| env::var_os(name));
    tui::run(&Settings { color, ..settings }, packs).map(|()| EXIT_OK)
}

const PLAIN_ADVICE: &str = "\
go on with `patterns-tui show NAME` to read, `patterns-tui start EXERCISE` to begin, `patterns-tui --help` for the rest";
