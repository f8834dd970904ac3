//! What can be done in the workbench now, the primary action first.

use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::editor::TabKey;
use crate::app::screen::workbench::crates::Crates;
use crate::app::screen::workbench::fix::help_with;
use crate::app::screen::workbench::panel::{Shown, Tab};
use crate::app::screen::workbench::problems;
use crate::app::screen::workbench::quiz;
use crate::app::screen::workbench::state::{Focus, Workbench};
use crate::app::screen::workbench::wrong;
use crate::check::Verdict;

/// What Enter does where nothing else is to be done.
const EDIT: &str = "edit";

pub(super) fn hints(bench: &Workbench, size: (u16, u16)) -> Vec<Hint> {
    if let Some(asked) = &bench.quiz {
        return quiz::hints(bench, asked, size);
    }
    match bench.focus {
        Focus::Editor => editor(bench),
        Focus::Task | Focus::Panel => panels(bench),
    }
}

fn editor(bench: &Workbench) -> Vec<Hint> {
    if let Some(prompt) = bench.file().and_then(|file| file.editor.prompt.as_ref()) {
        return prompt.hints();
    }
    let stops = bench.check.running().is_some_and(|running| !running.stopping);
    let back = if stops { "panels, again: stop" } else { "panels" };
    let mut hints = vec![Hint::of(Command::Run), Hint::named(Command::Back, back)];
    if bench.tab_key == TabKey::LeadsOn {
        hints.push(Hint::of(Command::NextPanel));
    }
    if bench.exercise().steps.get(bench.step).is_some_and(|step| !step.hints.is_empty()) {
        hints.push(Hint::of(Command::Hint));
    }
    if problems::has_stops(bench) {
        hints.push(Hint::of(Command::NextProblem));
    }
    // Where every letter types, the way to the list of keys is one that cannot be guessed.
    hints.extend([Command::Help, Command::Find].map(Hint::of));
    if bench.file().is_none_or(|file| file.editor.editable) {
        hints.extend([Command::Undo, Command::Format].map(Hint::of));
    }
    hints.extend([Hint::of(Command::NextFile), enlarge(bench.is_enlarged()), Hint::of(Command::Finder)]);
    hints
}

/// What is done with the room on the screen of the part that listens.
pub fn enlarge(is_enlarged: bool) -> Hint {
    Hint::named(Command::Enlarge, if is_enlarged { "smaller" } else { Command::Enlarge.title() })
}

fn panels(bench: &Workbench) -> Vec<Hint> {
    let mut hints = vec![Hint::named(Command::Open, primary(bench))];
    if primary(bench) != EDIT {
        hints.push(Hint::of(Command::FocusEditor));
    }
    if matches!(bench.crates, Crates::Missing(_)) {
        hints.push(Hint::of(Command::BuildCrates));
    }
    hints.push(Hint::of(Command::Run));
    if bench.check.running().is_some() {
        hints.push(Hint::named(Command::Back, "stop"));
    } else if bench.leads_back() {
        hints.push(Hint::named(Command::Back, "back"));
    } else {
        hints.push(Hint::named(Command::Back, "leave"));
    }
    if bench.panel.tab == Tab::Problems {
        hints.extend(help_with(&bench.problems, bench.panel.problem));
    }
    hints.push(Hint::of(Command::Help));
    if bench.focus == Focus::Task && bench.exercise().steps.len() > 1 {
        hints.push(Hint::of(Command::NextStep));
    }
    let said = bench.panel.tab == Tab::Problems && !bench.problems.is_empty();
    if said || bench.is_enlarged() || matches!(bench.panel.tab, Tab::Output | Tab::Diff) {
        hints.push(enlarge(bench.is_enlarged()));
    }
    if bench.panel.tab == Tab::Tests && bench.check.ended().is_some() {
        let uncaught = wrong::chosen(bench).is_some();
        let title = if uncaught { "look at it" } else { Command::TestSource.title() };
        hints.push(Hint::named(Command::TestSource, title));
    }
    hints.extend([Command::Hint, Command::ShowDiff, Command::Reset].map(Hint::of));
    if bench.restorable {
        hints.push(Hint::of(Command::Restore));
    }
    hints.extend([Command::ExternalEditor, Command::Versions, Command::Finder].map(Hint::of));
    hints
}

/// What Enter does.
fn primary(bench: &Workbench) -> &'static str {
    if passed(bench) {
        return if bench.next_exercise().is_some() { "next exercise" } else { "back to the chapters" };
    }
    match (bench.focus, bench.panel.tab) {
        (Focus::Panel, Tab::Problems) if !bench.problems.is_empty() => "go there",
        (Focus::Panel, Tab::Output) if matches!(bench.panel.shown, Shown::Fix(_)) => "apply the fix",
        (Focus::Panel, Tab::Output) if shows_failure(bench) => "go there",
        (Focus::Panel, Tab::Tests) if chosen_has_output(bench) => "output",
        _ => EDIT,
    }
}

/// Whether the last check ended in a pass, so that Enter leads on.
pub(super) fn passed(bench: &Workbench) -> bool {
    bench.check.ended().is_some_and(|ended| ended.verdict == Verdict::Passed)
}

/// Whether what is read of the chosen test names the place where it failed.
pub(super) fn shows_failure(bench: &Workbench) -> bool {
    let chosen = bench.panel.tests.get(bench.panel.test);
    bench.panel.shown == Shown::Test && chosen.is_some_and(|row| problems::panicked(bench, row).is_some())
}

/// Whether there is something to read of the chosen test.
pub(super) fn chosen_has_output(bench: &Workbench) -> bool {
    bench.panel.tests.get(bench.panel.test).is_some_and(|row| row.result().is_some())
}
