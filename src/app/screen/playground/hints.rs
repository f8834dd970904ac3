//! What can be done in the playground now, the primary action first.

use crate::app::bar::Hint;
use crate::app::command::Command;
use crate::app::editor::TabKey;
use crate::app::screen::playground::output::Tab;
use crate::app::screen::playground::state::{Focus, Playground};
use crate::app::screen::workbench::{enlarge, help_with};

pub(super) fn hints(play: &Playground) -> Vec<Hint> {
    match &play.focus {
        Focus::Editor => editor(play),
        Focus::Input(_) if play.output.program.takes_input().is_none() => {
            vec![Hint::named(Command::Back, "the program has ended: to its output")]
        }
        Focus::Input(_) => vec![
            Hint::named(Command::Open, "send the line"),
            Hint::of(Command::EndInput),
            Hint::named(Command::Back, "output, again: stop"),
        ],
        Focus::Output => output(play),
    }
}

fn editor(play: &Playground) -> Vec<Hint> {
    if let Some(prompt) = &play.editor.prompt {
        return prompt.hints();
    }
    let program = &play.output.program;
    let mut hints = match (program.takes_input(), program.job()) {
        // What is typed here goes into the text, so the way to the program comes first.
        (Some(_), _) => vec![
            Hint::named(Command::Back, "then i gives it input, Esc again stops it"),
            Hint::named(Command::Run, "run anew"),
        ],
        (None, Some(_)) => {
            vec![Hint::named(Command::Back, "output, again: stop"), Hint::named(Command::Run, "run anew")]
        }
        (None, None) => vec![Hint::of(Command::Run), Hint::named(Command::Back, "output")],
    };
    if play.tab_key == TabKey::LeadsOn {
        hints.push(Hint::of(Command::NextPanel));
    }
    if !play.output.problems.is_empty() {
        hints.push(Hint::of(Command::NextProblem));
    }
    hints.extend([Command::Help, Command::Find, Command::Undo, Command::Format].map(Hint::of));
    hints.extend([enlarge(play.enlarged().is_some()), Hint::of(Command::Finder)]);
    hints
}

fn output(play: &Playground) -> Vec<Hint> {
    let fix = play.output.reading.as_ref().is_some_and(|reading| reading.fix.is_some());
    let there = play.output.tab == Tab::Problems && !play.output.problems.is_empty();
    let primary = match (fix, there) {
        (true, _) => "apply the fix",
        (false, true) => "go there",
        (false, false) => "edit",
    };
    let mut hints = Vec::new();
    let running = play.output.program.job().is_some();
    if running {
        hints.push(Hint::named(Command::Back, "stop the program"));
    }
    if play.output.program.takes_input().is_some() {
        hints.extend([Hint::named(Command::SendInput, "give it input"), Hint::of(Command::EndInput)]);
    }
    hints.extend([Hint::named(Command::Open, primary), Hint::of(Command::Run)]);
    if !running {
        hints.push(Hint::of(Command::Back));
    }
    if there {
        hints.extend(help_with(&play.output.problems, play.output.problem));
    }
    hints.extend([Command::ClearOutput, Command::Versions].map(Hint::of));
    hints.push(enlarge(play.enlarged().is_some()));
    hints.extend([Command::Finder, Command::Help].map(Hint::of));
    hints
}
