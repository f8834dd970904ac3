//! Coming to the playground and leaving it.

use crate::app::effect::Effect;
use crate::app::message::NoticeLevel;
use crate::app::model::{Model, Screen};
use crate::app::screen::back;
use crate::app::screen::playground::state::{Focus, Playground};
use crate::pack::Listing;
use crate::progress::{Change, Scratch};

/// The set that needs nothing fetched: a first run takes a second.
pub(super) const LIGHT: &str = "none";

/// Opens the playground, with the learner's own text unless a listing that took its place was changed.
///
/// A listing's code takes the place of the text, which can be undone. The learner's changed copy of it stays where it is to be edited;
/// what is run is what the reader showed.
pub(super) fn open(model: &mut Model, listing: Option<&Listing>, focus: Focus) -> Vec<Effect> {
    let pack = model.pack().id.clone();
    let mut effects = Vec::new();
    if model.playground.as_ref().is_none_or(|play| play.pack != pack) {
        effects.extend(leave(model));
        model.playground.take().into_iter().for_each(|left| left.close(&mut model.drafts));
        let known = model.record.playgrounds.get(&pack).cloned();
        let known = known.unwrap_or_else(|| Scratch { listing: None, set: LIGHT.to_owned() });
        model.playground = Some(Playground::new(pack.clone(), known));
        effects.push(Effect::ReadPlayground { pack });
    }
    let now = model.now;
    let Some(play) = &mut model.playground else { return effects };
    let is_edited = focus == Focus::Editor;
    play.focus = focus;
    if let Some(listing) = listing {
        if is_edited && play.holds_changed(listing) {
            if !play.editor.buffer.text().is(&listing.code) {
                still(model);
            }
            back::show(model, Screen::Playground);
            return effects;
        }
        let own = play.is_own(&play.editor.buffer.text().to_string());
        // What was typed last is on the disk, in the history, before the listing takes its place.
        effects.extend(play.save());
        play.lend(listing, now);
        if own {
            kept(model);
        }
        effects.extend(keep(model));
    } else if play.take_back(now) {
        model.note(NoticeLevel::Info, "your own text again, in the place of the listing");
        effects.extend(keep(model));
    }
    back::show(model, Screen::Playground);
    effects
}

/// Records what the playground holds, where the record does not say so yet.
pub(super) fn keep(model: &mut Model) -> Option<Effect> {
    let play = model.playground.as_ref()?;
    let (pack, holds) = (play.pack.clone(), play.holds());
    let known = model.record.playgrounds.get(&pack) == Some(&holds);
    (!known).then(|| model.record(vec![Change::Scratched { pack, holds }]))
}

/// Tells that the learner's own copy of a listing stands there, not the listing.
pub(super) fn still(model: &mut Model) {
    model.note(NoticeLevel::Info, "your changed copy of this listing still stands here");
}

/// Tells that the learner's own text is not lost where a listing took its place: undoing ends with the session, the kept versions stay.
pub(super) fn kept(model: &mut Model) {
    let typing = model.playground.as_ref().is_some_and(|play| play.focus == Focus::Editor);
    let way = if typing { "^Z brings it back, Esc v later" } else { "v brings it back" };
    model.note(NoticeLevel::Info, format!("your text is kept: {way}"));
}

/// Keeps the text and stops what runs.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    let Some(play) = &mut model.playground else { return Vec::new() };
    let mut effects: Vec<Effect> = play.save().into_iter().collect();
    play.run_when_read = false;
    effects.extend(play.output.program.job().map(Effect::Cancel));
    effects
}

/// Goes back to where the playground was opened.
pub(super) fn go_back(model: &mut Model) -> Vec<Effect> {
    let effects = leave(model);
    back::go(model);
    effects
}
