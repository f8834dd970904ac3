//! What is given to a program that runs.

use super::*;
use crate::app::bar::Hint;
use crate::app::command::Command;

#[test]
fn tab_goes_between_the_panels_and_indents_where_one_types() {
    let mut model = opened();
    press(&mut model, &[Key::plain(Code::Esc), Key::plain(Code::Tab)]);
    assert_eq!(play(&model).focus, Focus::Editor);
    press(&mut model, &[Key::plain(Code::Tab)]);
    assert_eq!((play(&model).focus.clone(), text(&model).as_str()), (Focus::Output, "fn main() {}\n"));
    press(&mut model, &[Key::plain(Code::Tab), Key::char('x'), Key::plain(Code::Tab)]);
    assert!(play(&model).focus == Focus::Editor && text(&model).starts_with("x "), "{}", text(&model));
}

#[test]
fn lines_of_input_are_sent_and_shown_and_ended() {
    let (mut model, id) = running();
    plain(&mut model, Code::Esc);
    keys(&mut model, "i");
    assert_eq!(play(&model).focus, Focus::Input(String::new()));
    keys(&mut model, "5 q");
    assert_eq!(plain(&mut model, Code::Enter), [Effect::SendInput(id, Some("5 q\n".into()))]);
    assert_eq!(printed(&model), ["5 q"]);
    assert_eq!(press(&mut model, &[Key::control('d')]), [Effect::SendInput(id, None)]);
    assert_eq!(play(&model).focus, Focus::Output);
    assert!(press(&mut model, &[Key::control('d')]).is_empty(), "only once");
    keys(&mut model, "i");
    assert_eq!(play(&model).focus, Focus::Output, "a program whose input was ended takes none");
}

#[test]
fn pasted_lines_are_sent_at_once() {
    let (mut model, id) = running();
    plain(&mut model, Code::Esc);
    keys(&mut model, "i");
    let effects = update(&mut model, Message::Input(Input::Paste("a\r\nb\nrest".into())));
    assert_eq!(effects, [Effect::SendInput(id, Some("a\nb\n".into()))]);
    assert_eq!(play(&model).focus, Focus::Input("rest".into()));
}

/// A program of this text that was just started.
fn started(text: &str) -> (Model, JobId) {
    let mut model = opened();
    press(&mut model, &[Key::control('a')]);
    update(&mut model, Message::Input(Input::Paste(text.into())));
    let id = run(&mut model);
    tell(&mut model, id, PlayEvent::Started);
    (model, id)
}

const READS: &str = "fn main() {\n    std::io::stdin().lines().count();\n}\n";

#[test]
fn what_is_typed_goes_to_a_program_that_reads_it_as_soon_as_it_runs() {
    let (mut model, id) = started(READS);
    let before = text(&model);
    keys(&mut model, "5");
    assert_eq!(plain(&mut model, Code::Enter), [Effect::SendInput(id, Some("5\n".into()))]);
    assert_eq!(text(&model), before, "and not into its text");
    plain(&mut model, Code::Esc);
    assert_eq!(play(&model).focus, Focus::Output);
    let (model, _) = started("fn main() {} // no stdin\n");
    assert_eq!(play(&model).focus, Focus::Editor);
}

#[test]
fn whoever_types_on_while_it_is_built_is_not_interrupted() {
    let mut model = opened();
    press(&mut model, &[Key::control('a')]);
    update(&mut model, Message::Input(Input::Paste(READS.into())));
    let id = run(&mut model);
    keys(&mut model, "// more");
    tell(&mut model, id, PlayEvent::Started);
    assert_eq!(play(&model).focus, Focus::Editor);
}

#[test]
fn the_bottom_line_says_how_to_give_input_and_how_to_stop() {
    let (mut model, id) = running();
    let said = |model: &Model| super::super::hints(model);
    let titled = |command, title| Hint { command, title };
    assert_eq!(said(&model)[0], titled(Command::Back, "then i gives it input, Esc again stops it"));
    plain(&mut model, Code::Esc);
    let both = [titled(Command::Back, "stop the program"), titled(Command::SendInput, "give it input")];
    assert_eq!(said(&model)[..2], both);
    tell(&mut model, id, PlayEvent::Ended { how: "exit status 0".into(), success: true });
    assert!(said(&model).iter().all(|hint| hint.command != Command::SendInput));
}

#[test]
fn what_is_typed_for_a_program_that_has_ended_is_no_command_and_no_edit() {
    let (mut model, id) = started(READS);
    let before = text(&model);
    keys(&mut model, "a");
    tell(&mut model, id, PlayEvent::Ended { how: "exit status 0".into(), success: true });
    assert!(keys(&mut model, "qex").is_empty());
    assert_eq!(play(&model).focus, Focus::Input("aqex".into()));
    let said = super::super::hints(&model);
    assert_eq!(said, [Hint { command: Command::Back, title: "the program has ended: to its output" }]);
    assert!(plain(&mut model, Code::Enter).is_empty());
    keys(&mut model, "quit");
    plain(&mut model, Code::Enter);
    assert_eq!(
        (model.screen, text(&model)),
        (Screen::Playground, before),
        "a line is nobody's, and so is the next"
    );
    plain(&mut model, Code::Enter);
    assert_eq!(play(&model).focus, Focus::Output, "Enter in an empty field closes it");
}
