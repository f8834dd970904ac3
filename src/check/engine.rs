//! The engine: the one value through which both fronts build, judge, run and format.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::check::event::{Event, Report, Subject};
use crate::check::play::{PlayEnd, PlayEvent};
use crate::check::verdict::{Cause, Verdict};
use crate::check::warm::WarmEvent;
use crate::pack::{Exercise, Pack};
use crate::settings::Home;

/// Which tests of an exercise are run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// This one alone, with a backtrace.
    Backtrace(String),
}

/// Why something could not be done, where nobody's answer is at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{explanation}")]
pub struct Obstacle {
    /// The kind.
    pub cause: Cause,
    /// What, why and what to do, in words.
    pub explanation: String,
}

/// Builds, judges, runs and formats. Cheap to make and to clone; all clones share one toolchain and one queue of builds.
#[derive(Debug, Clone)]
pub struct Engine {
    #[expect(dead_code, reason = "the skeleton")]
    home: Home,
    #[expect(dead_code, reason = "the skeleton")]
    supervisor: PathBuf,
}

#[expect(clippy::unused_async, reason = "the skeleton")]
impl Engine {
    /// An engine whose state lives under `home`; `supervisor` is this program's own executable. Nothing is read or
    /// written before the first job.
    pub fn new(home: Home, supervisor: PathBuf) -> Self {
        Self { home, supervisor }
    }

    /// Judges one exercise: places it, builds it, runs its tests. Tells what happens through `emit`, last of all
    /// [`Event::Finished`] with the same report that is returned.
    pub async fn check(
        &self,
        pack: &Arc<Pack>,
        exercise: &Exercise,
        _subject: Subject,
        _scope: Scope,
        mut emit: impl FnMut(Event) + Send,
        _cancel: &CancellationToken,
    ) -> Report {
        let report = Report {
            pack: pack.id.clone(),
            exercise: exercise.id.clone(),
            verdict: Verdict::Unjudged,
            cause: Some(Cause::Internal),
            explanation: None,
            tests: Vec::new(),
            diagnostics: Vec::new(),
            build_ms: 0,
            run_ms: 0,
        };
        emit(Event::Finished(Box::new(report.clone())));
        report
    }

    /// Fetches and builds the dependencies of a set ahead.
    pub async fn warm(
        &self,
        _pack: &Arc<Pack>,
        _set: &str,
        _emit: impl FnMut(WarmEvent) + Send,
        _cancel: &CancellationToken,
    ) -> Result<(), Obstacle> {
        Ok(())
    }

    /// Builds and runs a program of one file with the dependencies of a set. Each string from `input` goes to its standard
    /// input; the end of the channel ends that.
    pub async fn play(
        &self,
        _pack: &Arc<Pack>,
        _set: &str,
        _code: &str,
        _input: mpsc::UnboundedReceiver<String>,
        _emit: impl FnMut(PlayEvent) + Send,
        _cancel: &CancellationToken,
    ) -> Result<PlayEnd, Obstacle> {
        Ok(PlayEnd::DidNotCompile)
    }

    /// Formats a file's text with rustfmt.
    pub async fn format(&self, text: &str) -> Result<String, FormatError> {
        Ok(text.to_owned())
    }

    /// The long explanation of an error code, as in `E0038`.
    pub async fn explain(&self, _code: &str) -> Result<String, Obstacle> {
        Ok(String::new())
    }
}

/// Why a file was not formatted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The text does not parse; rustfmt's words.
    #[error("the file does not parse")]
    DoesNotParse(String),
    /// No rustfmt.
    #[error("{0}")]
    Unavailable(Obstacle),
}
