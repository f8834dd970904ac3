//! The starter put back, and the version from before that: asked for, and taken note of when the disk has answered.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::workbench::state::Awaited;
use crate::progress::Change;

/// Puts the starter back. That it is back the disk says.
pub(super) fn reset(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    if bench.files.is_empty() {
        bench.when_read = Some(Command::Reset);
        return Vec::new();
    }
    if bench.awaited.is_some() {
        return Vec::new();
    }
    if bench.holds_starter() && bench.passing.is_empty() {
        model.note(NoticeLevel::Info, "this is the starter already");
        return Vec::new();
    }
    bench.awaited = Some(Awaited::Starter);
    let mut effects = bench.save_all();
    // What it would say is of a text that is gone.
    effects.extend(bench.abandon());
    effects.push(Effect::ResetExercise(bench.key.clone()));
    effects
}

/// The starter is back: so nothing is known of which tests pass.
pub(super) fn was_reset(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let mut effects = Vec::from_iter(bench.abandon());
    bench.forget_steps();
    bench.go_to_beginning();
    let (pack, exercise) = (bench.key.pack.clone(), bench.key.exercise.clone());
    effects.push(model.record(vec![Change::Reset { pack, exercise }]));
    model.note(NoticeLevel::Info, "the starter is back; u brings your version back");
    effects
}

/// Brings the version from before the last reset back.
pub(super) fn restore(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    if bench.files.is_empty() {
        bench.when_read = Some(Command::Restore);
        return Vec::new();
    }
    if bench.awaited.is_some() {
        return Vec::new();
    }
    // Whether there is a version to bring back the disk knows: a shell may have reset the exercise.
    bench.awaited = Some(Awaited::Version);
    let mut effects = bench.save_all();
    effects.push(Effect::RestoreExercise(bench.key.clone()));
    effects
}

/// The version from before the last reset is back: so is what was known of it.
pub(super) fn restored(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    // What a run would say is of a text that is gone.
    let mut effects = Vec::from_iter(bench.abandon());
    bench.forget_steps();
    let (pack, exercise) = (bench.key.pack.clone(), bench.key.exercise.clone());
    effects.push(model.record(vec![Change::Restored { pack: pack.clone(), exercise: exercise.clone() }]));
    let known = model.record.exercise(&pack, &exercise);
    model.workbench.iter_mut().for_each(|bench| bench.recall(known));
    model.note(NoticeLevel::Info, "your version from before the reset is back");
    effects
}
