//! The versions that are kept of the playground's text: asked for, shown, one of them brought back.

use crate::app::effect::{Effect, TextKey};
use crate::app::message::{KeptVersion, NoticeLevel};
use crate::app::model::{Model, Screen};
use crate::app::screen::overlay::{Overlay, Versions};
use crate::app::screen::playground::visit;

/// Asks for the versions.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let Some(play) = &mut model.playground else { return Vec::new() };
    // What was typed last is a version, too.
    let mut effects: Vec<Effect> = play.save().into_iter().collect();
    effects.push(Effect::ListVersions(play.key()));
    effects
}

/// Shows them, the newest first, unless something else has come before the eyes meanwhile.
pub fn listed(model: &mut Model, key: TextKey, kept: Vec<KeptVersion>) {
    if model.screen != Screen::Playground || model.overlay.is_some() {
        return;
    }
    let at = model.started_at + model.now.as_secs();
    let Some(play) = model.playground.as_ref().filter(|play| play.key() == key) else { return };
    match Versions::of(key, play.editor.buffer.text(), kept, at) {
        Some(versions) => model.overlay = Some(Overlay::Versions(versions)),
        None => model.note(NoticeLevel::Info, "no other version of this text is kept yet"),
    }
}

/// Puts a version in the place of the text, as a change that can be undone; the text before it is kept.
pub(super) fn bring_back(model: &mut Model, text: &str) -> Vec<Effect> {
    let now = model.now;
    let Some(play) = &mut model.playground else { return Vec::new() };
    // What was typed a moment ago is on the disk, in the history, before the version takes its place.
    let mut effects: Vec<Effect> = play.save().into_iter().collect();
    play.bring_back(text, now);
    effects.extend(visit::keep(model));
    model.note(NoticeLevel::Info, "this version is back; Ctrl-Z in the editor takes that back");
    effects
}
