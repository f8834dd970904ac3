//! The loop: wait, drain what has come, update, perform, draw once. Nothing wakes it but an event or a time that the
//! app asked for.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::sync::mpsc;

use crate::app::message::{Input, Message};
use crate::app::update::{next_tick, on_command};
use crate::app::{Command, Effect, Model, update};
use crate::failure::Failure;
use crate::pack::Pack;
use crate::progress::Record;
use crate::settings::{Settings, ThemeChoice};
use crate::tui::perform::{Performer, Request};
use crate::tui::reader::Reader;
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
    /// Tells the app; without effect when it is ending.
    pub fn send(&self, message: Message) {
        let _ = self.0.send(News::App(message));
    }

    /// Tells the loop of a signal.
    pub fn signal(&self, signal: Signal) {
        let _ = self.0.send(News::Signal(signal));
    }
}

/// Runs the app on these packs until it is left.
pub fn run(settings: &Settings, packs: Vec<Arc<Pack>>) -> Result<(), Failure> {
    terminal::end_on_panic();
    let mut terminal = Terminal::take(Depth::of(settings.color))?;
    let mut model = open(settings, packs);
    let mut cache = Cache::default();
    std::thread::spawn(crate::text::code::warm);
    terminal.draw(&model, &mut cache)?;

    let tokio =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(
            |error| Failure::unjudged("the app cannot start its threads").because(error.to_string()),
        )?;
    let ended = tokio.block_on(async {
        let (sender, news) = mpsc::unbounded_channel();
        let sender = Sender(sender);
        let mut app = App {
            reader: Reader::start(&sender, &mut terminal, !model.look.chosen)?,
            performer: Performer::new(sender.clone()),
            model: &mut model,
            terminal,
            cache,
            news,
            sender,
            started: Instant::now(),
        };
        signals::listen(&app.sender)?;
        app.run().await
    });
    terminal::restore();
    // Threads that still wait for the terminal or a file must not keep the process.
    tokio.shutdown_background();
    ended
}

/// The loop and what it holds.
struct App<'a> {
    model: &'a mut Model,
    terminal: Terminal,
    cache: Cache,
    news: mpsc::UnboundedReceiver<News>,
    sender: Sender,
    reader: Reader,
    performer: Performer,
    started: Instant,
}

impl App<'_> {
    async fn run(&mut self) -> Result<(), Failure> {
        let mut drawn = Instant::now();
        let mut stale = false;
        loop {
            let first = self.wait(stale.then(|| drawn + FRAME)).await;
            let mut urgent = first.is_none();
            let mut batch = Vec::from_iter(first);
            while batch.len() < BATCH
                && let Ok(news) = self.news.try_recv()
            {
                batch.push(news);
            }
            let mut requests = self.take(Message::Tick(self.started.elapsed()));
            for news in batch {
                urgent |= matches!(news, News::App(Message::Input(_)));
                requests.extend(match news {
                    News::App(message) => self.take(message),
                    News::Signal(signal) => self.obey(signal),
                });
            }
            for request in requests {
                if self.answer(request).await? {
                    return Ok(());
                }
            }
            stale = !urgent && drawn.elapsed() < FRAME;
            if !stale {
                self.terminal.draw(self.model, &mut self.cache)?;
                drawn = Instant::now();
                stale = self.cache.unfinished;
            }
        }
    }

    /// Waits for news, or for the time when a frame is due or the app wants to be woken: then there is none.
    async fn wait(&mut self, frame: Option<Instant>) -> Option<News> {
        let tick = next_tick(self.model).map(|wait| Instant::now() + wait);
        let Some(due) = [frame, tick].into_iter().flatten().min() else { return self.news.recv().await };
        tokio::select! {
            biased;
            news = self.news.recv() => news,
            () = tokio::time::sleep_until(due.into()) => None,
        }
    }

    fn take(&mut self, message: Message) -> Vec<Request> {
        let effects = update(self.model, message);
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Vec<Request> {
        effects.into_iter().filter_map(|effect| self.performer.perform(effect)).collect()
    }

    fn obey(&mut self, signal: Signal) -> Vec<Request> {
        match signal {
            Signal::End => {
                let effects = on_command(self.model, Command::Quit);
                self.perform(effects)
            }
            Signal::Suspend => vec![Request::Suspend],
            Signal::Continued => vec![Request::Redraw],
        }
    }

    /// Does what only the loop can; says whether the app ends.
    async fn answer(&mut self, request: Request) -> Result<bool, Failure> {
        match request {
            Request::Quit => return Ok(true),
            Request::Write(sequence) => self.terminal.write(&sequence)?,
            Request::Suspend => {
                if signals::can_suspend() {
                    terminal::restore();
                    signals::suspend().await?;
                    self.retake()?;
                }
            }
            Request::Redraw => self.retake()?,
        }
        Ok(false)
    }

    /// Takes the terminal over again, whatever its size is by now.
    fn retake(&mut self) -> Result<(), Failure> {
        self.terminal.retake()?;
        if let Ok((width, height)) = crossterm::terminal::size() {
            update(self.model, Message::Input(Input::Resize(width, height)));
        }
        Ok(())
    }
}

fn open(settings: &Settings, packs: Vec<Arc<Pack>>) -> Model {
    let size = crossterm::terminal::size().unwrap_or((80, 24));
    let epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let mut model = Model::new(packs, Record::default(), size, epoch);
    model.look.chosen = settings.theme != ThemeChoice::Auto;
    model.look.light = match settings.theme {
        ThemeChoice::Auto => hinted_light(std::env::var("COLORFGBG").ok().as_deref()),
        ThemeChoice::Dark => false,
        ThemeChoice::Light => true,
    };
    model.look.ascii = settings.ascii || !locale_is_utf8(|name| std::env::var(name).ok());
    model
}

/// What some terminals say of their colours in `COLORFGBG`: foreground, then background, by number.
fn hinted_light(colours: Option<&str>) -> bool {
    let background = colours.and_then(|colours| colours.rsplit(';').next()?.parse::<u8>().ok());
    matches!(background, Some(7 | 9..=15))
}

/// Whether the locale's character set is UTF-8; where no locale is set at all it is taken to be.
fn locale_is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set);
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::{hinted_light, locale_is_utf8};

    #[test]
    fn the_background_hint_is_its_last_number() {
        assert!(hinted_light(Some("0;15")));
        assert!(hinted_light(Some("0;default;7")));
        assert!(!hinted_light(Some("15;0")));
        assert!(!hinted_light(Some("nonsense")));
        assert!(!hinted_light(None));
    }

    #[test]
    fn the_first_locale_variable_that_is_set_counts() {
        let with = |all: &'static str, lang: &'static str| {
            locale_is_utf8(move |name| match name {
                "LC_ALL" => Some(all.to_owned()),
                "LANG" => Some(lang.to_owned()),
                _ => None,
            })
        };
        assert!(with("", "en_US.UTF-8"));
        assert!(!with("C", "en_US.UTF-8"));
        assert!(with("C.utf8", ""));
        assert!(locale_is_utf8(|_| None));
    }
}
