//! The loop: wait, drain what has come, update, perform, draw once. Nothing wakes it but an event or a time that the
//! app asked for.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::app::drafts;
use crate::app::message::{FilesEvent, Input, JobEvent, JobId, Message, Notice, NoticeLevel};
use crate::app::update::{next_tick, on_command};
use crate::app::{Command, Effect, Model, update};
use crate::failure::Failure;
use crate::pack::Pack;
use crate::progress::{HomeLock, LockError};
use crate::settings::Settings;
use crate::text::code;
use crate::tui::listener::Listener;
use crate::tui::opening;
use crate::tui::perform::editor::EditorCall;
use crate::tui::perform::files::Subject;
use crate::tui::perform::{Performer, Request};
use crate::tui::signals::{self, Signal};
use crate::tui::terminal::{self, Terminal};
use crate::tui::theme::Depth;
use crate::tui::view::Cache;

/// The least time between two frames while nobody presses a key.
const FRAME: Duration = Duration::from_millis(8);

/// The most messages taken in before a frame is drawn.
const BATCH: usize = 512;

/// What the loop is told.
#[derive(Debug)]
pub enum News {
    /// Something happened to the app.
    App(Message),
    /// The system wants something of the process.
    Signal(Signal),
}

/// Where everything that happens is sent.
#[derive(Debug, Clone)]
pub struct Sender(mpsc::UnboundedSender<News>);

impl Sender {
    /// What sends to the other end of this channel.
    pub(super) const fn new(channel: mpsc::UnboundedSender<News>) -> Self {
        Self(channel)
    }

    /// Tells the app; without effect when it is ending.
    pub fn send(&self, message: Message) {
        let _ = self.0.send(News::App(message));
    }

    /// Tells the loop of a signal.
    pub fn signal(&self, signal: Signal) {
        let _ = self.0.send(News::Signal(signal));
    }
}

/// Runs the app on these packs, of which there is at least one, until it is left.
pub fn run(settings: &Settings, packs: Vec<Arc<Pack>>) -> Result<(), Failure> {
    terminal::end_on_panic();
    let tokio =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(
            |error| Failure::unjudged("the app cannot start its threads").because(error.to_string()),
        )?;
    let ended = tokio.block_on(live(settings, packs));
    terminal::restore();
    // Threads that still wait for the terminal or a file must not keep the process.
    tokio.shutdown_background();
    ended
}

async fn live(settings: &Settings, packs: Vec<Arc<Pack>>) -> Result<(), Failure> {
    let (sender, news) = mpsc::unbounded_channel();
    let sender = Sender::new(sender);
    // Before the terminal is taken, or a signal could end the process without giving it back.
    signals::listen(&sender)?;
    // And so is this, or a second app would flash its screen before it says that there is a first.
    let lock = match HomeLock::acquire(&settings.home) {
        Err(error @ LockError::Taken { .. }) => {
            return Err(Failure::usage(error.to_string()).hint(error.hint()));
        }
        other => other,
    };
    let mut terminal = Terminal::take(Depth::of(settings.color))?;
    let mut model = opening::model(settings, packs);
    if let Err(error) = &lock {
        model.note(NoticeLevel::Warning, format!("nothing can be kept: {error}; {}", error.hint()));
    }
    let mut cache = Cache::default();
    terminal.draw(&model, &mut cache)?;

    // All else waits until the person sees something.
    // Grammars take tens of milliseconds to make ready, which no page should have to wait for.
    tokio::task::spawn_blocking(code::warm);
    let mut app = App {
        listener: Some(Listener::start(&sender, &mut terminal, model.size, !model.look.chosen)?),
        performer: Performer::new(settings, model.packs.clone(), sender.clone())?,
        model,
        terminal,
        cache,
        news,
        backlog: VecDeque::new(),
        sender,
        warned: false,
        started: Instant::now(),
    };
    let ended = app.run().await;
    if ended.is_err() {
        app.perish().await;
    }
    ended
}

/// Leaves the last of all changes of the terminal's size; says whether there was one.
fn only_last_size(batch: &mut Vec<News>) -> bool {
    let is_size = |news: &News| {
        matches!(news, News::Signal(Signal::Resized) | News::App(Message::Input(Input::Resize(..))))
    };
    let sizes = batch.iter().filter(|news| is_size(news)).count();
    let mut left = sizes;
    batch.retain(|news| {
        left -= usize::from(is_size(news));
        left == 0 || !is_size(news)
    });
    sizes > 0
}

/// The loop and what it holds.
struct App {
    model: Model,
    terminal: Terminal,
    cache: Cache,
    news: mpsc::UnboundedReceiver<News>,
    /// News that came while another program had the terminal.
    backlog: VecDeque<News>,
    sender: Sender,
    /// Whether the person knows that something would be lost by an end now, or cannot be asked.
    warned: bool,
    listener: Option<Listener>,
    performer: Performer,
    started: Instant,
}

impl App {
    async fn run(&mut self) -> Result<(), Failure> {
        let mut drawn = Instant::now();
        let mut stale = false;
        loop {
            let first = self.wait(stale.then(|| drawn + FRAME)).await;
            let mut batch = self.drain(first);
            if only_last_size(&mut batch) {
                self.terminal.forget();
            }
            let urgent =
                batch.is_empty() || batch.iter().any(|news| matches!(news, News::App(Message::Input(_))));
            self.warned &= drafts::refusal(&self.model).is_some();
            let mut requests = self.take(Message::Tick(self.started.elapsed()));
            for news in batch {
                requests.extend(match news {
                    News::App(message) => self.take(message),
                    News::Signal(signal) => self.obey(signal),
                });
            }
            for request in requests {
                if !matches!(request, Request::Quit) {
                    self.answer(request).await?;
                } else if self.may_end().await {
                    return self.end().await;
                }
            }
            stale = !urgent && drawn.elapsed() < FRAME;
            if !stale {
                self.terminal.draw(&self.model, &mut self.cache)?;
                drawn = Instant::now();
                stale = self.cache.unfinished;
            }
        }
    }

    /// Waits for news, or for the time when a frame is due or the app wants to be woken: then there is none.
    async fn wait(&mut self, frame: Option<Instant>) -> Option<News> {
        if let Some(news) = self.backlog.pop_front() {
            return Some(news);
        }
        let tick = next_tick(&self.model).map(|wait| Instant::now() + wait);
        let Some(due) = [frame, tick].into_iter().flatten().min() else { return self.news.recv().await };
        tokio::select! {
            biased;
            news = self.news.recv() => news,
            () = tokio::time::sleep_until(due.into()) => None,
        }
    }

    /// What came first and all that has come by now, within reason.
    fn drain(&mut self, first: Option<News>) -> Vec<News> {
        let mut batch = Vec::from_iter(first);
        batch.extend(self.backlog.drain(..));
        while batch.len() < BATCH
            && let Ok(news) = self.news.try_recv()
        {
            batch.push(news);
        }
        batch
    }

    fn take(&mut self, message: Message) -> Vec<Request> {
        let effects = update(&mut self.model, message);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Vec<Request> {
        effects.into_iter().filter_map(|effect| self.performer.perform(effect)).collect()
    }

    fn obey(&mut self, signal: Signal) -> Vec<Request> {
        match signal {
            Signal::End | Signal::Interrupt => {
                self.warned = true;
                let effects = on_command(&mut self.model, Command::Quit);
                self.perform(effects)
            }
            Signal::Suspend => {
                let effects = on_command(&mut self.model, Command::Suspend);
                self.perform(effects)
            }
            Signal::Continued => vec![Request::Redraw],
            Signal::Resized => self.resize(),
        }
    }

    /// Does what only the loop can.
    async fn answer(&mut self, request: Request) -> Result<(), Failure> {
        match request {
            Request::Write(sequence) => self.terminal.write(&sequence),
            Request::Suspend if signals::can_suspend() => {
                self.performer.saved().await;
                terminal::restore();
                signals::suspend().await?;
                self.retake()
            }
            Request::Redraw => self.retake(),
            Request::Edit(id, call, subject) => self.edit(id, call, subject).await,
            Request::Suspend => {
                self.model.note(NoticeLevel::Warning, "no shell started the app that it could go back to");
                Ok(())
            }
            Request::Quit => Ok(()),
        }
    }

    /// Saves what is typed; where that fails, the app stays, says so, and ends when it is asked again.
    async fn may_end(&mut self) -> bool {
        self.performer.saved().await;
        self.hear_of_saves();
        if drafts::refusal(&self.model).is_none() {
            return true;
        }
        let stays = !std::mem::replace(&mut self.warned, true);
        if stays && let Some(refusal) = drafts::refusal(&self.model).cloned() {
            let text = format!("not left: {}; leave again to lose what is not saved", refusal.text);
            self.model.notice = Some(Notice { text, ..refusal });
        }
        !stays
    }

    /// Takes what has been said of saves by now, and leaves all else for later.
    fn hear_of_saves(&mut self) {
        while let Ok(news) = self.news.try_recv() {
            match news {
                News::App(
                    message @ Message::Files(FilesEvent::Saved { .. } | FilesEvent::NotSaved { .. }),
                ) => {
                    // Nothing is to be done about it but to know.
                    update(&mut self.model, message);
                }
                other => self.backlog.push_back(other),
            }
        }
    }

    /// Stops what runs, and says what could not be saved.
    async fn end(&mut self) -> Result<(), Failure> {
        self.performer.end().await;
        self.hear_of_saves();
        match drafts::refusal(&self.model).cloned() {
            None => Ok(()),
            Some(notice) => {
                let failure = Failure::unjudged(notice.text);
                Err(notice.details.into_iter().fold(failure, Failure::hint))
            }
        }
    }

    /// Saves what is typed when the loop cannot go on. Whatever touches a terminal that is gone may be told so before the
    /// signal that says it has come: then nothing else has saved the last words.
    async fn perish(&mut self) {
        for news in self.drain(None) {
            if let News::App(message) = news {
                self.take(message);
            }
        }
        let effects = on_command(&mut self.model, Command::Quit);
        self.perform(effects);
        self.performer.end().await;
    }

    /// Hands the terminal to an editor until it ends.
    async fn edit(&mut self, id: JobId, call: EditorCall, subject: Subject) -> Result<(), Failure> {
        self.performer.saved().await;
        if let Some(listener) = self.listener.take() {
            listener.stop().await;
        }
        terminal::restore();
        let modes = terminal::modes();
        let ended = self.attend(&call).await;
        // An editor that was killed leaves the terminal as it needed it.
        terminal::set_modes(modes.as_ref());
        self.retake()?;
        self.listener = Some(Listener::start(&self.sender, &mut self.terminal, self.model.size, false)?);
        self.performer.reread(subject);
        self.sender.send(Message::Job(id, JobEvent::EditorClosed(ended)));
        Ok(())
    }

    /// Runs an editor on the terminal; Ctrl-C is its key meanwhile, and Ctrl-Z suspends both.
    async fn attend(&mut self, call: &EditorCall) -> Result<(), Notice> {
        let refused = |why: String| Notice::new(NoticeLevel::Error, format!("{}: {why}", call.program));
        let mut child = tokio::process::Command::new(&call.program)
            .args(&call.arguments)
            .current_dir(&call.directory)
            .spawn()
            .map_err(|error| Notice::new(NoticeLevel::Error, call.not_started(&error)))?;
        loop {
            tokio::select! {
                status = child.wait() => return match status {
                    Ok(status) if status.success() => Ok(()),
                    Ok(status) => Err(refused(format!("ended with {status}"))),
                    Err(error) => Err(refused(error.to_string())),
                },
                Some(news) = self.news.recv() => match news {
                    News::Signal(Signal::Suspend) => {
                        let _ = signals::suspend().await;
                    }
                    News::Signal(Signal::Interrupt | Signal::Continued | Signal::Resized) => {}
                    News::Signal(Signal::End) => {
                        self.backlog.push_back(News::Signal(Signal::End));
                        signals::end_child(&mut child).await;
                        return Ok(());
                    }
                    other => self.backlog.push_back(other),
                },
            }
        }
    }

    /// Takes the terminal over again, whatever its size is by now.
    fn retake(&mut self) -> Result<(), Failure> {
        self.terminal.retake()?;
        self.resize();
        Ok(())
    }

    /// Fits everything to the size that the terminal has by now.
    fn resize(&mut self) -> Vec<Request> {
        let size = crossterm::terminal::size();
        size.map_or_else(
            |_| Vec::new(),
            |(width, height)| self.take(Message::Input(Input::Resize(width, height))),
        )
    }
}
