//! Where state lives and what the person asked for: resolved once, then passed down by value.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Everything that is decided before the first screen or the first line of output.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The directory that holds all state.
    pub home: Home,
    /// When colour is used.
    pub color: ColorChoice,
    /// Linear text without an alternate screen, for screen readers and dumb terminals.
    pub plain: bool,
    /// Plain-ASCII twins in place of marks and box characters.
    pub ascii: bool,
    /// Dark, light or as the terminal says.
    pub theme: ThemeChoice,
    /// This program's own executable: it is started again as the supervisor of every child.
    pub supervisor: PathBuf,
}

/// When colour is used in output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// When the output is a terminal and `NO_COLOR` is not set, or empty.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// The same for what only asks whether `NO_COLOR` is there: an empty one forbids nothing (no-color.org), so where it stands and
    /// the terminal is no `dumb` one, colour is always shown.
    #[must_use]
    pub fn on_a_terminal(self, variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let is_void = variable("NO_COLOR").is_some_and(|value| value.is_empty());
        let is_dumb = variable("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        if self == Self::Auto && is_void && !is_dumb { Self::Always } else { self }
    }
}

/// Which of the two palettes is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the terminal's background says; dark where it says nothing.
    #[default]
    Auto,
    /// Light text on a dark background.
    Dark,
    /// Dark text on a light background.
    Light,
}

/// The directory under which all state lives, and the places in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home(PathBuf);

impl Home {
    /// Takes `root` as it is; nothing is created here.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self(root.into())
    }

    /// The directory itself.
    pub fn root(&self) -> &Path {
        &self.0
    }

    /// The workspaces of the exercises that have been started.
    pub fn sandbox(&self) -> PathBuf {
        self.0.join("sandbox")
    }

    /// The workspaces of answers that are judged without the learner: model answers, wrong answers.
    pub fn judge(&self) -> PathBuf {
        self.0.join("judge")
    }

    /// cargo's target directories, one for each dependency set, shared by all its workspaces.
    pub fn target(&self) -> PathBuf {
        self.0.join("target")
    }

    /// rust-analyzer's target directory, so that it and a check never wait for each other's lock.
    pub fn analyzer_target(&self) -> PathBuf {
        self.0.join("target-analyzer")
    }

    /// Our own cargo home, so that the user's configuration cannot force a rebuild.
    pub fn cargo_home(&self) -> PathBuf {
        self.0.join("cargo")
    }

    /// Another one for what needs no packages: cargo locks the whole of its home while it downloads, even against builds that are
    /// offline, and an exercise that needs nothing of it is not to wait for it.
    pub fn cargo_home_without_packages(&self) -> PathBuf {
        self.0.join("cargo-none")
    }

    /// What the learner has done.
    pub fn progress(&self) -> PathBuf {
        self.0.join("progress.json")
    }

    /// Every version of the learner's files.
    pub fn history(&self) -> PathBuf {
        self.0.join("history")
    }

    /// Temporary directories of running children.
    pub fn tmp(&self) -> PathBuf {
        self.0.join("tmp")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_no_color_forbids_no_colour() {
        use ColorChoice::{Always, Auto, Never};
        let of = |choice: ColorChoice, set: &'static [(&str, &str)]| {
            choice.on_a_terminal(|name| {
                set.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
            })
        };
        assert_eq!(of(Auto, &[("NO_COLOR", ""), ("TERM", "xterm")]), Always);
        assert_eq!(of(Auto, &[("NO_COLOR", ""), ("TERM", "dumb")]), Auto);
        assert_eq!(of(Auto, &[("NO_COLOR", "1"), ("TERM", "xterm")]), Auto);
        assert_eq!(of(Auto, &[("TERM", "xterm")]), Auto);
        assert_eq!(of(Never, &[("NO_COLOR", ""), ("TERM", "xterm")]), Never);
    }
}
