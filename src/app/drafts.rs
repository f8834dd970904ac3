//! Texts that could not be written: those that no screen shows any more are kept here, all are told of and tried again.

use std::time::Duration;

use crate::app::bar::Activity;
use crate::app::effect::{Effect, TextKey};
use crate::app::message::{Notice, NoticeLevel};
use crate::app::model::Model;
use crate::app::saving::Saving;

/// How often what is told of a failure is drawn anew: its clock runs.
const CLOCK: Duration = Duration::from_secs(1);

/// A text that no screen shows any more.
#[derive(Debug, Clone)]
struct Draft {
    key: TextKey,
    text: String,
    saving: Saving,
}

/// What is not known to be written.
#[derive(Debug, Clone, Default)]
pub struct Drafts {
    kept: Vec<Draft>,
    /// Since when saves fail, and what the last one to fail said.
    failing: Option<(Duration, Notice)>,
}

impl Drafts {
    /// Keeps a text whose editor is closed, unless it is known to be written.
    pub fn keep(&mut self, key: TextKey, text: String, saving: Saving) {
        if saving.is_unsettled() {
            self.kept.push(Draft { key, text, saving });
        }
    }

    /// Gives up a text to the editor that is opened on it.
    pub fn take(&mut self, key: &TextKey) -> Option<(String, Saving)> {
        let at = self.kept.iter().position(|draft| draft.key == *key)?;
        let draft = self.kept.swap_remove(at);
        Some((draft.text, draft.saving))
    }

    /// Hands over every text that was not written, or those whose time has come.
    pub fn save(&mut self, due: Option<Duration>) -> Vec<Effect> {
        let is_due =
            |draft: &&mut Draft| due.is_none_or(|now| draft.saving.due().is_some_and(|at| at <= now));
        let hand_over = |draft: &mut Draft| {
            let version = draft.saving.hand_over()?;
            Some(Effect::Save { key: draft.key.clone(), text: draft.text.clone(), version })
        };
        self.kept.iter_mut().filter(is_due).filter_map(hand_over).collect()
    }
}

/// A text was written.
pub fn saved(model: &mut Model, key: &TextKey, version: u64) {
    let now = model.now;
    if let Some(saving) = saving_of(model, key) {
        saving.saved(version, now);
    }
    model.drafts.kept.retain(|draft| draft.saving.is_unsettled());
    if !savings(model).any(Saving::is_unsettled) && model.drafts.failing.take().is_some() {
        model.note(NoticeLevel::Info, "saved: what you typed is on the disk again");
    }
}

/// A text could not be written: it is kept, told of and tried again.
pub fn not_saved(model: &mut Model, key: &TextKey, version: u64, notice: Notice) {
    let now = model.now;
    if let Some(saving) = saving_of(model, key) {
        saving.refused(version, now);
    }
    let since = model.drafts.failing.as_ref().map(|(since, _)| *since);
    if since.is_none() {
        model.notice = Some(notice.clone());
    }
    model.drafts.failing = Some((since.unwrap_or(now), notice));
}

/// Why texts are not written, if any is not.
pub fn refusal(model: &Model) -> Option<&Notice> {
    model.drafts.failing.as_ref().map(|(_, notice)| notice)
}

/// That texts are not written, for the bottom line.
pub fn activity(model: &Model) -> Option<Activity> {
    let (since, _) = model.drafts.failing.as_ref()?;
    let what = match refused(model) {
        0 => "saving again".to_owned(),
        1 => "1 file is not saved".to_owned(),
        files => format!("{files} files are not saved"),
    };
    Some(Activity { what, share: None, since: *since })
}

/// When a text must be tried again, or the clock of a failure shows another second.
pub fn next_tick(model: &Model) -> Option<Duration> {
    let due = model.drafts.kept.iter().filter_map(|draft| draft.saving.due()).min();
    let due = due.map(|due| due.saturating_sub(model.now));
    [due, model.drafts.failing.as_ref().map(|_| CLOCK)].into_iter().flatten().min()
}

/// How many texts could not be written.
fn refused(model: &Model) -> usize {
    savings(model).filter(|saving| saving.is_refused()).count()
}

/// How far each text is saved.
fn savings(model: &Model) -> impl Iterator<Item = &Saving> {
    let files = model.workbench.iter().flat_map(|bench| bench.files.iter().map(|file| &file.saving));
    let scratch = model.playground.iter().map(|play| &play.saving);
    let drafts = model.drafts.kept.iter().map(|draft| &draft.saving);
    files.chain(scratch).chain(drafts)
}

/// How far a text is saved, wherever it is.
fn saving_of<'m>(model: &'m mut Model, key: &TextKey) -> Option<&'m mut Saving> {
    let shown = match key {
        TextKey::File { exercise, path } => {
            let bench = model.workbench.as_mut().filter(|bench| bench.key == *exercise);
            let files = bench.map(|bench| bench.files.iter_mut());
            let mut files = files.into_iter().flatten();
            files.find(|file| file.path == *path).map(|file| &mut file.saving)
        }
        TextKey::Playground { pack } => {
            model.playground.as_mut().filter(|play| play.pack == *pack).map(|play| &mut play.saving)
        }
    };
    let draft = model.drafts.kept.iter_mut().find(|draft| draft.key == *key).map(|draft| &mut draft.saving);
    shown.or(draft)
}
