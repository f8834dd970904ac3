//! Coming to an exercise and leaving it.

use std::sync::Arc;

use crate::app::effect::{Effect, ExerciseKey};
use crate::app::model::{Model, Screen};
use crate::app::screen::back;
use crate::app::screen::workbench::layout::WIDE;
use crate::app::screen::workbench::state::{Awaited, Reveal, Workbench};
use crate::app::screen::workbench::{crates, proof, starter};
use crate::progress::{Change, Place, State};

/// Opens an exercise of the pack at hand.
pub(super) fn open(model: &mut Model, exercise: &str) -> Vec<Effect> {
    let pack = Arc::clone(model.pack());
    let Some(index) = pack.exercises.iter().position(|one| one.id == exercise) else { return Vec::new() };
    let key = model.key_of(exercise);
    let here = model.workbench.as_ref().is_some_and(|bench| bench.key == key);
    let watched = model.workbench.as_ref().is_some_and(|bench| bench.quiz.is_none());
    let mut effects = if here { keep(model) } else { leave(model) };
    match &mut model.workbench {
        Some(bench) if bench.key == key => {
            bench.show_own_file();
            bench.show_step(bench.first_open());
            bench.last_action = model.now;
        }
        other => {
            let mut bench = Workbench::new(Arc::clone(&pack), index, model.now);
            other.take().into_iter().for_each(|left| left.close(&mut model.drafts));
            let known = model.record.exercise(&key.pack, &key.exercise);
            bench.recall(known);
            *other = Some(bench);
        }
    }
    back::show(model, Screen::Workbench);
    effects.extend(model.workbench.as_ref().and_then(crates::look));
    let wide = model.size.0 >= WIDE;
    model.workbench.iter_mut().for_each(|bench| bench.listen(wide));
    if pack.exercises[index].questions.is_empty() {
        effects.push(Effect::OpenExercise(key.clone()));
        effects.push(Effect::WatchFiles(Some(key.clone())));
    } else if watched {
        effects.push(Effect::WatchFiles(None));
    }
    effects.extend(proof::ask(model));
    let section = pack.exercises[index].section.clone();
    let here = Place {
        pack: key.pack.clone(),
        chapter: section.chapter,
        section: section.anchor,
        exercise: Some(key.exercise),
        below: 0,
    };
    effects.push(model.record(vec![Change::Visited(here)]));
    orient(model);
    effects
}

/// Shows the model answer where it may be seen.
fn orient(model: &mut Model) {
    let Some(bench) = &mut model.workbench else { return };
    let record = model.record.exercise(&bench.key.pack, &bench.key.exercise);
    let passed = model.record.state(&bench.key.pack, &bench.key.exercise) == State::Passed;
    if passed || record.is_some_and(|record| record.revealed) {
        bench.reveal = Reveal::Open;
    }
}

/// Records that the exercise at hand is begun, if it was not before.
pub(super) fn begin(model: &mut Model) -> Option<Effect> {
    let key = model.workbench.as_ref()?.key.clone();
    begun(model, key)
}

/// Records that an exercise is begun, if it was not before.
pub(super) fn begun(model: &mut Model, key: ExerciseKey) -> Option<Effect> {
    let new = model.record.state(&key.pack, &key.exercise) == State::New;
    new.then(|| model.record(vec![Change::Started { pack: key.pack, exercise: key.exercise }]))
}

/// Saves, stops what runs, and records where the learner is and the time that was spent.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    let mut effects = keep(model);
    // That the starter is back nobody hears any more.
    let starter = |bench: &mut Workbench| bench.awaited.take_if(|it| *it == Awaited::Starter);
    if model.workbench.as_mut().and_then(starter).is_some() {
        effects.extend(starter::was_reset(model));
    }
    if let Some(bench) = &mut model.workbench {
        effects.extend(bench.check.running().map(|running| Effect::Cancel(running.id)));
        effects.extend(proof::stop(bench));
    }
    effects
}

/// Saves, and records where the learner is and the time that was spent.
fn keep(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let shown = model.screen == Screen::Workbench;
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    if shown {
        bench.acted(now);
    }
    let mut effects = bench.save_all();
    let mut changes = Vec::from_iter(bench.here(&model.record));
    let seconds = bench.spent.as_secs();
    if seconds > 0 {
        bench.spent = bench.spent.saturating_sub(std::time::Duration::from_secs(seconds));
        let (pack, exercise) = (bench.key.pack.clone(), bench.key.exercise.clone());
        changes.push(Change::Spent { pack, exercise, seconds });
    }
    if !changes.is_empty() {
        effects.push(model.record(changes));
    }
    effects
}

/// Goes back to where the exercise was opened.
pub(super) fn go_back(model: &mut Model) -> Vec<Effect> {
    let mut effects = leave(model);
    effects.push(Effect::WatchFiles(None));
    back::go(model);
    effects
}
