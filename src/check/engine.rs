//! The engine: the one value through which both fronts build, judge, run and format.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::cargo::process::Gathered;
use crate::cargo::{Ending, Environment, Input, Toolchain};
use crate::check::event::{Event, Report, Subject};
use crate::check::judge::Question;
use crate::check::obstacle::Obstacle;
use crate::check::plan::Scope;
use crate::check::play::{PlayEnd, PlayEvent, Streams};
use crate::check::snippet::Trial;
use crate::check::verdict::Cause;
use crate::check::warm::WarmEvent;
use crate::check::workshop::Workshop;
use crate::confine::Supervisor;
use crate::pack::{Exercise, Pack};
use crate::sandbox::{Sandbox, Snippet};
use crate::settings::Home;

/// Builds, judges, runs and formats. Cheap to make and to clone; all clones share one toolchain and one order of builds.
///
/// Every method must be awaited within a tokio runtime with time and io enabled. To drop a future, or to cancel its token,
/// is to kill every process that it started.
#[derive(Debug, Clone)]
pub struct Engine {
    workshop: Arc<Workshop>,
}

/// Why a file was not formatted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The text does not parse; rustfmt's words.
    #[error("the file does not parse: {0}")]
    DoesNotParse(String),
    /// There is no rustfmt, or it did not answer.
    #[error(transparent)]
    Unavailable(#[from] Obstacle),
}

impl Engine {
    /// An engine whose state lives under `home`; `supervisor` is this program's own executable. Nothing is read or
    /// written before the first job.
    pub fn new(home: Home, supervisor: impl Into<Supervisor>) -> Self {
        Self::with_environment(home, supervisor, Environment::of_this_process())
    }

    /// The same, with another environment than this process's.
    pub fn with_environment(home: Home, supervisor: impl Into<Supervisor>, environment: Environment) -> Self {
        // Children run in the root directory, where a relative path would lead elsewhere.
        let home = std::path::absolute(home.root()).map_or(home, Home::new);
        Self { workshop: Arc::new(Workshop::new(home, supervisor.into(), environment)) }
    }

    /// What its children are started through.
    pub fn supervisor(&self) -> &Supervisor {
        &self.workshop.supervisor
    }

    /// The sandbox that this engine places exercises in.
    pub fn sandbox(&self) -> &Sandbox {
        &self.workshop.sandbox
    }

    /// Judges one exercise: places it, builds it, runs its tests. Tells what happens through `emit`, last of all
    /// [`Event::Finished`] with the same report that is returned.
    ///
    /// The solution of a quiz is what its pack says of its programs; to judge it is to prove that. What a learner answers to one is
    /// no code, and left unjudged here.
    pub async fn check(
        &self,
        pack: &Arc<Pack>,
        exercise: &Exercise,
        subject: Subject,
        scope: Scope,
        mut emit: impl FnMut(Event) + Send,
        cancel: &CancellationToken,
    ) -> Report {
        self.workshop.judge(Question { pack, exercise, subject, scope }, &mut emit, cancel).await
    }

    /// Begins the build of the next check of the learner's files as far as that can be done before they are saved: where it
    /// can be, the check that follows is a tenth of a second shorter. One build waits at a time, and with it the supervisors of its tests.
    pub async fn begin_ahead(&self, pack: &Arc<Pack>, exercise: &Exercise, cancel: &CancellationToken) {
        // What hinders it hinders the check itself, which says so.
        let _ = self.workshop.begin_ahead(pack, exercise, cancel).await;
    }

    /// Ends the build that waits, if one does, with all that stands by for it.
    pub async fn end_ahead(&self) {
        self.workshop.end_ahead().await;
    }

    /// Judges several answers to an exercise that are not the learner's, built together; gives their reports in the same order.
    pub async fn check_answers(
        &self,
        pack: &Arc<Pack>,
        exercise: &Exercise,
        subjects: &[Subject],
        cancel: &CancellationToken,
    ) -> Vec<Report> {
        self.workshop.judge_answers(pack, exercise, subjects, cancel).await
    }

    /// Builds pieces of code together with the dependencies of a set, each as a crate of its own, and runs those that are
    /// programs; gives what became of them in the same order. `owner` is whose they are, as a name of a directory.
    pub async fn try_snippets(
        &self,
        pack: &Arc<Pack>,
        (set, owner): (&str, &str),
        snippets: &[Snippet],
        cancel: &CancellationToken,
    ) -> Result<Vec<Trial>, Obstacle> {
        self.workshop.attempt_snippets(pack, (set, owner), snippets, &mut |_| {}, cancel).await
    }

    /// Fetches and builds the dependencies of a set ahead.
    pub async fn warm(
        &self,
        pack: &Arc<Pack>,
        set: &str,
        mut emit: impl FnMut(WarmEvent) + Send,
        cancel: &CancellationToken,
    ) -> Result<(), Obstacle> {
        let made = self.workshop.warm(pack, set, &mut emit, cancel).await;
        made.map_err(|obstacle| match obstacle.cause {
            Cause::Cancelled => {
                Obstacle::new(Cause::Cancelled, format!("stopped before `{set}` was built; {GOES_ON}"))
            }
            _ => obstacle,
        })
    }

    /// Whether the dependencies of a set are built, as far as can be told without building.
    pub fn is_built(&self, pack: &Pack, set: &str) -> bool {
        self.workshop.is_ready(pack, set)
    }

    /// Builds and runs a program of one file with the dependencies of a set, which reads `input`. What it prints is told as events,
    /// as much of it as a person could read.
    pub async fn play(
        &self,
        pack: &Arc<Pack>,
        set: &str,
        code: &str,
        input: impl Into<Input>,
        mut emit: impl FnMut(PlayEvent) + Send,
        cancel: &CancellationToken,
    ) -> Result<PlayEnd, Obstacle> {
        let streams = Streams { input: input.into(), output: None };
        self.workshop.play(pack, set, code, streams, &mut emit, cancel).await
    }

    /// The same with all that it prints sent to `output`, byte for byte, both streams as they came: the program waits where nobody
    /// takes it, and is ended where nobody will.
    pub async fn play_whole(
        &self,
        pack: &Arc<Pack>,
        set: &str,
        code: &str,
        (input, output): (impl Into<Input>, mpsc::Sender<Vec<u8>>),
        mut emit: impl FnMut(PlayEvent) + Send,
        cancel: &CancellationToken,
    ) -> Result<PlayEnd, Obstacle> {
        let streams = Streams { input: input.into(), output: Some(output) };
        self.workshop.play(pack, set, code, streams, &mut emit, cancel).await
    }

    /// Formats a file's text with rustfmt.
    pub async fn format(&self, text: &str) -> Result<String, FormatError> {
        let commands = self.workshop.bare().await?;
        let rustfmt = commands.toolchain.rustfmt.clone().ok_or_else(no_rustfmt)?;
        let formatted = formatted(&self.workshop.ask(&commands.format(&rustfmt), text).await?)?;
        // A text of one line does not tell rustfmt how its lines end; it takes the system's way, which is not ours on Windows.
        Ok(if text.contains("\r\n") { formatted } else { formatted.replace("\r\n", "\n") })
    }

    /// The toolchain that everything is built with, and what its rustc calls itself.
    pub async fn toolchain(&self) -> Result<(Toolchain, String), Obstacle> {
        let commands = self.workshop.bare().await?;
        let version = self.workshop.ask(&commands.version(), "").await?;
        Ok((commands.toolchain, version.stdout.text().trim().to_owned()))
    }
}

const GOES_ON: &str = "the next time it goes on from there";

fn no_rustfmt() -> Obstacle {
    Obstacle::new(Cause::NoToolchain, "rustfmt is not installed; `rustup component add rustfmt` installs it")
}

/// The text that rustfmt gave, whole, or why there is none.
fn formatted(run: &Gathered) -> Result<String, FormatError> {
    let said = run.stderr.text().trim().to_owned();
    match run.ending {
        Ending::Code(0) if run.stdout.dropped() == 0 => Ok(run.stdout.text()),
        Ending::Code(1) => Err(FormatError::DoesNotParse(said)),
        _ => Err(Obstacle::new(Cause::Internal, format!("rustfmt did not format the file: {said}")).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo::Output;

    fn ran(code: i32, stdout: &str, stderr: &str) -> Result<String, FormatError> {
        let output = |text: &str| {
            let mut output = Output::new(16);
            output.push(text.as_bytes());
            output
        };
        formatted(&Gathered { ending: Ending::Code(code), stdout: output(stdout), stderr: output(stderr) })
    }

    #[test]
    fn only_the_whole_text_replaces_what_was_typed() {
        assert_eq!(ran(0, "fn f() {}\n", ""), Ok("fn f() {}\n".to_owned()));
        assert!(matches!(ran(0, "fn much_too_long() {}\n", ""), Err(FormatError::Unavailable(_))));
    }

    #[test]
    fn a_rustfmt_that_does_not_answer_is_no_mistake_in_the_file() {
        assert_eq!(ran(1, "", "error: x\n"), Err(FormatError::DoesNotParse("error: x".to_owned())));
        assert!(matches!(ran(126, "", "cannot start"), Err(FormatError::Unavailable(_))));
    }
}
