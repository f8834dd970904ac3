//! What the playground's keys ask for.

use crate::app::command::Command;
use crate::app::editor::{LineMap, TabKey};
use crate::app::effect::Effect;
use crate::app::keymap::Context;
use crate::app::message::{JobEvent, JobId, Notice, NoticeLevel};
use crate::app::model::Model;
use crate::app::screen::playground::output::{Output, Program, Tab};
use crate::app::screen::playground::state::{Focus, PATH, Playground};
use crate::app::screen::playground::{input, kept, mend, visit};
use crate::app::screen::{library, workbench};
use crate::cargo::Level;
use crate::pack::Pack;

/// Carries out a command.
pub(super) fn command(model: &mut Model, command: Command) -> Vec<Effect> {
    model.playground.iter_mut().for_each(|play| play.tab_key = TabKey::default());
    if let Some(effects) = editing(model, command) {
        return effects;
    }
    let Some(play) = &mut model.playground else {
        library::show(model);
        return Vec::new();
    };
    match command {
        Command::Run => return run(model),
        Command::Back => return back(model),
        Command::Save => return play.save().into_iter().collect(),
        Command::Format => return format(model),
        Command::Versions => return kept::ask(model),
        Command::SendInput => open_input(model),
        Command::EndInput => return input::end(play),
        Command::ClearOutput => play.output.live.clear(),
        Command::NextSet => return next_set(model),
        Command::Enlarge => play.enlarge(),
        Command::ApplyFix => mend::fix(model),
        Command::Open if play.output.reading.as_ref().is_some_and(|reading| reading.fix.is_some()) => {
            mend::fix(model);
        }
        Command::Explain => mend::explain(model),
        Command::Open if play.output.tab == Tab::Problems && !play.output.problems.is_empty() => jump(play),
        Command::ShowOutput => show(play, Tab::Output),
        Command::ShowProblems => show(play, Tab::Problems),
        Command::NextProblem | Command::PreviousProblem => step(model, command == Command::NextProblem),
        Command::Open | Command::FocusEditor => play.focus = Focus::Editor,
        Command::NextPanel | Command::PreviousPanel => {
            play.focus = if play.focus == Focus::Editor { Focus::Output } else { Focus::Editor };
            play.tab_key = TabKey::LeadsOn;
        }
        Command::Left | Command::Right => {
            let other = if play.output.tab == Tab::Output { Tab::Problems } else { Tab::Output };
            play.output.show(other);
        }
        Command::Up => play.output.scroll_by(-1),
        Command::Down => play.output.scroll_by(1),
        Command::PageUp => play.output.scroll_by(-10),
        Command::PageDown => play.output.scroll_by(10),
        Command::Top => play.output.scroll_by(isize::MIN),
        Command::Bottom => play.output.scroll_by(isize::MAX),
        _ => {}
    }
    Vec::new()
}

fn editing(model: &mut Model, command: Command) -> Option<Vec<Effect>> {
    let now = model.now;
    let context = super::context(model);
    let play = model.playground.as_mut()?;
    let looks = play.editor.looks(command);
    if !looks && matches!(command, Command::FindNext | Command::FindPrevious) {
        workbench::nothing_sought(model, context);
        return Some(Vec::new());
    }
    if play.focus != Focus::Editor && !looks {
        return None;
    }
    let before = play.editor.buffer.revision();
    let mut effects = play.editor.command(command, &mut model.clip, now)?;
    // The field listens, but whoever goes from match to match stays where these letters are commands.
    if play.editor.captures() {
        play.focus = Focus::Editor;
    }
    play.touched(now);
    if matches!(command, Command::Undo | Command::Redo) {
        play.name();
        let idle = command == Command::Undo && play.editor.buffer.revision() == before;
        effects.extend(visit::keep(model));
        if idle {
            workbench::nothing_to_undo(model, Context::Playground);
        }
    }
    Some(effects)
}

/// Keeps the text, builds it and runs it; a program that still runs is stopped first.
pub(super) fn run(model: &mut Model) -> Vec<Effect> {
    // What is shown is what runs; asked again, it waits for nothing.
    let waits = |play: &&mut Playground| play.may_give_way() && !play.run_when_read;
    if let Some(play) = model.playground.as_mut().filter(waits) {
        play.run_when_read = true;
        return Vec::new();
    }
    let id = model.new_job();
    let now = model.now;
    let Some(play) = &mut model.playground else { return Vec::new() };
    let mut effects: Vec<Effect> = play.output.program.job().map(Effect::Cancel).into_iter().collect();
    effects.extend(play.save());
    play.run_when_read = false;
    play.output = Output {
        program: Program::Building { id, since: now, what: "starting".to_owned() },
        built: play.editor.buffer.lines().to_vec(),
        ..Output::default()
    };
    let code = play.editor.buffer.text().to_string();
    effects.push(Effect::StartPlay { id, pack: play.pack.clone(), set: play.set.clone(), code });
    effects
}

/// Esc: from the editor to the output; there it stops the program, else it leads back.
fn back(model: &mut Model) -> Vec<Effect> {
    let Some(play) = &mut model.playground else { return Vec::new() };
    if play.focus != Focus::Output {
        play.focus = Focus::Output;
        return Vec::new();
    }
    if play.output.reading.take().is_some() || play.shrink() {
        return Vec::new();
    }
    match play.output.program.job() {
        Some(id) => vec![Effect::Cancel(id)],
        None => visit::go_back(model),
    }
}

fn open_input(model: &mut Model) {
    let Some(play) = &mut model.playground else { return };
    if play.output.program.takes_input().is_some() {
        play.output.show(Tab::Output);
        play.focus = Focus::Input(String::new());
    } else {
        model.note(NoticeLevel::Info, "no program waits for input; run one first");
    }
}

/// The sets of a pack that are there without asking, the one that needs nothing first.
pub(super) fn sets(pack: &Pack) -> Vec<&str> {
    let mut sets = vec![visit::LIGHT];
    for exercise in &pack.exercises {
        if !sets.contains(&exercise.set.as_str()) && pack.opt_in(&exercise.set).is_none() {
            sets.push(&exercise.set);
        }
    }
    sets
}

/// The names of the crates of a set, as its manifest has them.
fn crates(pack: &Pack, set: &str) -> String {
    let manifest = pack.set(set).and_then(|set| set.manifest.parse::<toml::Table>().ok());
    let brought =
        manifest.as_ref().and_then(|manifest| manifest.get("workspace")?.get("dependencies")?.as_table());
    brought.into_iter().flat_map(toml::Table::keys).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Chooses the next of the sets that are there without asking, and keeps the choice.
fn next_set(model: &mut Model) -> Vec<Effect> {
    let Some(play) = &mut model.playground else { return Vec::new() };
    let Some(pack) = model.packs.iter().find(|pack| pack.id == play.pack) else { return Vec::new() };
    let sets = sets(pack);
    let at = sets.iter().position(|set| *set == play.set).map_or(0, |at| (at + 1) % sets.len());
    sets[at].clone_into(&mut play.set);
    let mut notice = match (sets.len(), play.set.as_str()) {
        (1, _) => {
            let text = "programs are built with the standard library only: no crates come with this text";
            Notice::new(NoticeLevel::Info, text)
        }
        (_, visit::LIGHT) => {
            Notice::new(NoticeLevel::Info, "programs are built with the standard library only")
        }
        (_, set) => Notice::new(NoticeLevel::Info, format!("built with the crates of `{set}`:")),
    };
    notice.details.extend(Some(crates(pack, &play.set)).filter(|crates| !crates.is_empty()));
    model.notice = Some(notice);
    visit::keep(model).into_iter().collect()
}

fn format(model: &mut Model) -> Vec<Effect> {
    let id = model.new_job();
    let Some(play) = &mut model.playground else { return Vec::new() };
    play.formatting = Some((id, play.editor.buffer.revision()));
    vec![Effect::Format { id, text: play.editor.buffer.text().to_string() }]
}

/// Takes the formatted text, unless something was typed meanwhile.
pub(super) fn formatted(model: &mut Model, id: JobId, event: &JobEvent) {
    let now = model.now;
    let (JobEvent::Formatted(result), Some(play)) = (event, &mut model.playground) else { return };
    let Some((_, revision)) = play.formatting.take_if(|(job, _)| *job == id) else { return };
    match result {
        Ok(text) if play.editor.buffer.revision() == revision => {
            play.editor.buffer.set_text(text);
            play.editor.view.follow(&play.editor.buffer);
            play.touched(now);
        }
        Ok(_) => {
            let text = "not formatted: the text has changed meanwhile";
            model.notice = Some(Notice::new(NoticeLevel::Warning, text));
        }
        Err(notice) => model.notice = Some(notice.clone()),
    }
}

fn show(play: &mut Playground, tab: Tab) {
    play.focus = Focus::Output;
    play.output.show(tab);
}

fn step(model: &mut Model, forward: bool) {
    let Some(play) = &mut model.playground else { return };
    let count = play.output.problems.len();
    if count == 0 {
        return model.note(NoticeLevel::Info, "the compiler has nothing to say about this text");
    }
    // What is only warned of waits until the rest is mended.
    let refused = play.output.problems.iter().any(|said| said.level == Level::Error);
    let counts = |at: &usize| !refused || play.output.problems[*at].level == Level::Error;
    let by = if forward { 1 } else { count - 1 };
    // The first step leads to the problem that is shown, the next ones on from it.
    let first = usize::from(play.output.tab == Tab::Problems && play.focus == Focus::Editor);
    let next = (first..=count).map(|steps| (play.output.problem + steps * by) % count).find(counts);
    play.output.problem = next.unwrap_or(play.output.problem);
    play.output.show(Tab::Problems);
    jump(play);
}

/// Goes to the chosen problem's place in the text.
fn jump(play: &mut Playground) {
    show_place(play);
    play.focus = Focus::Editor;
}

/// Shows the chosen problem's place in the text.
pub(super) fn show_place(play: &mut Playground) {
    let map = LineMap::between(&play.output.built, play.editor.buffer.lines());
    let problem = play.output.problems.get(play.output.problem);
    let span =
        problem.and_then(|problem| problem.spans.iter().find(|span| span.primary && span.file == PATH));
    if let Some(span) = span {
        let line = map.now(span.line_start.saturating_sub(1)).map_or(span.line_start, |line| line + 1);
        play.editor.go_to(line, span.column_start);
        if span.line_start == span.line_end {
            play.editor.see_up_to(span.column_end);
        }
    }
}
