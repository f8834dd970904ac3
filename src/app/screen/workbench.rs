//! The workbench: one exercise, its task, its files in editors, what the tests and the compiler say.

use std::time::Duration;

use crate::app::bar::{Activity, Hint};
use crate::app::command::Command;
use crate::app::editor::TabKey;
use crate::app::effect::{Effect, TextKey};
use crate::app::key::{Code, Key};
use crate::app::keymap::{self, Context};
use crate::app::message::{FilesEvent, JobEvent, JobId, Mouse, NoticeLevel};
use crate::app::model::{Model, Screen};
use crate::app::update::SPINNER;

mod answer;
mod check;
mod commands;
mod comparison;
mod crates;
mod file;
mod fix;
mod hints;
mod kept;
mod layout;
mod news;
mod panel;
mod pointer;
mod problems;
mod proof;
mod quiz;
mod recall;
mod rendered;
mod standing;
mod starter;
mod state;
mod texts;
mod visit;
mod wrong;

#[cfg(test)]
mod tests;

pub use check::{Check, Ended, Phase, Running, TestRow, TestState, why as test_reason};
pub use crates::{Crates, are_being_built, found as crates_found};
pub use file::File;
pub use fix::{Fix, changed, help_with, mend, sure};
pub use hints::enlarge;
pub use kept::nothing_to_undo;
pub use layout::{Layout, PanelTab, Top, WIDE, panel_tabs, top_tabs};
pub use panel::{Panel, Shown, Tab};
pub use problems::marks;
pub use proof::Proof;
pub use quiz::{OPTION, Quiz, QuizRow, area as quiz_area, rows as quiz_rows};
pub use rendered::{BESIDE, rendered, stacked};
use state::Early;
pub use state::{Focus, Reveal, Workbench};
pub use texts::{TaskRow, changes, difference, explanation, output, suggestion, task};

/// Carries out a command.
pub fn command(model: &mut Model, command: Command) -> Vec<Effect> {
    let effects = commands::command(model, command);
    settle(model);
    effects
}

/// Whether keys go to a text field of this screen before any table row.
pub fn captures(model: &Model) -> bool {
    bench(model).is_some_and(|bench| {
        bench.focus == Focus::Editor && bench.file().is_some_and(|f| f.editor.captures())
    })
}

/// Answers a key that no row of the table takes.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let now = model.now;
    let mut effects = Vec::new();
    let tab_key = model.workbench.as_mut().map(|bench| std::mem::take(&mut bench.tab_key));
    let leads_on = tab_key == Some(TabKey::LeadsOn) && context(model) == Context::Editor;
    if let Some(command) = keymap::panel(key).filter(|_| leads_on) {
        return self::command(model, command);
    }
    match &mut model.workbench {
        Some(bench) if bench.quiz.is_some() => effects = quiz::key(model, key),
        Some(bench) if bench.focus != Focus::Editor => lead_to_editor(model, key),
        Some(bench) if bench.files.is_empty() => bench.early.push(Early::Key(key)),
        Some(bench) if bench.file().is_some_and(|file| file.editor.refuses(key)) => lead_to_own_file(model),
        Some(bench) => bench.edit(now, |editor, now| editor.key(key, now)),
        None => {}
    }
    fit(model, false);
    effects
}

/// Tells whoever types where nothing is typed how to get to where it is.
fn lead_to_editor(model: &mut Model, key: Key) {
    if matches!(key, Key { code: Code::Char(_), control: false, alt: false, .. }) {
        model.note(NoticeLevel::Info, "here letters are commands: i leads into the editor, ? shows them all");
    }
}

/// Tells whoever types into a file that is not theirs how to get to one that is.
fn lead_to_own_file(model: &mut Model) {
    let path = bench(model).and_then(|bench| bench.file()).map_or("", |file| file.path.as_str());
    let whose = if path.starts_with("tests/") { "the judge's" } else { "given" };
    let next = keymap::key_for(Context::Editor, Command::NextFile).map(|key| key.to_string());
    let text =
        format!("this file is {whose} and stays as it is: {} leads on to yours", next.unwrap_or_default());
    model.note(NoticeLevel::Info, text);
}

/// Says why nothing is found, and which key looks for something.
pub fn nothing_sought(model: &mut Model, context: Context) {
    let key = keymap::key_for(context, Command::Find).map(|key| key.to_string()).unwrap_or_default();
    model.note(NoticeLevel::Info, format!("nothing is looked for; {key} finds in the text"));
}

/// Takes pasted text.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let now = model.now;
    if let Some(bench) = &mut model.workbench
        && bench.focus == Focus::Editor
    {
        bench.tab_key = TabKey::default();
        if bench.files.is_empty() {
            bench.early.push(Early::Paste(text.to_owned()));
        } else if bench.file().is_some_and(|file| !file.editor.editable && !file.editor.captures()) {
            lead_to_own_file(model);
        } else {
            bench.edit(now, |editor, now| editor.paste(text, now));
        }
    }
    settle(model);
    Vec::new()
}

/// Answers the mouse.
pub fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if mouse.is_press() {
        model.workbench.iter_mut().for_each(|bench| bench.tab_key = TabKey::default());
    }
    let effects = pointer::mouse(model, mouse);
    settle(model);
    effects
}

/// Fits the state to the terminal's size.
pub fn resized(model: &mut Model) {
    settle(model);
}

/// The context whose keys hold in this screen now.
pub fn context(model: &Model) -> Context {
    match bench(model) {
        Some(bench) if bench.quiz.is_some() => Context::Quiz,
        Some(bench) if bench.focus == Focus::Editor => Context::Editor,
        _ => Context::Panels,
    }
}

/// Answers the passing of time.
pub fn tick(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    model.workbench.as_mut().map_or_else(Vec::new, |bench| bench.save_due(now))
}

/// Takes news of a job.
pub fn job(model: &mut Model, id: JobId, event: &JobEvent) -> Vec<Effect> {
    let effects = news::job(model, id, event);
    settle(model);
    effects
}

/// Saves and stops what must be before the app ends.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    visit::leave(model)
}

/// Records that an exercise is begun where one of its files is to be written for the first time.
pub fn begun(model: &mut Model, effects: &[Effect]) -> Option<Effect> {
    let written = effects.iter().find_map(|effect| match effect {
        Effect::Save { key: TextKey::File { exercise, .. }, .. } => Some(exercise.clone()),
        _ => None,
    });
    visit::begun(model, written?)
}

/// Opens an exercise of the pack at hand.
pub fn open(model: &mut Model, exercise: &str) -> Vec<Effect> {
    let effects = visit::open(model, exercise);
    settle(model);
    effects
}

/// The exercise is shown again that was left without being closed: the time away was not spent on it.
pub fn come_back(model: &mut Model) {
    let now = model.now;
    model.workbench.iter_mut().for_each(|bench| bench.last_action = now);
}

/// Takes news of the learner's files.
pub fn files(model: &mut Model, event: FilesEvent) -> Vec<Effect> {
    let effects = news::files(model, event);
    settle(model);
    effects
}

/// When this screen wants to be woken next.
pub fn next_tick(model: &Model) -> Option<Duration> {
    let bench = model.workbench.as_ref()?;
    let spinner = bench.check.running().map(|_| SPINNER);
    let save = bench
        .files
        .iter()
        .filter_map(|file| file.saving.due())
        .min()
        .map(|due| due.saturating_sub(model.now));
    [spinner, save].into_iter().flatten().min()
}

/// What can be done now, the primary action first.
pub fn hints(model: &Model) -> Vec<Hint> {
    bench(model).map_or_else(Vec::new, |bench| hints::hints(bench, model.size))
}

/// What this screen has running, told where the screen itself does not show it.
pub fn activity(model: &Model) -> Option<Activity> {
    let bench = model.workbench.as_ref()?;
    let running = bench.check.running()?;
    let shown = model.screen == Screen::Workbench;
    let words = || running.words(&bench.key.exercise, crates::are_being_built(model));
    (!shown).then(|| Activity { what: words(), share: None, since: running.since })
}

fn bench(model: &Model) -> Option<&Workbench> {
    model.workbench.as_ref()
}

/// Fits what is in view to the panels as they stand now.
fn settle(model: &mut Model) {
    fit(model, true);
}

/// The same; `anew` says whether more may have changed than the text in the editor.
fn fit(model: &mut Model, anew: bool) {
    let (size, record) = (model.size, &model.record);
    if let Some(bench) = &mut model.workbench {
        bench.settle(size, record, anew);
    }
}

/// Puts a kept version in the place of a file's text.
pub fn bring_back(model: &mut Model, path: &str, text: &str) -> Vec<Effect> {
    let effects = kept::bring_back(model, path, text);
    settle(model);
    effects
}

/// Carries out a command that was asked about with [`crate::app::screen::overlay::ask`], after a yes.
pub fn confirmed(model: &mut Model, command: Command) -> Vec<Effect> {
    let effects = match command {
        Command::Reveal => answer::revealed(model),
        Command::Run => commands::start(model, None),
        Command::Backtrace => commands::backtrace_confirmed(model),
        _ => Vec::new(),
    };
    settle(model);
    effects
}
