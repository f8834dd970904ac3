//! The versions that are kept of a file: asked for, shown, one of them brought back.

use crate::app::command::Command;
use crate::app::effect::{Effect, TextKey};
use crate::app::keymap::{self, Context};
use crate::app::message::{KeptVersion, NoticeLevel};
use crate::app::model::{Model, Screen};
use crate::app::screen::overlay::{Overlay, Versions};

/// Tells whoever would undo more than was typed since the file was opened where earlier texts are found, from
/// the panels that Esc leads to.
pub fn nothing_to_undo(model: &mut Model, panels: Context) {
    let key =
        |context, command| keymap::key_for(context, command).map(|key| key.to_string()).unwrap_or_default();
    let (back, versions) = (key(Context::Editor, Command::Back), key(panels, Command::Versions));
    model.note(NoticeLevel::Info, format!("nothing to undo here; {back} {versions} lists the kept versions"));
}

/// Asks for the versions of the file that is shown.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let Some(file) = bench.file() else {
        bench.when_read = Some(Command::Versions);
        return Vec::new();
    };
    if !file.editor.editable {
        super::lead_to_own_file(model);
        return Vec::new();
    }
    let key = file.key(&bench.key);
    // What was typed last is a version, too.
    let mut effects = bench.save_all();
    effects.push(Effect::ListVersions(key));
    effects
}

/// Shows them, the newest first, unless something else has come before the eyes meanwhile.
pub(super) fn listed(model: &mut Model, key: TextKey, kept: Vec<KeptVersion>) {
    if model.screen != Screen::Workbench || model.overlay.is_some() {
        return;
    }
    let at = model.started_at + model.now.as_secs();
    let Some(bench) = &model.workbench else { return };
    let Some(file) = bench.files.iter().find(|file| file.key(&bench.key) == key) else { return };
    match Versions::of(key, file.editor.buffer.text(), kept, at) {
        Some(versions) => model.overlay = Some(Overlay::Versions(versions)),
        None => model.note(NoticeLevel::Info, "no other version of this file is kept yet"),
    }
}

/// Puts a version in the place of a file's text, as a change that can be undone; the text before it is kept.
pub(super) fn bring_back(model: &mut Model, path: &str, text: &str) -> Vec<Effect> {
    let now = model.now;
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let Some(at) = bench.file_of(path) else { return Vec::new() };
    // What was typed a moment ago is on the disk, in the history, before the version takes its place.
    let effects = bench.save_all();
    bench.shown = at;
    bench.files[at].bring_back(text, now);
    model.note(NoticeLevel::Info, "this version is back; Ctrl-Z in the editor takes that back");
    effects
}
