//! Jobs of the engine: each a task with a number, cancelled by it, its events sent back under it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::message::{JobEvent, JobId, Message, Notice, NoticeLevel, PlayEvent, WarmEvent};
use crate::check::{self, Engine, FormatError, Obstacle, PlayEnd, Scope};
use crate::pack::{Kind, Pack};
use crate::tui::perform::files::Subject;
use crate::tui::runtime::Sender;

/// How long jobs have to kill and reap what they started when the app ends.
const FAREWELL: Duration = Duration::from_secs(4);

/// The jobs that run.
#[derive(Debug)]
pub struct Jobs {
    engine: Engine,
    tasks: TaskTracker,
    tokio: Handle,
    running: HashMap<JobId, Job>,
    /// Cancelled when the exercise is left whose builds are begun ahead.
    ahead: CancellationToken,
    sender: Sender,
}

/// A job as it is kept until it has ended.
#[derive(Debug)]
struct Job {
    /// Cancelled to stop it, and by its task when it has ended.
    cancel: CancellationToken,
    input: Option<mpsc::UnboundedSender<String>>,
}

impl Jobs {
    /// No jobs yet; they run on the current runtime.
    pub fn new(engine: Engine, sender: Sender) -> Self {
        Self {
            engine,
            tasks: TaskTracker::new(),
            tokio: Handle::current(),
            running: HashMap::new(),
            ahead: CancellationToken::new(),
            sender,
        }
    }

    /// What starts a check: to be called when the learner's files are saved.
    pub fn check(&mut self, id: JobId, subject: Subject, scope: Scope) -> impl FnOnce() + Send + 'static {
        let (cancel, engine, sender) = (self.begin(id, None), self.engine.clone(), self.sender.clone());
        let (tasks, tokio, ahead) = (self.tasks.clone(), self.tokio.clone(), self.ahead.clone());
        let task = async move {
            let emit = |event| sender.send(Message::Job(id, JobEvent::Check(event)));
            // Of a quiz it is proved what the pack says.
            let is_quiz = subject.exercise().kind == Kind::Quiz;
            let judged = if is_quiz { check::Subject::Solution } else { check::Subject::Learner };
            engine.check(&subject.pack, subject.exercise(), judged, scope, emit, &cancel).await;
            // Where another check took its place, that one begins the next build, and is not to wait for this one's.
            if !cancel.is_cancelled() {
                cancel.cancel();
                engine.begin_ahead(&subject.pack, subject.exercise(), &ahead).await;
            }
        };
        // Counted from now on, so that an end of the app waits for it even if it has not begun.
        let counted = tasks.track_future(task);
        move || {
            tokio.spawn(counted);
        }
    }

    /// Begins the build of the next check of an exercise; without one, ends what waits.
    pub fn begin_ahead(&mut self, subject: Option<Subject>) {
        let (engine, cancel) = (self.engine.clone(), CancellationToken::new());
        std::mem::replace(&mut self.ahead, cancel.clone()).cancel();
        let task = async move {
            match subject {
                Some(subject) => engine.begin_ahead(&subject.pack, subject.exercise(), &cancel).await,
                None => engine.end_ahead().await,
            }
        };
        self.tasks.spawn_on(task, &self.tokio);
    }

    /// Builds and runs a program.
    pub fn play(&mut self, id: JobId, pack: Arc<Pack>, set: String, code: String) {
        let (input, given) = mpsc::unbounded_channel();
        let (cancel, engine, sender) =
            (self.begin(id, Some(input)), self.engine.clone(), self.sender.clone());
        self.tasks.spawn_on(
            async move {
                let emit = |event| sender.send(Message::Job(id, JobEvent::Play(play_event(event))));
                let end = engine.play(&pack, &set, &code, given, emit, &cancel).await;
                sender.send(Message::Job(id, JobEvent::Play(play_end(&end))));
                cancel.cancel();
            },
            &self.tokio,
        );
    }

    /// Gives a running program input, or ends it.
    pub fn input(&mut self, id: JobId, text: Option<String>) {
        let Some(job) = self.running.get_mut(&id) else { return };
        match (&job.input, text) {
            // A program that has ended reads nothing more.
            (Some(input), Some(text)) => drop(input.send(text)),
            _ => job.input = None,
        }
    }

    /// Makes a dependency set ready.
    pub fn warm(&mut self, id: JobId, pack: Arc<Pack>, set: String) {
        let (cancel, engine, sender) = (self.begin(id, None), self.engine.clone(), self.sender.clone());
        self.tasks.spawn_on(
            async move {
                let send = |event| sender.send(Message::Job(id, JobEvent::Warm(event)));
                let emit = |event| {
                    if let Some(event) = warm_event(&event) {
                        send(event);
                    }
                };
                send(match engine.warm(&pack, &set, emit, &cancel).await {
                    Ok(()) => WarmEvent::Ready,
                    Err(obstacle) => WarmEvent::Refused(notice_of(&obstacle)),
                });
                cancel.cancel();
            },
            &self.tokio,
        );
    }

    /// Looks whether a dependency set is built.
    pub fn look_for_set(&self, pack: &Pack, set: String) {
        let built = self.engine.is_built(pack, &set);
        self.sender.send(Message::SetFound { pack: pack.id.clone(), set, built });
    }

    /// Formats a text.
    pub fn format(&mut self, id: JobId, text: String) {
        let (engine, sender) = (self.engine.clone(), self.sender.clone());
        self.tasks.spawn_on(
            async move {
                let formatted = engine.format(&text).await.map_err(|error| match error {
                    FormatError::DoesNotParse(said) => not_parsed(&said),
                    FormatError::Unavailable(obstacle) => notice_of(&obstacle),
                });
                sender.send(Message::Job(id, JobEvent::Formatted(formatted)));
            },
            &self.tokio,
        );
    }

    /// Stops a job.
    pub fn cancel(&mut self, id: JobId) {
        if let Some(job) = self.running.remove(&id) {
            job.cancel.cancel();
        }
    }

    /// Stops all jobs and waits until they have cleaned up after themselves.
    pub async fn end(&mut self) {
        self.running.drain().for_each(|(_, job)| job.cancel.cancel());
        self.ahead.cancel();
        self.tasks.close();
        // The supervisor of each child ends it in any case when this process is gone.
        let all = async { tokio::join!(self.tasks.wait(), self.engine.end_ahead()) };
        let _ = tokio::time::timeout(FAREWELL, all).await;
    }

    /// Takes a new job into account and forgets those that have ended.
    fn begin(&mut self, id: JobId, input: Option<mpsc::UnboundedSender<String>>) -> CancellationToken {
        self.running.retain(|_, job| !job.cancel.is_cancelled());
        let cancel = CancellationToken::new();
        self.running.insert(id, Job { cancel: cancel.clone(), input });
        cancel
    }
}

/// What rustfmt says of a text that does not parse: the first error, and its line and column.
fn not_parsed(said: &str) -> Notice {
    let place = said.lines().find_map(|line| line.trim_start().strip_prefix("--> <stdin>:"));
    let place = place.map_or(String::new(), |place| format!(" at {place}"));
    Notice {
        level: NoticeLevel::Warning,
        text: format!("not formatted: the file does not parse{place}"),
        details: said.lines().next().map(str::to_owned).into_iter().collect(),
    }
}

fn play_event(event: check::PlayEvent) -> PlayEvent {
    match event {
        check::PlayEvent::Waiting(_) => PlayEvent::Waiting,
        check::PlayEvent::Fetching { done, total } => PlayEvent::Fetching(done, total),
        check::PlayEvent::Building { unit, done, total } => PlayEvent::Building(unit, done, total),
        check::PlayEvent::Diagnosed(diagnostic) => PlayEvent::Diagnosed(diagnostic),
        check::PlayEvent::Started => PlayEvent::Started,
        check::PlayEvent::Printed(text) => PlayEvent::Printed(text),
        check::PlayEvent::Dropped(bytes) => PlayEvent::Dropped(bytes),
    }
}

fn play_end(end: &Result<PlayEnd, Obstacle>) -> PlayEvent {
    let (how, success) = match end {
        Ok(PlayEnd::DidNotCompile) => ("did not compile".to_owned(), false),
        Ok(PlayEnd::Exited(status)) => (format!("exit status {status}"), *status == 0),
        Ok(PlayEnd::Signalled(signal)) => (format!("killed by {}", check::signal_name(*signal)), false),
        Ok(PlayEnd::Stopped) => ("stopped".to_owned(), false),
        Ok(PlayEnd::TimedOut) => ("stopped: it ran longer than it may".to_owned(), false),
        Err(obstacle) => return PlayEvent::Refused(notice_of(obstacle)),
    };
    PlayEvent::Ended { how, success }
}

fn warm_event(event: &check::WarmEvent) -> Option<WarmEvent> {
    match *event {
        check::WarmEvent::Fetching { done, total } => Some(WarmEvent::Fetching { done, total }),
        check::WarmEvent::Building { done, total, .. } => Some(WarmEvent::Building { done, total }),
        check::WarmEvent::Waiting(_) => None,
    }
}

/// The first line of an explanation is what, the others are why and what to do.
fn notice_of(obstacle: &Obstacle) -> Notice {
    let mut lines = obstacle.explanation.lines().map(str::to_owned);
    Notice {
        level: NoticeLevel::Warning,
        text: lines.next().unwrap_or_else(|| "it could not be done".to_owned()),
        details: lines.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_does_not_parse_is_told_with_its_place() {
        let said = "error: this file contains an unclosed delimiter\n --> <stdin>:1:14\n  |\n";
        let notice = not_parsed(said);
        assert_eq!(notice.text, "not formatted: the file does not parse at 1:14");
        assert_eq!(notice.details, ["error: this file contains an unclosed delimiter"]);
        assert_eq!(not_parsed("").text, "not formatted: the file does not parse");
    }
}
