//! The learner's files, read and written in the background, in order: what is judged is what was saved before.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::effect::{ExerciseKey, TextKey};
use crate::app::message::{FilesEvent, KeptVersion, Message, Notice, NoticeLevel, OpenedFile};
use crate::pack::{Exercise, Pack};
use crate::sandbox::{PLAYGROUND_TEXT, Sandbox, SandboxError, Version, Watch};
use crate::tui::perform::worker::Worker;
use crate::tui::runtime::Sender;

/// An exercise with the pack it is in.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The pack.
    pub pack: Arc<Pack>,
    /// The exercise's place in it.
    at: usize,
}

impl Subject {
    /// The exercise of this key, if it is among these packs.
    pub fn find(packs: &[Arc<Pack>], key: &ExerciseKey) -> Option<Self> {
        let pack = packs.iter().find(|pack| pack.id == key.pack)?.clone();
        let at = pack.exercises.iter().position(|exercise| exercise.id == key.exercise)?;
        Some(Self { pack, at })
    }

    /// The exercise.
    pub fn exercise(&self) -> &Exercise {
        &self.pack.exercises[self.at]
    }

    fn ids(&self) -> (String, String) {
        (self.pack.id.clone(), self.exercise().id.clone())
    }
}

/// A text of the learner's, where it is to be written.
#[derive(Debug, Clone)]
pub enum TextPlace {
    /// A file of an exercise.
    File(Subject, String),
    /// A pack's playground.
    Playground(Arc<Pack>),
}

/// Reads and writes the learner's files.
#[derive(Debug)]
pub struct FileKeeper {
    sandbox: Arc<Sandbox>,
    worker: Worker,
    watch: Arc<Mutex<Option<Watch>>>,
    sender: Sender,
}

impl FileKeeper {
    /// A keeper of the files in this sandbox.
    pub fn new(sandbox: Sandbox, sender: Sender) -> io::Result<Self> {
        let sandbox = Arc::new(sandbox);
        Ok(Self { sandbox, worker: Worker::start("files")?, watch: Arc::default(), sender })
    }

    /// The sandbox, for places in it.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Does something after all reads and writes that were asked for before.
    pub fn then(&self, task: impl FnOnce() + Send + 'static) {
        self.worker.give(task);
    }

    /// Resolves when all that was asked for is done.
    pub fn idle(&self) -> impl Future<Output = ()> + 'static {
        self.worker.idle()
    }

    /// Places an exercise and reads its files.
    pub fn open(&self, subject: Subject) {
        self.answer(move |sandbox| opened(sandbox, &subject));
    }

    /// Writes one text; says whether it was.
    pub fn save(&self, place: TextPlace, key: TextKey, text: String, version: u64) {
        let (sandbox, sender) = (self.sandbox.clone(), self.sender.clone());
        self.worker.give(move || {
            let written = match &place {
                TextPlace::File(subject, path) => {
                    sandbox.write(&subject.pack, subject.exercise(), path, &text)
                }
                TextPlace::Playground(pack) => sandbox.write_playground(pack, &text),
            };
            sender.send(Message::Files(match written {
                Ok(()) => FilesEvent::Saved { key, version },
                Err(error) => FilesEvent::NotSaved { key, version, notice: notice_of(&error) },
            }));
        });
    }

    /// Puts the starter back.
    pub fn reset(&self, subject: Subject) {
        self.answer(move |sandbox| {
            sandbox.reset(&subject.pack, subject.exercise())?;
            opened(sandbox, &subject)
        });
    }

    /// Brings back the files from before the last reset.
    pub fn restore(&self, subject: Subject) {
        self.answer(move |sandbox| {
            sandbox.restore(&subject.pack, subject.exercise())?;
            opened(sandbox, &subject)
        });
    }

    /// Reads every version that is kept of a text, the newest first.
    pub fn versions(&self, place: TextPlace, key: TextKey) {
        self.answer(move |sandbox| {
            let (history, path) = match &place {
                TextPlace::File(subject, path) => {
                    (sandbox.history(&subject.pack, subject.exercise())?, path.as_str())
                }
                TextPlace::Playground(pack) => (sandbox.playground_history(pack)?, PLAYGROUND_TEXT),
            };
            let read = |version: &Version| {
                let text = String::from_utf8_lossy(&history.read(version)?).into_owned();
                Ok(KeptVersion { at: version.at, text })
            };
            let kept: Result<_, SandboxError> = history.versions(path)?.iter().rev().map(read).collect();
            Ok(FilesEvent::Versions { key, kept: kept? })
        });
    }

    /// Reads the learner's files again, after another program had them.
    pub fn reread(&self, subject: Subject) {
        self.answer(move |sandbox| {
            let files = sandbox.files(&subject.pack, subject.exercise())?;
            let own = files.into_iter().filter(|file| file.editable).map(|file| (file.path, file.text));
            let (pack, exercise) = subject.ids();
            Ok(FilesEvent::ChangedOutside { pack, exercise, files: own.collect() })
        });
    }

    /// Reads the playground's text.
    pub fn read_playground(&self, pack: Arc<Pack>) {
        self.answer(move |sandbox| {
            let text = sandbox.read_playground(&pack)?;
            Ok(FilesEvent::PlaygroundRead { pack: pack.id.clone(), text })
        });
    }

    /// Watches an exercise's files, or none from now on.
    pub fn watch(&self, subject: Option<Subject>) {
        let (sandbox, sender, watch) = (self.sandbox.clone(), self.sender.clone(), self.watch.clone());
        self.worker.give(move || {
            let mut watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
            *watch = None;
            let Some(subject) = subject else { return };
            let (pack, exercise) = subject.ids();
            let news = sender.clone();
            let changed = move |files| {
                let (pack, exercise) = (pack.clone(), exercise.clone());
                news.send(Message::Files(FilesEvent::ChangedOutside { pack, exercise, files }));
            };
            match sandbox.watch(&subject.pack, subject.exercise(), changed) {
                Ok(started) => *watch = Some(started),
                Err(error) => sender.send(Message::Noted(notice_of(&error))),
            }
        });
    }

    fn answer(&self, work: impl FnOnce(&Sandbox) -> Result<FilesEvent, SandboxError> + Send + 'static) {
        let (sandbox, sender) = (self.sandbox.clone(), self.sender.clone());
        self.worker.give(move || {
            let event = work(&sandbox).unwrap_or_else(|error| FilesEvent::Refused(notice_of(&error)));
            sender.send(Message::Files(event));
        });
    }
}

fn opened(sandbox: &Sandbox, subject: &Subject) -> Result<FilesEvent, SandboxError> {
    let files = sandbox.open(&subject.pack, subject.exercise())?;
    let shown = |file: crate::sandbox::CrateFile| OpenedFile {
        path: file.path,
        text: file.text,
        editable: file.editable,
    };
    let (pack, exercise) = subject.ids();
    let restorable = sandbox.restorable(&subject.pack, subject.exercise());
    Ok(FilesEvent::Opened { pack, exercise, files: files.into_iter().map(shown).collect(), restorable })
}

/// What the person is told when a file cannot be read or written.
fn notice_of(error: &SandboxError) -> Notice {
    let advice = match error.io_kind() {
        Some(io::ErrorKind::StorageFull) => Some("the disk is full: make room, what you typed is still here"),
        Some(io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => {
            Some("the directory cannot be written: choose another with --home")
        }
        _ => None,
    };
    let details = advice.map(str::to_owned).into_iter().collect();
    Notice { level: NoticeLevel::Error, text: error.to_string(), details }
}
