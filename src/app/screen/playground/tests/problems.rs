//! What the compiler says of a program: shown, gone to, mended.

use super::*;
use crate::app::screen::playground::Layout;
use crate::cargo::{Diagnostic, Level, SourceSpan, Suggestion};

/// The playground with a program that the compiler refused: its `main` is to be called `start`.
fn refused() -> Model {
    let mut model = opened();
    let id = run(&mut model);
    refuse(&mut model, id);
    model
}

fn refuse(model: &mut Model, id: JobId) {
    let span = SourceSpan {
        file: "src/main.rs".into(),
        line_start: 1,
        line_end: 1,
        column_start: 4,
        column_end: 8,
        primary: true,
        label: None,
    };
    let said = Diagnostic {
        level: Level::Error,
        code: None,
        message: "no".into(),
        rendered: "error: no\n".into(),
        explanation: Some("Because of its name.\n".into()),
        spans: vec![span.clone()],
        suggestions: vec![Suggestion {
            message: "rename it".into(),
            edits: vec![(span, "start".into())],
            machine_applicable: true,
        }],
    };
    tell(model, id, PlayEvent::Diagnosed(Box::new(said)));
    tell(model, id, PlayEvent::Ended { how: "did not compile".into(), success: false });
}

#[test]
fn the_compilers_own_help_is_shown_and_its_fix_applied_when_asked_again() {
    let mut model = refused();
    plain(&mut model, Code::Esc);
    keys(&mut model, "E");
    let reading = |model: &Model| play(model).output.reading.clone().map(|reading| reading.lines[0].text());
    assert_eq!(reading(&model).as_deref(), Some("Because of its name."));
    plain(&mut model, Code::Esc);
    assert_eq!(reading(&model), None);
    keys(&mut model, "f");
    assert_eq!((reading(&model).as_deref(), text(&model).as_str()), (Some("rename it"), "fn main() {}\n"));
    plain(&mut model, Code::Enter);
    assert_eq!(text(&model), "fn start() {}\n");
    assert!(play(&model).saving.is_changed(), "it is kept like anything typed");
    keys(&mut model, "f");
    assert_eq!((reading(&model), text(&model).as_str()), (None, "fn start() {}\n"), "it fits no more");
}

#[test]
fn a_refusal_shows_its_problem_and_f8_goes_there() {
    let mut model = refused();
    assert_eq!(play(&model).output.tab, Tab::Problems);
    plain(&mut model, Code::F(8));
    assert_eq!(play(&model).editor.buffer.cursor().column, 3);
}

#[test]
fn f8_goes_by_what_is_only_warned_of_while_there_is_an_error() {
    let mut model = refused();
    let problems = &mut model.playground.as_mut().unwrap().output.problems;
    problems.insert(0, Diagnostic { level: Level::Warning, ..problems[0].clone() });
    problems.push(problems[0].clone());
    for _ in 0..3 {
        plain(&mut model, Code::F(8));
        assert_eq!(play(&model).output.problem, 1);
    }
    press(&mut model, &[Key::plain(Code::F(8)).shifted()]);
    assert_eq!(play(&model).output.problem, 1);
}

#[test]
fn a_press_on_a_problem_shows_its_place() {
    let mut model = refused();
    plain(&mut model, Code::Esc);
    let panel = Layout::of(model.size, play(&model)).panel;
    fixture::point(&mut model, MouseKind::Press, panel.x + 3, panel.y + 1);
    assert_eq!(play(&model).editor.buffer.cursor().column, 0, "below the list there is no problem");
    fixture::point(&mut model, MouseKind::Press, panel.x + 3, panel.y);
    assert_eq!((play(&model).editor.buffer.cursor().column, play(&model).focus.clone()), (3, Focus::Output));
}

#[test]
fn a_press_on_what_is_said_below_the_list_chooses_none_of_it() {
    let mut model = refused();
    let problems = &mut model.playground.as_mut().unwrap().output.problems;
    problems.extend(vec![problems[0].clone(); 8]);
    plain(&mut model, Code::Esc);
    let layout = Layout::of(model.size, play(&model));
    let list = layout.problems(play(&model));
    assert!(list.height < 9 && list.bottom() < layout.panel.bottom());
    fixture::point(&mut model, MouseKind::Press, list.x + 3, list.bottom());
    assert_eq!(play(&model).output.problem, 0);
    fixture::point(&mut model, MouseKind::Press, list.x + 3, list.bottom() - 1);
    assert_eq!(play(&model).output.problem, usize::from(list.height) - 1);
    keys(&mut model, "G");
    assert_eq!((play(&model).output.problem, play(&model).output.scroll), (8, 9 - usize::from(list.height)));
}

#[test]
fn a_refusal_told_elsewhere_names_the_program_and_no_key() {
    let told = |model: &Model| model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(told(&refused()).contains("F8"));
    let mut model = opened();
    let id = run(&mut model);
    crate::app::screen::reader::open(&mut model, "testing", None);
    refuse(&mut model, id);
    assert_eq!(told(&model), "the playground's program did not compile");
}
