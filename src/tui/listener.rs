//! The task that listens to the terminal; it can be stopped, so that another program can have the terminal's input.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::event::{Event, EventStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_stream::StreamExt;

use crate::app::Message;
use crate::app::message::Input;
use crate::failure::Failure;
use crate::tui::answer::{AnswerFilter, HELD, Passed};
use crate::tui::input::Translator;
use crate::tui::runtime::Sender;
use crate::tui::signals::{self, Signal};
use crate::tui::terminal::Terminal;

/// The listening task.
#[derive(Debug)]
pub struct Listener {
    task: JoinHandle<()>,
    is_over: Arc<AtomicBool>,
}

/// How long the end of the task is waited for: longer than an event takes that comes at once.
const PATIENCE: Duration = Duration::from_secs(1);

impl Listener {
    /// Starts to listen to a terminal that is drawn on at this size; asks for its background first if that is wanted.
    pub fn start(
        sender: &Sender,
        terminal: &mut Terminal,
        drawn: (u16, u16),
        ask: bool,
    ) -> Result<Self, Failure> {
        // The Linux console answers no such question and would show parts of it; that of Windows passes an answer on as keys, of
        // which the first is Esc.
        let answers = std::env::var_os("TERM").is_none_or(|term| term != "linux" && term != "dumb");
        let ask = ask && answers && cfg!(unix);
        if ask {
            terminal.ask_for_background()?;
        }
        let filter = AnswerFilter::new(ask.then(Instant::now));
        // From here on changes of the size are told everywhere; one that came before is found by looking.
        let events = EventStream::new();
        if let Ok((width, height)) = crossterm::terminal::size()
            && (width, height) != drawn
        {
            sender.send(Message::Input(Input::Resize(width, height)));
        }
        let is_over = Arc::new(AtomicBool::new(false));
        let task = tokio::spawn(listen(events, sender.clone(), filter, Arc::clone(&is_over)));
        Ok(Self { task, is_over })
    }

    /// Stops listening and waits until the terminal's input is free.
    ///
    /// crossterm waits for input in a thread of its own, which goes on for a moment after the stream is dropped and would take what
    /// is typed for another program by then. After an event, until it is asked for the next one, it does not wait: so it gets one.
    pub async fn stop(mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        signals::tell_size();
        if timeout(PATIENCE, &mut self.task).await.is_err() {
            self.task.abort();
            // An aborted task ends in an error that says just that.
            let _ = self.task.await;
        }
    }
}

async fn listen(mut events: EventStream, sender: Sender, mut filter: AnswerFilter, is_over: Arc<AtomicBool>) {
    let mut translator = Translator::default();
    while !is_over.load(Ordering::SeqCst) {
        let next = if filter.holds() {
            let Ok(next) = timeout(HELD, events.next()).await else {
                forward(filter.give_up(), &mut translator, &sender);
                continue;
            };
            next
        } else {
            events.next().await
        };
        match next {
            Some(Ok(event)) => forward(filter.feed(event, Instant::now()), &mut translator, &sender),
            // The terminal is gone: nobody is there to read or to answer.
            Some(Err(_)) | None => return sender.signal(Signal::End),
        }
    }
}

fn forward(passed: Vec<Passed>, translator: &mut Translator, sender: &Sender) {
    for passed in passed {
        match passed {
            Passed::Background { light } => sender.send(Message::Background { light }),
            Passed::Event(event) => forward_event(event, translator, sender),
        }
    }
}

fn forward_event(event: Event, translator: &mut Translator, sender: &Sender) {
    if let Some(input) = translator.translate(event, Instant::now()) {
        sender.send(Message::Input(input));
    }
}
