//! The crates that an exercise is built with, where they are built only for those who ask: said, asked for, awaited.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::message::NoticeLevel;
use crate::app::model::{Model, Warm};
use crate::app::screen::overlay::{self, Confirm};
use crate::app::screen::workbench::state::Workbench;
use crate::pack::{Cost, Exercise, Pack};

/// How far the crates of an exercise are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crates {
    /// They are built, or will be without anybody's asking.
    Given,
    /// They are built only when the learner says so; whether they are is being looked for.
    Sought(Cost),
    /// They are not built.
    Missing(Cost),
}

impl Crates {
    /// What is known of them before anybody looked.
    pub(super) fn of(pack: &Pack, exercise: &Exercise) -> Self {
        pack.opt_in(&exercise.set).map_or(Self::Given, Self::Sought)
    }
}

/// Has it looked for whether they are built, unless that is known.
pub(super) fn look(bench: &Workbench) -> Option<Effect> {
    let (pack, set) = (bench.key.pack.clone(), bench.exercise().set.clone());
    (bench.crates != Crates::Given).then_some(Effect::LookForSet { pack, set })
}

/// Takes note of whether a set is built.
pub fn found(model: &mut Model, pack: &str, set: &str, built: bool) {
    let Some(bench) = &mut model.workbench else { return };
    if bench.key.pack != pack || bench.exercise().set != set {
        return;
    }
    if let Crates::Sought(cost) | Crates::Missing(cost) = bench.crates {
        bench.crates = if built { Crates::Given } else { Crates::Missing(cost) };
    }
}

/// Whether they are being built already.
pub fn are_being_built(model: &Model) -> bool {
    let Some(bench) = &model.workbench else { return false };
    model.warm.iter().any(|warm| warm.pack == bench.key.pack && warm.set == bench.exercise().set)
}

/// Builds them in the background, while the learner reads and writes.
pub(super) fn build(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &model.workbench else { return Vec::new() };
    let (pack, set) = (bench.key.pack.clone(), bench.exercise().set.clone());
    if are_being_built(model) || bench.crates == Crates::Given {
        let said = if are_being_built(model) { "being built" } else { "built, or a run builds them" };
        model.note(NoticeLevel::Info, format!("the crates of this exercise are {said}"));
        return Vec::new();
    }
    let id = model.new_job();
    model.warmed.insert((pack.clone(), set.clone()));
    model.warm.push(Warm { id, pack: pack.clone(), set: set.clone(), since: model.now, news: None });
    vec![Effect::StartWarm { id, pack, set }]
}

/// What it costs to build them, where a run would do so unasked.
pub(super) fn price(model: &Model) -> Option<Cost> {
    let Crates::Missing(cost) = model.workbench.as_ref()?.crates else { return None };
    (!are_being_built(model)).then_some(cost)
}

/// Asks before a command that would build them; `None` if there is nothing to ask.
pub(super) fn ask(model: &mut Model, command: Command) -> Option<Vec<Effect>> {
    let cost = price(model)?;
    let confirm = Confirm {
        question: "Build the crates of this exercise first?".to_owned(),
        consequence: format!("That takes {cost}; then it is judged."),
        yes: "build",
        command,
    };
    Some(overlay::ask(model, confirm))
}
