//! Effects performed: the only place where the app touches the world.

use crate::app::Effect;
use crate::app::message::{Message, Notice, NoticeLevel};
use crate::tui::runtime::Sender;

/// The longest text put on the terminal's clipboard; terminals drop longer ones without a word.
const CLIPBOARD: usize = 64 * 1024;

/// Performs effects and sends back what comes of them.
#[derive(Debug)]
pub struct Performer {
    sender: Sender,
}

/// What only the loop itself can do, for it holds the terminal.
#[derive(Debug)]
pub enum Request {
    /// Write a control sequence to the terminal.
    Write(String),
    /// Take the terminal over again and draw all.
    Redraw,
    /// Suspend to the shell.
    Suspend,
    /// End.
    Quit,
}

impl Performer {
    /// A performer that reports to `sender`.
    pub fn new(sender: Sender) -> Self {
        Self { sender }
    }

    /// Performs an effect, or hands back what the loop must do.
    pub fn perform(&mut self, effect: Effect) -> Option<Request> {
        match effect {
            Effect::Quit => return Some(Request::Quit),
            Effect::Suspend => return Some(Request::Suspend),
            Effect::CopyText(text) => return self.copy(&text),
            Effect::OpenLink(url) => self.open_link(&url),
            _ => {}
        }
        None
    }

    fn copy(&self, text: &str) -> Option<Request> {
        use crossterm::Command;
        if text.len() > CLIPBOARD {
            self.note(
                NoticeLevel::Warning,
                "too long for the terminal's clipboard; copied within the app only",
            );
            return None;
        }
        let mut sequence = String::new();
        crossterm::clipboard::CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence).ok()?;
        Some(Request::Write(sequence))
    }

    fn open_link(&self, url: &str) {
        if !["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)) {
            self.note(NoticeLevel::Warning, format!("only web links can be opened: {url}"));
            return;
        }
        if let Err(error) = open::that_detached(url) {
            self.note(NoticeLevel::Error, format!("cannot open {url}: {error}"));
        }
    }

    fn note(&self, level: NoticeLevel, text: impl Into<String>) {
        self.sender.send(Message::Noted(Notice::new(level, text)));
    }
}
