//! The command line: parsed, a front chosen, an exit code returned.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use etcetera::BaseStrategy as _;

use crate::failure::{EXIT_OK, EXIT_USAGE, Failure};
use crate::headless::{self, Console, Session, names};
use crate::import::{self, OpenError};
use crate::pack::{self, Pack, Problems};
use crate::settings::{ColorChoice, Home, Settings, ThemeChoice};
use crate::tui;

/// Learn Rust design patterns in the terminal: read a chapter, do its exercise in a real cargo crate, and get a verdict
/// for every test.
#[derive(Debug, Parser)]
#[command(name = "patterns-tui", version, after_long_help = AFTER_HELP)]
struct Cli {
    /// A pack's directory or any Markdown document, to open in the app
    path: Option<PathBuf>,
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// Work on this pack: its id, its directory or a Markdown document
    #[arg(long, global = true, value_name = "ID|PATH")]
    pack: Option<PathBuf>,
    /// Keep all state in this directory
    #[arg(long, global = true, value_name = "DIR", env = "PATTERNS_TUI_HOME")]
    home: Option<PathBuf>,
    /// When to use colour; `NO_COLOR` is honoured
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,
    /// Linear text: no full screen, no line that is written over
    #[arg(long, global = true)]
    plain: bool,
    /// Plain ASCII in place of marks and box characters
    #[arg(long, global = true)]
    ascii: bool,
    /// Colours for this background
    #[arg(long, global = true, value_name = "THEME", default_value = "auto")]
    theme: Background,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Background {
    Auto,
    Dark,
    Light,
}

#[derive(Debug, Subcommand)]
enum Action {
    #[command(flatten)]
    Headless(headless::Command),
    /// Print a script that completes commands and options in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            // Where nobody reads, there is nobody to tell.
            let _ = e.print();
            return ExitCode::from(if e.use_stderr() { EXIT_USAGE } else { EXIT_OK });
        }
    };
    let mut console = cli.global.console();
    let outcome = settings(&cli.global).and_then(|settings| run(cli, settings, &mut console));
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            console.failure(&failure);
            ExitCode::from(failure.exit)
        }
    }
}

impl Global {
    fn console(&self) -> Console {
        Console::new(self.color(), self.plain, self.ascii())
    }

    fn color(&self) -> ColorChoice {
        match self.color {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        }
    }

    fn ascii(&self) -> bool {
        self.ascii || locale_is_not_utf8(|name| env::var_os(name))
    }
}

fn run(cli: Cli, settings: Settings, console: &mut Console) -> Result<u8, Failure> {
    let command = match (cli.action, &cli.path) {
        (Some(_), Some(path)) => {
            let what = format!("`{}` stands before a subcommand", path.display());
            return Err(Failure::usage(what).hint("use --pack to choose a pack"));
        }
        (Some(Action::Completions { shell }), None) => return completions(shell, console),
        (Some(Action::Headless(command)), None) => Some(command),
        (None, _) => None,
    };
    let packs = match &command {
        Some(command) if command.needs_no_pack() => Vec::new(),
        _ => vec![open(cli.path.as_deref(), cli.global.pack.as_deref(), console)?],
    };
    match command {
        None if !settings.plain => tui::run(&settings, packs).map(|()| EXIT_OK),
        command => {
            let command = command.unwrap_or_else(headless::Command::overview);
            let mut session = Session::new(settings, packs);
            let code = headless::run(&command, &mut session)?;
            session.console.finish().map(|()| code)
        }
    }
}

fn completions(shell: Shell, console: &mut Console) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "patterns-tui", &mut script);
    console.raw(&String::from_utf8_lossy(&script));
    console.finish().map(|()| EXIT_OK)
}

/// Opens the pack that is asked for; without one, the built-in.
fn open(path: Option<&Path>, pack: Option<&Path>, console: &mut Console) -> Result<Arc<Pack>, Failure> {
    let opened = match (path, pack) {
        (Some(path), _) => import::open(path).map_err(|e| unopened(e, Some(path), console)),
        (None, Some(named)) => open_named(named, console),
        (None, None) => pack::builtin().map_err(|problems| mistaken("the built-in pack", &problems, console)),
    };
    opened.map(Arc::new)
}

fn open_named(named: &Path, console: &mut Console) -> Result<Pack, Failure> {
    let builtin = pack::builtin();
    match builtin {
        Ok(builtin) if Path::new(&builtin.id) == named => Ok(builtin),
        builtin if !named.exists() && named.components().count() == 1 => {
            let known = builtin.map(|pack| pack.id).into_iter();
            let unknown = Failure::usage(format!("there is no pack `{}`", named.display()));
            Err(known.fold(unknown, |failure, id| failure.hint(format!("the built-in pack is `{id}`"))))
        }
        _ => import::open(named).map_err(|e| unopened(e, None, console)),
    }
}

/// A word that was meant as a subcommand ends up as a path that is not there.
fn unopened(error: OpenError, typed: Option<&Path>, console: &mut Console) -> Failure {
    match error {
        OpenError::Mistakes { path, problems } => mistaken(&path.display().to_string(), &problems, console),
        OpenError::Io { .. } if typed.is_some_and(|path| !path.exists()) => {
            let typed = typed.map(|path| path.display().to_string()).unwrap_or_default();
            let cli = Cli::command();
            let known: Vec<_> = cli.get_subcommands().map(|known| known.get_name().to_owned()).collect();
            let failure = Failure::usage(format!("there is no file, directory or subcommand `{typed}`"));
            names::suggest(failure, &typed, &known)
        }
        error => Failure::from(error),
    }
}

fn mistaken(what: &str, problems: &Problems, console: &mut Console) -> Failure {
    for line in problems.lines() {
        console.say(&line);
    }
    Failure::usage(format!("{what} cannot be opened: {}", problems.summary()))
}

fn settings(global: &Global) -> Result<Settings, Failure> {
    let home = match &global.home {
        Some(home) if home.as_os_str().is_empty() => None,
        Some(home) => Some(home.clone()),
        None => etcetera::choose_base_strategy().ok().map(|dirs| dirs.data_dir().join("patterns-tui")),
    };
    let home = home.ok_or_else(|| {
        Failure::usage("there is no directory to keep state in").hint("name one with --home DIR")
    })?;
    let home = std::path::absolute(&home)
        .map_err(|e| Failure::usage(format!("{} is no directory", home.display())).because(e.to_string()))?;
    Ok(Settings {
        home: Home::new(home),
        color: global.color(),
        plain: global.plain,
        ascii: global.ascii(),
        theme: match global.theme {
            Background::Auto => ThemeChoice::Auto,
            Background::Dark => ThemeChoice::Dark,
            Background::Light => ThemeChoice::Light,
        },
        supervisor: env::current_exe()
            .map_err(|e| Failure::unjudged("this program cannot find its own file").because(e.to_string()))?,
    })
}

/// Whether a locale is set and names another encoding. Where none is set, as in most containers, terminals show UTF-8.
fn locale_is_not_utf8(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable);
    let locale =
        set.map(|value| value.to_string_lossy().to_ascii_lowercase()).find(|value| !value.is_empty());
    locale.is_some_and(|locale| !locale.contains("utf-8") && !locale.contains("utf8"))
}

const AFTER_HELP: &str = "\
Without a subcommand the app opens. Results go to standard output, everything else to standard error.

Exit codes:
  0  passed, or done
  1  judged, and not passed
  2  wrong usage or bad input
  3  could not be judged: the toolchain, the network or the machine stood in the way";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_locale_decides_only_where_it_is_set() {
        let of = |set: &'static [(&str, &str)]| {
            locale_is_not_utf8(|name| {
                set.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
            })
        };
        assert!(!of(&[]));
        assert!(!of(&[("LANG", "en_GB.UTF-8")]));
        assert!(!of(&[("LC_ALL", "C.utf8"), ("LANG", "C")]));
        assert!(of(&[("LC_ALL", ""), ("LANG", "C")]));
        assert!(of(&[("LC_CTYPE", "de_DE.ISO-8859-1"), ("LANG", "en_GB.UTF-8")]));
    }
}
