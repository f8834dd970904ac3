//! Help with an exercise: its hints, one at a time, and the model answer.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::overlay::{self, Confirm};
use crate::app::screen::workbench::panel::{Shown, Tab};
use crate::app::screen::workbench::state::{Focus, Reveal};
use crate::progress::Change;

/// Shows the next hint of the step at hand.
pub(super) fn hint(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let step = bench.step;
    let Some(all) = bench.exercise().steps.get(step).map(|step| step.hints.len()) else { return Vec::new() };
    let (pack, exercise) = (bench.key.pack.clone(), bench.key.exercise.clone());
    let record = model.record.exercise(&pack, &exercise);
    let shown = record.and_then(|record| record.hints.get(&step)).copied().unwrap_or_default();
    if all == 0 {
        model.note(NoticeLevel::Info, "this step has no hints");
        return Vec::new();
    }
    let here = bench.panel.tab == Tab::Output && bench.panel.shown == Shown::Hints;
    bench.panel.show_text(Shown::Hints);
    if bench.focus == Focus::Task {
        bench.focus = Focus::Panel;
    }
    if shown >= all {
        if here {
            model.note(NoticeLevel::Info, "these are all hints of this step");
        }
        return Vec::new();
    }
    vec![model.record(vec![Change::Hinted { pack, exercise, step, shown: shown + 1 }])]
}

/// Asks before the model answer is revealed.
pub(super) fn reveal(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    bench.focus = Focus::Panel;
    bench.panel.show(Tab::Diff);
    if bench.reveal == Reveal::Open {
        return Vec::new();
    }
    let confirm = Confirm {
        question: "Reveal the model answer before passing?".to_owned(),
        consequence: "Your record will say so; you can still pass.".to_owned(),
        yes: "reveal",
        command: Command::Reveal,
    };
    overlay::ask(model, confirm)
}

/// Reveals the model answer: the learner was asked and said yes.
pub(super) fn revealed(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    bench.reveal = Reveal::Open;
    let (pack, exercise) = (bench.key.pack.clone(), bench.key.exercise.clone());
    vec![model.record(vec![Change::Revealed { pack, exercise }])]
}
