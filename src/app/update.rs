//! The router: each message goes to the overlay, the screen or the few things that hold everywhere.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::app::area::{Frame, too_small};
use crate::app::bar::{self, Activity, Hint};
use crate::app::command::Command;
use crate::app::drafts;
use crate::app::effect::{Effect, TextKey};
use crate::app::key::Key;
use crate::app::keymap::{self, Context};
use crate::app::message::{FilesEvent, Input, JobEvent, JobId, Message, Mouse, MouseKind, WarmEvent};
use crate::app::model::{Model, Screen, Warm};
use crate::app::screen::playground::Playground;
use crate::app::screen::workbench::Workbench;
use crate::app::screen::{library, map, overlay, playground, reader, workbench};

/// The dependency set of exercises that need none.
const NO_SET: &str = "none";

/// How long one picture of the spinner stands.
pub const SPINNER: Duration = Duration::from_millis(100);

/// Changes the model by one message and returns what is to be done in the world.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let before = model.screen;
    let mut effects = route(model, message);
    if before != Screen::Workbench && model.screen == Screen::Workbench {
        effects.extend(warm_ahead(model));
    }
    let begun = workbench::begun(model, &effects);
    // An end comes last, whatever else there is to do.
    let at = effects.len() - usize::from(effects.last() == Some(&Effect::Quit));
    effects.splice(at..at, begun);
    effects
}

fn route(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Input(input) => on_input(model, input),
        Message::Tick(now) => on_tick(model, now),
        Message::Job(id, event) => on_job(model, id, event),
        Message::Files(FilesEvent::PlaygroundRead { pack, text }) => playground::read(model, &pack, text),
        Message::Files(FilesEvent::Versions { key: key @ TextKey::Playground { .. }, kept }) => {
            playground::listed(model, key, kept);
            Vec::new()
        }
        Message::Files(FilesEvent::Saved { key, version }) => {
            drafts::saved(model, &key, version);
            Vec::new()
        }
        Message::Files(FilesEvent::NotSaved { key, version, notice }) => {
            drafts::not_saved(model, &key, version, notice);
            Vec::new()
        }
        Message::Files(event) => workbench::files(model, event),
        Message::SetFound { pack, set, built } => {
            workbench::crates_found(model, &pack, &set, built);
            Vec::new()
        }
        Message::Noted(notice) => {
            model.notice = Some(notice);
            Vec::new()
        }
        Message::Background { light } => {
            if !model.look.chosen {
                model.look.light = light;
            }
            Vec::new()
        }
    }
}

/// The context whose keys hold now, beneath any overlay.
pub fn context(model: &Model) -> Context {
    match model.screen {
        Screen::Library => Context::Library,
        Screen::Reader => Context::Reader,
        Screen::Workbench => workbench::context(model),
        Screen::Playground => playground::context(model),
        Screen::Map => Context::Map,
    }
}

/// What can be done now, the primary action first.
pub fn hints(model: &Model) -> Vec<Hint> {
    if let Some(overlay) = &model.overlay {
        return overlay::hints(model, overlay);
    }
    match model.screen {
        Screen::Library => library::hints(model),
        Screen::Reader => reader::hints(model),
        Screen::Workbench => workbench::hints(model),
        Screen::Playground => playground::hints(model),
        Screen::Map => map::hints(model),
    }
}

/// What is being done now: what is not saved, a job of the screen's, else the dependencies in the background.
pub fn activity(model: &Model) -> Option<Activity> {
    let unsaved = drafts::activity(model);
    unsaved
        .or_else(|| workbench::activity(model))
        .or_else(|| playground::activity(model))
        .or_else(|| warming(model))
}

fn warming(model: &Model) -> Option<Activity> {
    let warm = model.warm.last()?;
    let (what, share) = match &warm.news {
        Some(WarmEvent::Fetching { done, total }) => ("fetching crates", total.map(|total| (*done, total))),
        Some(WarmEvent::Building { done, total }) => ("building crates", total.map(|total| (*done, total))),
        _ => ("preparing crates", None),
    };
    Some(Activity { what: format!("{}: {what}", warm.set), share, since: warm.since })
}

/// When the app wants to be woken next if nothing else happens; `None` lets it sleep.
pub fn next_tick(model: &Model) -> Option<Duration> {
    let warming = model.warm.last().map(|_| SPINNER);
    let screens = [workbench::next_tick(model), playground::next_tick(model)];
    [warming, drafts::next_tick(model)].into_iter().chain(screens).flatten().min()
}

/// Carries out a command as if its key had been pressed.
pub fn on_command(model: &mut Model, command: Command) -> Vec<Effect> {
    match command {
        Command::Help => overlay::open_help(model),
        Command::Finder => overlay::open_finder(model),
        Command::Message => overlay::open_told(model),
        Command::Suspend => suspend(model),
        Command::ToggleTheme => {
            model.look.light = !model.look.light;
            model.look.chosen = true;
            Vec::new()
        }
        Command::Quit => quit(model),
        Command::Map if model.screen != Screen::Map => map::open(model),
        Command::Playground if model.screen != Screen::Playground => {
            let mut effects = if model.screen == Screen::Reader { reader::leave(model) } else { Vec::new() };
            effects.extend(playground::open(model, None));
            effects
        }
        _ => match model.screen {
            Screen::Library => library::command(model, command),
            Screen::Reader => reader::command(model, command),
            Screen::Workbench => workbench::command(model, command),
            Screen::Playground => playground::command(model, command),
            Screen::Map => map::command(model, command),
        },
    }
}

fn on_input(model: &mut Model, input: Input) -> Vec<Effect> {
    match input {
        Input::Resize(width, height) => {
            model.size = (width, height);
            resized(model);
            Vec::new()
        }
        // What cannot be seen is not changed; only leaving is possible.
        _ if too_small(model.size) => match input {
            Input::Key(key) if keymap::lookup(Context::Anywhere, key) == Some(Command::Quit) => quit(model),
            _ => Vec::new(),
        },
        Input::Key(key) => on_key(model, key),
        Input::Paste(text) => on_paste(model, &text),
        Input::Mouse(mouse) => on_mouse(model, mouse),
    }
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    put_aside(model);
    let captured = match model.screen {
        Screen::Library | Screen::Map => false,
        Screen::Reader => reader::captures(model),
        Screen::Workbench => workbench::captures(model),
        Screen::Playground => playground::captures(model),
    };
    let field = if model.overlay.is_some() { overlay::captures(model) } else { captured };
    if field && keymap::lookup(Context::Editor, key) == Some(Command::Paste) {
        let copied = model.clip.text.clone();
        return on_paste(model, &copied);
    }
    if model.overlay.is_some() {
        return overlay::key(model, key);
    }
    // Which option is meant is in the key, not in the command.
    let command = keymap::lookup(context(model), key).filter(|command| *command != Command::Answer);
    if !captured && let Some(command) = command {
        return on_command(model, command);
    }
    match model.screen {
        Screen::Library | Screen::Map => Vec::new(),
        Screen::Reader => reader::key(model, key),
        Screen::Workbench => workbench::key(model, key),
        Screen::Playground => playground::key(model, key),
    }
}

/// Puts the message at hand aside, to be read again, unless it is to stay a while.
fn put_aside(model: &mut Model) {
    if model.now >= model.notice_until
        && let Some(notice) = model.notice.take()
    {
        model.told = Some(notice);
    }
}

fn on_paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.overlay.is_some() {
        return overlay::paste(model, text);
    }
    match model.screen {
        Screen::Library | Screen::Map => Vec::new(),
        Screen::Reader => reader::paste(model, text),
        Screen::Workbench => workbench::paste(model, text),
        Screen::Playground => playground::paste(model, text),
    }
}

fn on_mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let pressed = matches!(mouse.kind, MouseKind::Press | MouseKind::DoublePress);
    if pressed && Frame::of(model.size).bar.contains(mouse.column, mouse.row) {
        return on_bar(model, mouse.column);
    }
    if pressed {
        put_aside(model);
    }
    if model.overlay.is_some() {
        return overlay::mouse(model, mouse);
    }
    match model.screen {
        Screen::Library => library::mouse(model, mouse),
        Screen::Reader => reader::mouse(model, mouse),
        Screen::Workbench => workbench::mouse(model, mouse),
        Screen::Playground => playground::mouse(model, mouse),
        Screen::Map => map::mouse(model, mouse),
    }
}

/// A press on a hint does what its key does.
fn on_bar(model: &mut Model, column: u16) -> Vec<Effect> {
    if let Some(notice) = model.notice.take() {
        let cut = bar::told(&notice, model, model.size.0).cut;
        model.told = Some(notice);
        return if cut { overlay::open_told(model) } else { Vec::new() };
    }
    let pressed = |placed: &bar::Placed| (placed.x..placed.x + placed.width).contains(&column);
    let placed = bar::place(model, model.size.0).into_iter().find(pressed);
    placed.map(|placed| on_key(model, placed.key)).unwrap_or_default()
}

/// Starts to make the heaviest dependency set of the pack at hand ready, once, when an exercise is opened: light
/// exercises are judged while it builds. A set that is built only on request is none of them.
fn warm_ahead(model: &mut Model) -> Vec<Effect> {
    let pack = model.pack();
    let users = |set: &str| pack.exercises.iter().filter(|exercise| exercise.set == set).count();
    let sets: BTreeSet<_> = pack.exercises.iter().map(|exercise| exercise.set.as_str()).collect();
    let unasked = sets.into_iter().filter(|set| *set != NO_SET && pack.opt_in(set).is_none());
    let Some(set) = unasked.max_by_key(|set| users(set)).map(str::to_owned) else { return Vec::new() };
    let pack = pack.id.clone();
    if !model.warm.is_empty() || !model.warmed.insert((pack.clone(), set.clone())) {
        return Vec::new();
    }
    let id = model.new_job();
    model.warm.push(Warm { id, pack: pack.clone(), set: set.clone(), since: model.now, news: None });
    vec![Effect::StartWarm { id, pack, set }]
}

fn on_tick(model: &mut Model, now: Duration) -> Vec<Effect> {
    model.now = now;
    let mut effects = workbench::tick(model);
    effects.extend(playground::tick(model));
    effects.extend(model.drafts.save(Some(now)));
    effects
}

fn on_job(model: &mut Model, id: JobId, event: JobEvent) -> Vec<Effect> {
    if let JobEvent::Warm(news) = event {
        return on_warm(model, id, news);
    }
    let mut effects = workbench::job(model, id, &event);
    effects.extend(playground::job(model, id, &event));
    effects
}

fn on_warm(model: &mut Model, id: JobId, news: WarmEvent) -> Vec<Effect> {
    let Some(at) = model.warm.iter().position(|warm| warm.id == id) else { return Vec::new() };
    match news {
        WarmEvent::Ready => {
            let Warm { pack, set, .. } = model.warm.remove(at);
            workbench::crates_found(model, &pack, &set, true);
        }
        WarmEvent::Refused(notice) => {
            let Warm { pack, set, .. } = model.warm.remove(at);
            model.warmed.remove(&(pack, set));
            model.notice = Some(notice);
        }
        WarmEvent::Fetching { .. } | WarmEvent::Building { .. } => model.warm[at].news = Some(news),
    }
    Vec::new()
}

fn resized(model: &mut Model) {
    library::resized(model);
    reader::resized(model);
    workbench::resized(model);
    playground::resized(model);
    map::resized(model);
    overlay::resized(model);
}

/// Nobody knows whether the app is ever continued, so what is typed is saved before.
fn suspend(model: &mut Model) -> Vec<Effect> {
    let mut effects: Vec<_> = model.workbench.iter_mut().flat_map(Workbench::save_all).collect();
    effects.extend(model.playground.iter_mut().filter_map(Playground::save));
    effects.extend(model.drafts.save(None));
    effects.push(Effect::Suspend);
    effects
}

fn quit(model: &mut Model) -> Vec<Effect> {
    let mut effects = if model.screen == Screen::Reader { reader::leave(model) } else { Vec::new() };
    effects.extend(workbench::leave(model));
    effects.extend(playground::leave(model));
    effects.extend(model.drafts.save(None));
    effects.push(Effect::Quit);
    effects
}

#[cfg(test)]
mod tests;
