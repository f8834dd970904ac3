//! Which pack is opened: a path, a name, or the built-in one.

use std::path::Path;
use std::sync::Arc;

use clap::CommandFactory as _;

use crate::cli::arguments::Arguments;
use crate::failure::Failure;
use crate::headless::{Console, names};
use crate::import::{self, OpenError};
use crate::pack::{self, Pack, Problems};

/// Opens the pack that is asked for, by the app's path or by `--pack`; without either, the built-in.
pub(super) fn open(
    path: Option<&Path>,
    named: Option<&Path>,
    console: &mut Console,
) -> Result<Arc<Pack>, Failure> {
    let opened = match (path, named) {
        (Some(path), _) => open_at(path, Some(path), console),
        (None, Some(named)) => open_named(named, console),
        (None, None) => pack::builtin().map_err(|problems| mistaken("the built-in pack", &problems, console)),
    };
    opened.map(Arc::new)
}

fn open_named(named: &Path, console: &mut Console) -> Result<Pack, Failure> {
    match pack::builtin() {
        Ok(builtin) if Path::new(&builtin.id) == named => Ok(builtin),
        builtin if !named.exists() && named.components().count() == 1 => {
            let unknown = Failure::usage(format!("there is no pack `{}`", named.display()));
            Err(builtin
                .into_iter()
                .fold(unknown, |failure, pack| failure.hint(format!("the built-in pack is `{}`", pack.id))))
        }
        _ => open_at(named, None, console),
    }
}

/// Opens what stands at a path, and says what its author should look at.
fn open_at(path: &Path, typed: Option<&Path>, console: &mut Console) -> Result<Pack, Failure> {
    let (pack, warnings) = import::open(path).map_err(|e| unopened(e, typed, console))?;
    if !warnings.is_empty() {
        warnings.lines().iter().for_each(|line| console.say(line));
    }
    Ok(pack)
}

/// A word that was meant as a subcommand ends up as a path that is not there.
fn unopened(error: OpenError, typed: Option<&Path>, console: &mut Console) -> Failure {
    match error {
        OpenError::Mistakes { path, problems } => mistaken(&path.display().to_string(), &problems, console),
        OpenError::Io { .. } if typed.is_some_and(|path| !path.exists()) => {
            let typed = typed.map(|path| path.display().to_string()).unwrap_or_default();
            let cli = Arguments::command();
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
    Failure::usage(format!("{what} cannot be opened"))
}
