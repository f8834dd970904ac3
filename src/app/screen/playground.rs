//! The playground: a program of one file, run with the dependencies of a set, and what it prints.

use std::time::Duration;

use crate::app::bar::{Activity, Hint};
use crate::app::command::Command;
use crate::app::editor::TabKey;
use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::keymap::{self, Context};
use crate::app::message::{JobEvent, JobId, Mouse};
use crate::app::model::{Model, Screen};
use crate::app::update::SPINNER;
use crate::pack::{Listing, Pack};

mod commands;
mod hints;
mod input;
mod kept;
mod layout;
mod mend;
mod output;
mod pointer;
mod state;
mod visit;

#[cfg(test)]
mod tests;

pub use kept::listed;
pub use layout::{Layout, tabs};
pub use output::{Output, Program, Reading, Tab, rows};
use state::Read;
pub use state::{Focus, PATH, Playground};

/// Carries out a command.
pub fn command(model: &mut Model, command: Command) -> Vec<Effect> {
    let effects = commands::command(model, command);
    settle(model);
    effects
}

/// Whether keys go to a text field of this screen before any table row.
pub fn captures(model: &Model) -> bool {
    model.playground.as_ref().is_some_and(|play| match &play.focus {
        Focus::Input(_) => true,
        Focus::Editor => play.editor.captures(),
        Focus::Output => false,
    })
}

/// Answers a key that no row of the table takes.
pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let now = model.now;
    let Some(play) = &mut model.playground else { return Vec::new() };
    let leads_on = std::mem::take(&mut play.tab_key) == TabKey::LeadsOn && play.focus == Focus::Editor;
    if let Some(command) = keymap::panel(key).filter(|_| leads_on) {
        return self::command(model, command);
    }
    let effects = match play.focus {
        Focus::Input(_) => input::key(play, key),
        Focus::Editor => {
            play.editor.key(key, now);
            play.touched(now);
            Vec::new()
        }
        Focus::Output => Vec::new(),
    };
    settle(model);
    effects
}

/// Takes pasted text.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let now = model.now;
    let Some(play) = &mut model.playground else { return Vec::new() };
    let effects = match play.focus {
        Focus::Input(_) => input::paste(play, text),
        Focus::Editor => {
            play.tab_key = TabKey::default();
            play.editor.paste(text, now);
            play.touched(now);
            Vec::new()
        }
        Focus::Output => Vec::new(),
    };
    settle(model);
    effects
}

/// Answers the mouse.
pub fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if mouse.is_press() {
        model.playground.iter_mut().for_each(|play| play.tab_key = TabKey::default());
    }
    pointer::mouse(model, mouse);
    settle(model);
    Vec::new()
}

/// Fits the state to the terminal's size.
pub fn resized(model: &mut Model) {
    settle(model);
}

/// The context whose keys hold in this screen now.
pub fn context(model: &Model) -> Context {
    match model.playground.as_ref().map(|play| &play.focus) {
        Some(Focus::Editor) => Context::Editor,
        _ => Context::Playground,
    }
}

/// Answers the passing of time.
pub fn tick(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let due = |play: &&mut Playground| play.saving.due().is_some_and(|due| due <= now);
    model.playground.as_mut().filter(due).and_then(Playground::save).into_iter().collect()
}

/// Takes news of a job.
pub fn job(model: &mut Model, id: JobId, event: &JobEvent) -> Vec<Effect> {
    output::job(model, id, event);
    settle(model);
    Vec::new()
}

/// Takes the text that was kept from the last time.
pub fn read(model: &mut Model, pack: &str, text: Option<String>) -> Vec<Effect> {
    let now = model.now;
    let Some(play) = model.playground.as_mut().filter(|play| play.pack == pack) else { return Vec::new() };
    let draft = model.drafts.take(&play.key());
    match play.read(text, draft, now) {
        Read::Taken => {}
        Read::Behind => visit::kept(model),
        Read::Copy => visit::still(model),
    }
    let waiting = model.playground.as_ref().is_some_and(|play| play.run_when_read);
    let effects = if waiting { commands::run(model) } else { Vec::new() };
    settle(model);
    effects
}

/// Saves and stops what must be before the app ends.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    visit::leave(model)
}

/// Opens the playground with what was typed there last, or with a listing's code.
pub fn open(model: &mut Model, listing: Option<&Listing>) -> Vec<Effect> {
    let effects = visit::open(model, listing, Focus::Editor);
    settle(model);
    effects
}

/// What can be done in the playground of a pack, in a few words: it opens with the standard library, and not every pack has crates.
pub fn purpose(pack: &Pack) -> &'static str {
    match commands::sets(pack).len() {
        1 => "write and run a program of your own",
        _ => "write and run a program of your own, with crates if you like",
    }
}

/// Runs a listing's code in the playground; the output listens, so that whoever reads on does not type into the code.
pub fn run(model: &mut Model, listing: &Listing) -> Vec<Effect> {
    let mut effects = visit::open(model, Some(listing), Focus::Output);
    effects.extend(command(model, Command::Run));
    effects
}

/// Puts a kept version in the place of the text.
pub fn bring_back(model: &mut Model, text: &str) -> Vec<Effect> {
    let effects = kept::bring_back(model, text);
    settle(model);
    effects
}

/// When this screen wants to be woken next.
pub fn next_tick(model: &Model) -> Option<Duration> {
    let play = model.playground.as_ref()?;
    let spinner = play.output.program.running().map(|_| SPINNER);
    let save = play.saving.due().map(|due| due.saturating_sub(model.now));
    [spinner, save].into_iter().flatten().min()
}

/// What can be done now, the primary action first.
pub fn hints(model: &Model) -> Vec<Hint> {
    model.playground.as_ref().map_or_else(Vec::new, hints::hints)
}

/// What this screen has running, told where the screen itself does not show it.
pub fn activity(model: &Model) -> Option<Activity> {
    let play = model.playground.as_ref()?;
    let since = play.output.program.running()?;
    let shown = model.screen == Screen::Playground;
    (!shown).then(|| Activity { what: "the playground's program runs".to_owned(), share: None, since })
}

fn settle(model: &mut Model) {
    let size = model.size;
    if let Some(play) = &mut model.playground {
        play.settle(size);
    }
}
