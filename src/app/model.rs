//! The whole state of the app.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::app::drafts::Drafts;
use crate::app::editor::Clip;
use crate::app::effect::{Effect, ExerciseKey};
use crate::app::message::{JobId, Notice, NoticeLevel, Packs, WarmEvent};
use crate::app::screen::library::Library;
use crate::app::screen::map::Map;
use crate::app::screen::overlay::Overlay;
use crate::app::screen::playground::Playground;
use crate::app::screen::reader::Reader;
use crate::app::screen::workbench::Workbench;
use crate::pack::Pack;
use crate::progress::{Change, Record};

/// The whole state of the app. Each screen keeps its own state while another is shown.
#[derive(Debug, Clone)]
pub struct Model {
    /// The packs that are open; never empty.
    pub packs: Packs,
    /// Which of them is at hand.
    pub pack: usize,
    /// What the learner has done.
    pub record: Record,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Now, since the app started; only as fresh as the last message that carried a time.
    pub now: Duration,
    /// Seconds since the Unix epoch when the app started.
    pub started_at: u64,
    /// How things look.
    pub look: Look,
    /// Which screen is shown.
    pub screen: Screen,
    /// The screens to which Esc leads from it, the next one last.
    pub way_back: Vec<Screen>,
    /// The library's state.
    pub library: Library,
    /// The reader's state, once a chapter was opened.
    pub reader: Option<Reader>,
    /// The workbench's state, once an exercise was opened.
    pub workbench: Option<Workbench>,
    /// The playground's state, once it was opened.
    pub playground: Option<Playground>,
    /// The map's state, once it was opened.
    pub map: Option<Map>,
    /// What stands above the screen.
    pub overlay: Option<Overlay>,
    /// The line that tells of the last thing that happened.
    pub notice: Option<Notice>,
    /// Until then a key leaves it there: for what comes while somebody types.
    pub notice_until: Duration,
    /// What it told before, to be read again.
    pub told: Option<Notice>,
    /// What could not be written to the disk.
    pub drafts: Drafts,
    /// The dependency sets being made ready in the background; the one that was begun last is the last.
    pub warm: Vec<Warm>,
    /// What was copied within the app.
    pub clip: Clip,
    /// The dependency sets that were made ready or are being made so, by pack and name.
    pub warmed: BTreeSet<(String, String)>,
    /// The number of the next job.
    pub next_job: u64,
}

/// The screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Screen {
    Library,
    Reader,
    Workbench,
    Playground,
    Map,
}

/// How things look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Dark text on a light background.
    pub light: bool,
    /// Whether the person chose, so that the terminal's own word does not count.
    pub chosen: bool,
    /// Plain-ASCII twins in place of marks and box characters.
    pub ascii: bool,
}

/// A dependency set being made ready in the background.
#[derive(Debug, Clone, PartialEq)]
pub struct Warm {
    /// The job.
    pub id: JobId,
    /// The pack.
    pub pack: String,
    /// The dependency set.
    pub set: String,
    /// When it was started.
    pub since: Duration,
    /// The last news of it.
    pub news: Option<WarmEvent>,
}

impl Model {
    /// The app as it starts, in the library.
    pub fn new(packs: Vec<Arc<Pack>>, record: Record, size: (u16, u16), started_at: u64) -> Self {
        let library = Library::default();
        Self {
            packs,
            pack: 0,
            record,
            size,
            now: Duration::ZERO,
            started_at,
            look: Look::default(),
            screen: Screen::Library,
            way_back: Vec::new(),
            library,
            reader: None,
            workbench: None,
            playground: None,
            map: None,
            overlay: None,
            notice: None,
            notice_until: Duration::ZERO,
            told: None,
            drafts: Drafts::default(),
            warm: Vec::new(),
            warmed: BTreeSet::new(),
            clip: Clip::default(),
            next_job: 1,
        }
    }

    /// The pack at hand.
    pub fn pack(&self) -> &Arc<Pack> {
        &self.packs[self.pack]
    }

    /// The pack of this id.
    pub fn pack_of(&self, id: &str) -> Option<&Arc<Pack>> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// Makes the pack of this id the one at hand.
    pub fn take_up(&mut self, id: &str) {
        if let Some(at) = self.packs.iter().position(|pack| pack.id == id) {
            self.pack = at;
        }
    }

    /// A number for a new job.
    pub fn new_job(&mut self) -> JobId {
        let id = JobId(self.next_job);
        self.next_job += 1;
        id
    }

    /// Records what the learner has done, here and in the store.
    pub fn record(&mut self, changes: Vec<Change>) -> Effect {
        let at = self.started_at + self.now.as_secs();
        for change in &changes {
            self.record.apply(change, at);
        }
        Effect::SaveProgress(changes)
    }

    /// Shows a line.
    pub fn note(&mut self, level: NoticeLevel, text: impl Into<String>) {
        self.notice = Some(Notice::new(level, text));
    }

    /// The key of an exercise of the pack at hand.
    pub fn key_of(&self, exercise: &str) -> ExerciseKey {
        ExerciseKey { pack: self.pack().id.clone(), exercise: exercise.to_owned() }
    }
}
