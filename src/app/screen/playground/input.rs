//! The field for a line of the program's input.

use crate::app::editor::filter;
use crate::app::editor::grapheme;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::screen::playground::output::{Program, Tab};
use crate::app::screen::playground::state::{Focus, Playground};

/// What a program says that reads its standard input.
const READS: [&str; 2] = ["stdin", "read_line"];

/// Has the field listen where the program that was just started reads what is typed, so that this does not go into its text;
/// unless the learner has gone on typing there.
pub(super) fn listen(play: &mut Playground) {
    let code = |line: &String| {
        line.split("//").next().is_some_and(|code| READS.iter().any(|word| code.contains(word)))
    };
    let reads = play.output.built.iter().any(code);
    if reads && !play.editor.captures() && play.output.built == play.editor.buffer.lines() {
        play.output.show(Tab::Output);
        play.focus = Focus::Input(String::new());
    }
}

/// Answers a key: Enter sends the line, Ctrl-D ends the input, Esc closes the field. It stays open when the program ends: what is
/// being typed then is neither a command nor part of the text.
pub(super) fn key(play: &mut Playground, key: Key) -> Vec<Effect> {
    let Focus::Input(line) = &mut play.focus else { return Vec::new() };
    match key {
        Key { code: Code::Enter, .. } => {
            let line = std::mem::take(line);
            return send(play, line);
        }
        Key { code: Code::Char('d'), control: true, .. } => return end(play),
        Key { code: Code::Char('c'), control: true, .. } | Key { code: Code::Esc, .. } => {
            play.focus = Focus::Output;
        }
        Key { code: Code::Char('u'), control: true, .. } => line.clear(),
        Key { code: Code::Backspace, .. } => grapheme::pop(line),
        Key { code: Code::Char(c), control: false, alt: false, .. } if !filter::is_refused(c) => line.push(c),
        _ => {}
    }
    Vec::new()
}

/// Takes pasted text: every whole line is sent, the rest stands in the field.
pub(super) fn paste(play: &mut Playground, text: &str) -> Vec<Effect> {
    let Focus::Input(line) = &mut play.focus else { return Vec::new() };
    line.push_str(&filter::clean(text));
    let Some((whole, rest)) = line.rsplit_once('\n') else { return Vec::new() };
    let (whole, rest) = (whole.to_owned(), rest.to_owned());
    *line = rest;
    send(play, whole)
}

/// Gives the program a line and shows it among what it prints. A line that no program takes any more is dropped; an empty
/// one closes the field.
fn send(play: &mut Playground, line: String) -> Vec<Effect> {
    let Some(id) = play.output.program.takes_input() else {
        if line.is_empty() {
            play.focus = Focus::Output;
        }
        return Vec::new();
    };
    play.output.live.push(format!("{line}\n").as_bytes());
    play.output.follows = true;
    vec![Effect::SendInput(id, Some(line + "\n"))]
}

/// Ends the program's input.
pub(super) fn end(play: &mut Playground) -> Vec<Effect> {
    play.focus = Focus::Output;
    let Program::Running { id, ended_input, .. } = &mut play.output.program else { return Vec::new() };
    if std::mem::replace(ended_input, true) {
        return Vec::new();
    }
    vec![Effect::SendInput(*id, None)]
}
