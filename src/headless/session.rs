//! What every subcommand works with: the settings, the packs, the streams, the stores.

use std::iter;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::runtime::{Builder, Runtime};
use tokio_util::sync::CancellationToken;

use crate::check::Engine;
use crate::failure::Failure;
use crate::headless::console::Console;
use crate::headless::names::{self, Chosen};
use crate::headless::quiz::how_to_answer;
use crate::pack::{Kind, Pack};
use crate::progress::{Change, Record, Store};
use crate::sandbox::Sandbox;
use crate::settings::Settings;

/// One run of a subcommand.
#[derive(Debug)]
pub struct Session {
    /// What the person asked for.
    pub settings: Settings,
    /// The packs that are open.
    pub packs: Vec<Arc<Pack>>,
    /// Where everything is written.
    pub console: Console,
    /// The learner's files.
    pub sandbox: Sandbox,
    /// Builds and judges.
    pub engine: Engine,
}

impl Session {
    /// A session on these packs. Nothing is read or written yet.
    pub fn new(settings: Settings, packs: Vec<Arc<Pack>>) -> Self {
        let console = Console::new(settings.color, settings.plain, settings.ascii);
        let sandbox = Sandbox::new(settings.home.clone());
        let engine = Engine::new(settings.home.clone(), settings.supervisor.clone());
        Self { settings, packs, console, sandbox, engine }
    }

    /// The exercise of this name.
    pub fn exercise(&self, name: &str) -> Result<Chosen, Failure> {
        names::exercise(&self.packs, name)
    }

    /// The same for what needs files to work on, of which a quiz has none.
    pub fn exercise_with_files(&self, name: &str) -> Result<Chosen, Failure> {
        with_files(self.exercise(name)?)
    }

    /// What the learner has done.
    pub fn record(&mut self) -> Result<Record, Failure> {
        let store = Store::open(self.settings.home.progress());
        let mut loaded = store.load()?;
        if let Some(notice) = loaded.notice.take() {
            self.console.warn(&notice);
        }
        for pack in &self.packs {
            loaded.record.carry_over(pack);
        }
        Ok(loaded.record)
    }

    /// Stores what the learner has done. Where that cannot be done, it is said, and what was asked for is done all the same.
    pub fn keep(&mut self, changes: &[Change]) {
        if changes.is_empty() {
            return;
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let store = Store::open(self.settings.home.progress());
        // What is known under former ids comes along first: it would not be taken over what is known under the new ones.
        let carried = self.packs.iter().map(|pack| store.carry_over(pack));
        let kept: Result<Vec<_>, _> = carried.chain(iter::once_with(|| store.apply(changes, now))).collect();
        match kept {
            Ok(kept) => {
                kept.iter().filter_map(|kept| kept.notice.as_ref()).for_each(|it| self.console.warn(it));
            }
            Err(e) => self.console.warn(&format!("progress is not recorded: {e}")),
        }
    }

    /// The threads that jobs run on.
    pub fn runtime() -> Result<Runtime, Failure> {
        Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|e| Failure::unjudged("no threads could be started").because(e.to_string()))
    }
}

/// The same exercise, unless it is a quiz, which has no files to work on.
pub fn with_files(chosen: Chosen) -> Result<Chosen, Failure> {
    let exercise = chosen.exercise();
    let id = &exercise.id;
    if exercise.kind == Kind::Quiz {
        return Err(Failure::usage(format!("`{id}` is a quiz: it has questions, and no files"))
            .hint(how_to_answer(exercise))
            .hint(format!("`patterns-tui show {id}` shows the questions")));
    }
    Ok(chosen)
}

/// A token that is cancelled by Ctrl-C or a request to end.
pub fn cancelled_by_signals(runtime: &Runtime) -> CancellationToken {
    let cancel = CancellationToken::new();
    let token = cancel.clone();
    runtime.spawn(async move {
        asked_to_end().await;
        token.cancel();
    });
    cancel
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};

    let signals = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(signal);
    let [Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)] = signals else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
