//! The whole command line, as it is typed, and the settings that follow from it.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use etcetera::BaseStrategy as _;

use crate::cli::command::Typed;
use crate::failure::Failure;
use crate::settings::{ColorChoice, Home, Settings, ThemeChoice};

/// Learn Rust design patterns in the terminal: read a chapter, do its exercise in a real cargo crate, and get a verdict
/// for every test.
#[derive(Debug, Parser)]
#[command(name = "patterns-tui", version, after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// A pack's directory or any Markdown document, to open in the app
    pub(super) path: Option<PathBuf>,
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) action: Option<Action>,
}

/// What holds for every subcommand and for the app.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// Work on this pack: its id, its directory or a Markdown document
    #[arg(long, global = true, value_name = "ID|PATH")]
    pub(super) pack: Option<PathBuf>,
    // Not the parser's own `env`: its messages show an option that it took from the environment as one that was typed.
    #[arg(long, global = true, value_name = "DIR", help = HOME_HELP)]
    home: Option<PathBuf>,
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help = COLOR_HELP)]
    color: When,
    /// Linear text: no full screen, no line that is written over
    #[arg(long, global = true)]
    plain: bool,
    /// Plain ASCII in place of marks and box characters
    #[arg(long, global = true)]
    ascii: bool,
    /// Dark or light, painted by the app itself; auto leaves the background to the terminal
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

/// What to do other than open the app.
#[derive(Debug, Subcommand)]
pub(super) enum Action {
    #[command(flatten)]
    Headless(Typed),
    /// Print a script that completes commands, options and exercises in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

impl Global {
    pub(super) fn color(&self) -> ColorChoice {
        match self.color {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        }
    }

    pub(super) fn plain(&self) -> bool {
        self.plain
    }

    pub(super) fn ascii(&self) -> bool {
        self.ascii || locale_is_not_utf8(|name| env::var_os(name))
    }

    pub(super) fn settings(&self) -> Result<Settings, Failure> {
        Ok(Settings {
            home: self.home()?,
            color: self.color(),
            plain: self.plain,
            ascii: self.ascii(),
            theme: match self.theme {
                Background::Auto => ThemeChoice::Auto,
                Background::Dark => ThemeChoice::Dark,
                Background::Light => ThemeChoice::Light,
            },
            supervisor: env::current_exe().map_err(|e| {
                Failure::unjudged("this program cannot find its own file").because(e.to_string())
            })?,
        })
    }

    fn home(&self) -> Result<Home, Failure> {
        let given = self.home.clone().or_else(|| env::var_os("PATTERNS_TUI_HOME").map(PathBuf::from));
        let named = given.filter(|home| !home.as_os_str().is_empty());
        let standard =
            || etcetera::choose_base_strategy().ok().map(|dirs| dirs.data_dir().join("patterns-tui"));
        let home = named.or_else(standard).ok_or_else(|| {
            Failure::usage("there is no directory to keep state in").hint("name one with --home DIR")
        })?;
        let absolute = std::path::absolute(&home).map_err(|e| {
            Failure::usage(format!("{} is not a directory", home.display())).because(e.to_string())
        })?;
        match obstacle(&absolute) {
            None => Ok(Home::new(absolute)),
            Some(why) => Err(Failure::usage(format!("no exercise can be built in {}", absolute.display()))
                .because(why)
                .hint("name another directory with --home DIR or PATTERNS_TUI_HOME")),
        }
    }
}

/// Why cargo, the linker or the loader could not work below this directory: what they say of it helps nobody.
fn obstacle(home: &Path) -> Option<String> {
    let Some(text) = home.to_str() else { return Some("the path is not UTF-8".to_owned()) };
    let is_list = |c: &char| cfg!(unix) && [':', ';'].contains(c);
    let told = |c: char, who: &str| format!("the path has a `{c}`, which {who}");
    text.chars().find_map(|c| match c {
        '%' => Some(told(c, "linkers take for the start of a code")),
        c if is_list(&c) => Some(told(c, "stands between two paths where the system looks for libraries")),
        _ => None,
    })
}

/// Whether a locale is set and names another encoding. Where none is set, as in most containers, terminals show UTF-8.
fn locale_is_not_utf8(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable);
    let locale =
        set.map(|value| value.to_string_lossy().to_ascii_lowercase()).find(|value| !value.is_empty());
    locale.is_some_and(|locale| !locale.contains("utf-8") && !locale.contains("utf8"))
}

const HOME_HELP: &str = "Keep all state in this directory [env: PATTERNS_TUI_HOME]";
const COLOR_HELP: &str = "When to use colour; NO_COLOR is honoured";

const AFTER_HELP: &str = "\
Without a subcommand the app opens. Results go to standard output, everything else to standard error.

Exit codes:
  0  passed, or done
  1  judged, and not passed
  2  wrong usage or bad input
  3  could not be judged: the toolchain, the network or the machine stood in the way";

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[cfg(unix)]
    #[test]
    fn a_home_in_which_nothing_can_be_built_is_told() {
        use std::os::unix::ffi::OsStringExt as _;
        assert_eq!(obstacle(Path::new("/home/me/with space/\u{e9}")), None);
        for (home, why) in [("/a:b", "`:`"), ("/a;b", "`;`"), ("/a%41", "`%`")] {
            assert!(obstacle(Path::new(home)).is_some_and(|told| told.contains(why)), "{home}");
        }
        let bytes = OsString::from_vec(b"/a\xff".to_vec());
        assert!(obstacle(Path::new(&bytes)).is_some_and(|told| told.contains("UTF-8")));
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
