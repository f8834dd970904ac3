//! What the workbench's keys ask for.

use crate::app::command::Command;
use crate::app::editor::TabKey;
use crate::app::effect::Effect;
use crate::app::keymap::Context;
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::library;
use crate::app::screen::workbench::check::{Check, Running, TestState};
use crate::app::screen::workbench::layout::Layout;
use crate::app::screen::workbench::panel::{Shown, Tab};
use crate::app::screen::workbench::state::{Focus, Workbench};
use crate::app::screen::workbench::{answer, crates, fix, hints, kept, problems, quiz, starter, visit};

/// Carries out a command.
pub(super) fn command(model: &mut Model, command: Command) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else {
        library::show(model);
        return Vec::new();
    };
    bench.acted(model.now);
    bench.tab_key = TabKey::default();
    if bench.quiz.is_some() {
        return quiz::command(model, command);
    }
    if let Some(effects) = editing(model, command) {
        return effects;
    }
    match command {
        Command::Back => back(model),
        Command::Open => open(model),
        Command::Run => run(model, None),
        Command::BuildCrates => crates::build(model),
        Command::Backtrace => backtrace(model),
        Command::Save => save(model),
        Command::Hint => answer::hint(model),
        Command::Reveal => answer::reveal(model),
        Command::Reset => starter::reset(model),
        Command::Restore => starter::restore(model),
        Command::Versions => kept::ask(model),
        Command::ExternalEditor => edit_outside(model),
        Command::Format => format(model),
        Command::Watch => watch(model),
        Command::ApplyFix => apply_fix(model),
        Command::NextExercise => next_exercise(model),
        _ => look(model, command),
    }
}

/// What an editor knows, where it listens or something is to be found in it: the field for that listens, but whoever goes from
/// match to match stays where these letters are commands.
fn editing(model: &mut Model, command: Command) -> Option<Vec<Effect>> {
    let now = model.now;
    let context = super::context(model);
    let bench = model.workbench.as_mut()?;
    let looks = bench.file().is_some_and(|file| file.editor.looks(command));
    if !looks && matches!(command, Command::FindNext | Command::FindPrevious) {
        super::nothing_sought(model, context);
        return Some(Vec::new());
    }
    if !looks && bench.focus != Focus::Editor {
        return None;
    }
    let file = bench.file_mut()?;
    let refused = !file.editor.editable && matches!(command, Command::Paste | Command::ToggleComment);
    let before = file.editor.buffer.revision();
    let effects = file.editor.command(command, &mut model.clip, now);
    let idle = file.editor.editable && file.editor.buffer.revision() == before;
    file.touched(now);
    if file.editor.captures() {
        bench.focus = Focus::Editor;
    } else if bench.focus == Focus::Task {
        // Where the task has the editor's place, no match is seen.
        bench.focus = Focus::Panel;
    }
    if refused {
        super::lead_to_own_file(model);
        return Some(Vec::new());
    }
    if idle && command == Command::Undo {
        kept::nothing_to_undo(model, Context::Panels);
    }
    effects
}

/// Esc: from the editor to the panels; there it stops what runs, else it leads from a text to where that was opened, and out.
fn back(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    if bench.focus == Focus::Editor {
        // Whether a run ended a moment ago says nothing of where the next keys are to go.
        bench.focus = Focus::Panel;
        return Vec::new();
    }
    if let Check::Running(running) = &mut bench.check
        && !running.stopping
    {
        running.stopping = true;
        return vec![Effect::Cancel(running.id)];
    }
    if bench.check.running().is_none() && !bench.go_back() {
        return visit::go_back(model);
    }
    Vec::new()
}

/// Enter: the primary action.
fn open(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    if hints::passed(bench) {
        return next_exercise(model);
    }
    match (bench.focus, bench.panel.tab) {
        (Focus::Panel, Tab::Problems) if !bench.problems.is_empty() => {
            if problems::jump(bench, bench.panel.problem) {
                bench.focus = Focus::Editor;
            } else {
                bench.panel.show_text(Shown::Problem);
            }
        }
        (Focus::Panel, Tab::Output) if matches!(bench.panel.shown, Shown::Fix(_)) => return apply_fix(model),
        (Focus::Panel, Tab::Output) if hints::shows_failure(bench) => problems::go_to_failure(bench),
        (Focus::Panel, Tab::Tests) if hints::chosen_has_output(bench) => bench.panel.show_text(Shown::Test),
        _ => focus_editor(bench),
    }
    Vec::new()
}

/// Goes to the code that the learner writes, whatever is shown.
fn focus_editor(bench: &mut Workbench) {
    if !bench.files.is_empty() {
        bench.show_own_file();
        bench.focus = Focus::Editor;
    }
}

/// Saves, and has the exercise judged, or one test of it run again with a backtrace.
pub(super) fn run(model: &mut Model, backtrace_of: Option<String>) -> Vec<Effect> {
    let command = if backtrace_of.is_some() { Command::Backtrace } else { Command::Run };
    crates::ask(model, command).unwrap_or_else(|| start(model, backtrace_of))
}

/// The same without asking whether crates may be built.
pub(super) fn start(model: &mut Model, backtrace_of: Option<String>) -> Vec<Effect> {
    let id = model.new_job();
    let now = model.now;
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    if bench.files.is_empty() {
        bench.when_read = Some(Command::Run);
        let again = bench.unread.take().map(|_| Effect::OpenExercise(bench.key.clone()));
        return again.into_iter().collect();
    }
    let mut effects: Vec<Effect> =
        bench.check.running().map(|running| Effect::Cancel(running.id)).into_iter().collect();
    effects.extend(bench.save_all());
    for file in &mut bench.files {
        file.judged = Some(file.editor.buffer.lines().to_vec());
        file.placed = file.editor.buffer.cursor();
    }
    let one = if let Some(name) = &backtrace_of {
        bench.panel.test_mut(name).map(|row| std::mem::replace(&mut row.state, TestState::Waiting))
    } else {
        bench.panel.tests.iter_mut().for_each(|row| row.state = TestState::Waiting);
        bench.begin_anew();
        None
    };
    let before = match std::mem::replace(&mut bench.check, Check::Never) {
        Check::Ended(ended) => Some(ended),
        Check::Running(_) | Check::Never => None,
    };
    bench.check = Check::Running(Running::new(id, now, backtrace_of.clone(), before.zip(one)));
    effects.push(Effect::StartCheck { id, exercise: bench.key.clone(), backtrace_of });
    effects
}

/// Has the chosen test run again with a backtrace.
fn backtrace(model: &mut Model) -> Vec<Effect> {
    chosen_failure(model).map_or_else(Vec::new, |name| run(model, Some(name)))
}

/// The same after a yes to building crates for it.
pub(super) fn backtrace_confirmed(model: &mut Model) -> Vec<Effect> {
    chosen_failure(model).map_or_else(Vec::new, |name| start(model, Some(name)))
}

/// The chosen test, if it failed and the text is still the one that was judged; else it says why there is none.
fn chosen_failure(model: &mut Model) -> Option<String> {
    let bench = model.workbench.as_ref()?;
    if bench.check.running().is_some() {
        model.note(NoticeLevel::Warning, "a check runs: wait for its end, or stop it with Esc");
        return None;
    }
    let Some(row) = bench.panel.tests.get(bench.panel.test).filter(|row| row.failed()) else {
        model.note(NoticeLevel::Warning, "choose a test that failed; it is run again with a backtrace");
        return None;
    };
    let name = row.name.clone();
    if bench.has_changed() {
        // The verdict and what the compiler said are of another text.
        model.note(NoticeLevel::Warning, "the text has changed since: run again");
        return None;
    }
    Some(name)
}

fn save(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let effects = bench.save_all();
    if effects.is_empty() {
        model.note(NoticeLevel::Info, "everything is saved");
    }
    effects
}

fn edit_outside(model: &mut Model) -> Vec<Effect> {
    let id = model.new_job();
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let Some(file) = bench.file() else {
        bench.when_read = Some(Command::ExternalEditor);
        return Vec::new();
    };
    let (path, line) = (file.path.clone(), file.editor.buffer.cursor().line + 1);
    let mut effects = bench.save_all();
    bench.outside = Some(id);
    effects.push(Effect::EditOutside { id, exercise: bench.key.clone(), path, line });
    effects
}

fn format(model: &mut Model) -> Vec<Effect> {
    let id = model.new_job();
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let shown = bench.shown;
    let Some(file) = bench.file().filter(|file| file.editor.editable && file.language() == "rs") else {
        model.note(NoticeLevel::Warning, "only your own Rust files are formatted: open one with its tab");
        return Vec::new();
    };
    let (text, revision) = (file.editor.buffer.text().to_string(), file.editor.buffer.revision());
    bench.formatting = Some((id, shown, revision));
    vec![Effect::Format { id, text }]
}

fn watch(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    bench.watch = !bench.watch;
    let text =
        if bench.watch { "watching: a save from outside starts a check" } else { "no longer watching" };
    model.note(NoticeLevel::Info, text);
    Vec::new()
}

/// Shows the compiler's suggestion; asked for again, applies it.
fn apply_fix(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    let shown = match &bench.panel.shown {
        Shown::Fix(fix) if bench.panel.tab == Tab::Output => Some(fix.clone()),
        _ => None,
    };
    let Some(fix) = shown else {
        match fix::prepare(bench, bench.panel.problem) {
            Ok(fix) => bench.read(Shown::Fix(fix)),
            Err(why) => model.note(NoticeLevel::Warning, why),
        }
        return Vec::new();
    };
    if !fix::apply(bench, &fix) {
        model.note(NoticeLevel::Warning, "the text has changed since: run again");
        return Vec::new();
    }
    for file in &mut bench.files {
        file.touched(now);
    }
    bench.panel.show(Tab::Problems);
    bench.panel.shown = Shown::Problem;
    model.note(NoticeLevel::Info, "applied; Ctrl-Z in the editor takes it back, Ctrl-R runs");
    Vec::new()
}

/// Opens the next exercise, or goes back after the last one.
pub(super) fn next_exercise(model: &mut Model) -> Vec<Effect> {
    let Some(bench) = &model.workbench else { return Vec::new() };
    let (listened, next) = (bench.focus, bench.next_exercise().map(|next| next.id.clone()));
    let Some(next) = next else { return visit::go_back(model) };
    let effects = visit::open(model, &next);
    // Where letters were commands they stay so: the next one is not to be typed into the code.
    if let Some(bench) = model.workbench.as_mut().filter(|bench| bench.focus == Focus::Editor) {
        bench.focus = listened;
    }
    effects
}

/// Commands that only change what is looked at.
fn look(model: &mut Model, command: Command) -> Vec<Effect> {
    let Some(bench) = &mut model.workbench else { return Vec::new() };
    match command {
        Command::FocusEditor => focus_editor(bench),
        Command::Enlarge => {
            bench.enlarged = Some(bench.focus).filter(|_| !bench.is_enlarged());
        }
        Command::NextPanel | Command::PreviousPanel => {
            bench.focus = next_focus(bench.focus, command == Command::NextPanel);
            bench.tab_key = TabKey::LeadsOn;
        }
        Command::ShowTests => show(bench, Tab::Tests),
        Command::ShowProblems => show(bench, Tab::Problems),
        Command::ShowOutput => show_output(bench),
        Command::ShowDiff if bench.focus == Focus::Panel && bench.panel.tab == Tab::Diff => {
            model.note(NoticeLevel::Info, "the comparison is what is shown already");
        }
        Command::ShowDiff => show(bench, Tab::Diff),
        Command::Explain => explain(model),
        Command::TestSource => problems::test_source(model),
        Command::NextFile => turn_file(bench, 1),
        Command::PreviousFile => turn_file(bench, bench.files.len().saturating_sub(1)),
        Command::NextStep | Command::PreviousStep => step(model, command == Command::NextStep),
        Command::NextProblem | Command::PreviousProblem => {
            if !problems::step(bench, command == Command::NextProblem) {
                model.note(
                    NoticeLevel::Info,
                    "neither the compiler nor a failed test names a place in these files",
                );
            }
        }
        _ => super::panel::travel(bench, command),
    }
    Vec::new()
}

/// Shows the task of the next step or of the one before, or says that there is none.
fn step(model: &mut Model, forward: bool) {
    let Some(bench) = &mut model.workbench else { return };
    let before = bench.step;
    super::panel::turn_step(bench, if forward { 1 } else { -1 });
    if bench.step == before {
        let which = if forward { "last" } else { "first" };
        model.note(NoticeLevel::Info, format!("this is the {which} step"));
    } else if bench.focus == Focus::Panel && !Layout::of(model.size, bench).is_wide() {
        // There a file has the task's place.
        bench.focus = Focus::Task;
    }
}

fn show(bench: &mut Workbench, tab: Tab) {
    bench.focus = Focus::Panel;
    bench.panel.show(tab);
}

fn show_output(bench: &mut Workbench) {
    bench.focus = Focus::Panel;
    // From what is read instead of the output it leads to that.
    let shown = match (bench.panel.tab, &bench.panel.shown) {
        (Tab::Output, Shown::Explanation | Shown::Fix(_)) | (Tab::Problems, _) => Shown::Problem,
        (Tab::Output, Shown::Test | Shown::Verdict | Shown::Wrong(_) | Shown::Problem) => return,
        (Tab::Output, Shown::Hints) | (Tab::Tests | Tab::Diff, _) => Shown::Test,
    };
    bench.panel.show_text(shown);
}

fn next_focus(focus: Focus, forward: bool) -> Focus {
    match (focus, forward) {
        (Focus::Task, true) | (Focus::Panel, false) => Focus::Editor,
        (Focus::Editor, true) | (Focus::Task, false) => Focus::Panel,
        (Focus::Panel, true) | (Focus::Editor, false) => Focus::Task,
    }
}

fn turn_file(bench: &mut Workbench, by: usize) {
    if !bench.files.is_empty() {
        bench.shown = (bench.shown + by) % bench.files.len();
        bench.shrink_panel();
        bench.source_from = None;
        if bench.focus == Focus::Task {
            bench.focus = Focus::Panel;
        }
    }
}

fn explain(model: &mut Model) {
    let Some(bench) = &mut model.workbench else { return };
    match bench.problems.get(bench.panel.problem).map(|problem| problem.explanation.is_some()) {
        Some(true) => {
            bench.read(Shown::Explanation);
        }
        Some(false) => {
            model.note(
                NoticeLevel::Warning,
                "the compiler explains this no further; o shows its whole message",
            );
        }
        None => {
            model.note(NoticeLevel::Warning, "nothing to explain: no problem is chosen in the Problems list");
        }
    }
}
