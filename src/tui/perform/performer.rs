//! Each effect handed to the part that performs it.

use std::sync::Arc;
use std::time::Duration;

use crate::app::Effect;
use crate::app::effect::{ExerciseKey, TextKey};
use crate::app::message::{JobEvent, JobId, Message, Notice, NoticeLevel};
use crate::check::{Engine, Scope};
use crate::failure::Failure;
use crate::pack::Pack;
use crate::settings::Settings;
use crate::tui::perform::editor::{self, EditorCall};
use crate::tui::perform::files::{FileKeeper, Subject, TextPlace};
use crate::tui::perform::jobs::Jobs;
use crate::tui::perform::keeper::Keeper;
use crate::tui::runtime::Sender;

/// The longest text put on the terminal's clipboard; terminals drop longer ones without a word.
const CLIPBOARD: usize = 64 * 1024;

/// How long an end of the app waits for files to be written.
const SAVES: Duration = Duration::from_secs(10);

/// Performs effects and sends back what comes of them.
#[derive(Debug)]
pub struct Performer {
    packs: Vec<Arc<Pack>>,
    files: FileKeeper,
    progress: Keeper,
    jobs: Jobs,
    sender: Sender,
}

/// What only the loop itself can do, for it holds the terminal.
#[derive(Debug)]
pub enum Request {
    /// Write a control sequence to the terminal.
    Write(String),
    /// Take the terminal over again and draw all.
    Redraw,
    /// Hand the terminal to an editor; the job hears of its end, and then the exercise's files are read again.
    Edit(JobId, EditorCall, Subject),
    /// Suspend to the shell.
    Suspend,
    /// End.
    Quit,
}

impl Performer {
    /// A performer on the current runtime that reports to `sender`.
    pub fn new(settings: &Settings, packs: Vec<Arc<Pack>>, sender: Sender) -> Result<Self, Failure> {
        let engine = Engine::new(settings.home.clone(), settings.supervisor.clone());
        let refused = |error: std::io::Error| {
            Failure::unjudged("the app cannot start its threads").because(error.to_string())
        };
        Ok(Self {
            packs,
            files: FileKeeper::new(engine.sandbox().clone(), sender.clone()).map_err(refused)?,
            progress: Keeper::new(&settings.home, sender.clone()).map_err(refused)?,
            jobs: Jobs::new(engine, sender.clone()),
            sender,
        })
    }

    /// Performs an effect, or hands back what the loop must do.
    pub fn perform(&mut self, effect: Effect) -> Option<Request> {
        match effect {
            Effect::StartCheck { id, exercise, backtrace_of } => {
                let scope = backtrace_of.map_or(Scope::All, Scope::Backtrace);
                let start = self.jobs.check(id, self.subject(&exercise)?, scope);
                self.files.then(start);
            }
            Effect::StartPlay { id, pack, set, code } => self.jobs.play(id, self.pack(&pack)?, set, code),
            Effect::SendInput(id, text) => self.jobs.input(id, text),
            Effect::StartWarm { id, pack, set } => self.jobs.warm(id, self.pack(&pack)?, set),
            Effect::LookForSet { pack, set } => {
                let pack = self.pack(&pack)?;
                self.jobs.look_for_set(&pack, set);
            }
            Effect::Cancel(id) => self.jobs.cancel(id),
            Effect::Format { id, text } => self.jobs.format(id, text),
            Effect::OpenExercise(key) => self.files.open(self.subject(&key)?),
            Effect::Save { key, text, version } => self.save(key, text, version)?,
            Effect::ResetExercise(key) => self.files.reset(self.subject(&key)?),
            Effect::RestoreExercise(key) => self.files.restore(self.subject(&key)?),
            Effect::ListVersions(key) => self.files.versions(self.place(&key)?, key),
            Effect::ReadPlayground { pack } => self.files.read_playground(self.pack(&pack)?),
            Effect::WatchFiles(key) => {
                let subject = key.and_then(|key| self.subject(&key));
                self.files.watch(subject.clone());
                self.jobs.begin_ahead(subject);
            }
            Effect::EditOutside { id, exercise, path, line } => {
                return self.edit(id, self.subject(&exercise)?, &path, line);
            }
            Effect::SaveProgress(changes) => self.progress.keep(changes),
            Effect::CopyText(text) => return self.copy(&text),
            Effect::OpenLink(url) => return self.open_link(&url),
            Effect::Suspend => return Some(Request::Suspend),
            Effect::Quit => return Some(Request::Quit),
        }
        None
    }

    /// Resolves when every file that was to be saved has been.
    pub async fn saved(&self) {
        within(self.files.idle(), self.progress.idle()).await;
    }

    /// Reads an exercise's files again, after another program had them.
    pub fn reread(&self, subject: Subject) {
        self.files.reread(subject);
    }

    /// Ends: what is typed is saved, what runs is stopped.
    pub async fn end(&mut self) {
        tokio::join!(within(self.files.idle(), self.progress.idle()), self.jobs.end());
    }

    fn save(&self, key: TextKey, text: String, version: u64) -> Option<()> {
        self.files.save(self.place(&key)?, key, text, version);
        Some(())
    }

    fn place(&self, key: &TextKey) -> Option<TextPlace> {
        Some(match key {
            TextKey::File { exercise, path } => TextPlace::File(self.subject(exercise)?, path.clone()),
            TextKey::Playground { pack } => TextPlace::Playground(self.pack(pack)?),
        })
    }

    fn pack(&self, id: &str) -> Option<Arc<Pack>> {
        self.packs.iter().find(|pack| pack.id == id).cloned()
    }

    fn subject(&self, key: &ExerciseKey) -> Option<Subject> {
        Subject::find(&self.packs, key)
    }

    fn edit(&self, id: JobId, subject: Subject, path: &str, line: usize) -> Option<Request> {
        let directory = self.files.sandbox().crate_dir(&subject.pack, subject.exercise());
        match editor::call(|name| std::env::var(name).ok(), &directory, path, line) {
            Ok(call) => Some(Request::Edit(id, call, subject)),
            Err(why) => {
                let notice = Notice::new(NoticeLevel::Warning, why);
                self.sender.send(Message::Job(id, JobEvent::EditorClosed(Err(notice))));
                None
            }
        }
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

    /// Opens a link outside; where nothing here does that, as on a machine that is reached from afar, copies it.
    fn open_link(&self, url: &str) -> Option<Request> {
        if !["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)) {
            self.note(NoticeLevel::Warning, format!("only web links can be opened: {url}"));
            return None;
        }
        open::that_detached(url).err()?;
        self.note(
            NoticeLevel::Warning,
            format!("nothing here opens web links; copied to the clipboard: {url}"),
        );
        self.copy(url)
    }

    fn note(&self, level: NoticeLevel, text: impl Into<String>) {
        self.sender.send(Message::Noted(Notice::new(level, text)));
    }
}

/// Waits for both, but not for ever: a disk that hangs must not keep the app.
async fn within(files: impl Future<Output = ()>, progress: impl Future<Output = ()>) {
    let both = async { tokio::join!(files, progress) };
    let _ = tokio::time::timeout(SAVES, both).await;
}
