//! The list of problems, and the chosen one beside it, at the sizes that matter.

use crate::app::fixture::{model, press, small};
use crate::app::message::{FilesEvent, Message, OpenedFile};
use crate::app::screen::playground;
use crate::app::screen::workbench::{WIDE, open};
use crate::app::{Code, Key, Model, update};
use crate::cargo::{Diagnostic, Level, SourceSpan};
use crate::tui::view::tests::screen;

/// As `rustc` draws it.
const FAR: &str = r"error[E0425]: cannot find value `reson` in this scope
 --> src/lib.rs:5:75
  |
5 |         self.map_err(|_error_that_is_not_told| AppError::ValidationFailed(reson.into()))
  |                                                                           ^^^^^
  |
help: a local variable with a similar name exists
  |
5 |         self.map_err(|_error_that_is_not_told| AppError::ValidationFailed(reason.into()))
  |                                                                             +
";

fn problem(file: &str, message: &str) -> Diagnostic {
    let span = SourceSpan {
        file: file.into(),
        line_start: 5,
        line_end: 5,
        column_start: 75,
        column_end: 80,
        primary: true,
        label: None,
    };
    Diagnostic {
        level: Level::Error,
        code: Some("E0425".into()),
        message: message.into(),
        rendered: FAR.into(),
        explanation: None,
        spans: vec![span],
        suggestions: Vec::new(),
    }
}

fn shown(problems: &[Diagnostic], size: (u16, u16)) -> String {
    screen(&with(problems, size))
}

fn with(problems: &[Diagnostic], size: (u16, u16)) -> Model {
    let mut model = model(vec![small()], size);
    open(&mut model, "strategy");
    let file = OpenedFile { path: "src/lib.rs".into(), text: "fn price() {}\n".into(), editable: true };
    let (pack, exercise) = ("small".into(), "strategy".into());
    update(
        &mut model,
        Message::Files(FilesEvent::Opened { pack, exercise, files: vec![file], restorable: false }),
    );
    model.workbench.iter_mut().for_each(|bench| bench.problems = problems.to_vec());
    if size.0 >= WIDE {
        press(&mut model, &[Key::plain(Code::Esc)]);
    }
    press(&mut model, &[Key::char('p')]);
    model
}

#[test]
fn a_place_is_not_cut_nor_what_is_underlined() {
    let one = [problem("src/lib.rs", "cannot find value `reson` in this scope")];
    let long = "this file contains an unclosed delimiter, and words after it that nobody needs";
    let two = [one[0].clone(), problem("src/a_module_of_its_own.rs", long)];
    for size in [(80, 24), (120, 36)] {
        insta::assert_snapshot!(format!("one file {}x{}", size.0, size.1), shown(&one, size));
        insta::assert_snapshot!(format!("two files {}x{}", size.0, size.1), shown(&two, size));
    }
}

#[test]
fn where_the_chosen_problem_does_not_fit_beside_the_list_it_stands_below() {
    let many: Vec<_> =
        (0..9).map(|at| problem("src/lib.rs", &format!("cannot find value number {at}"))).collect();
    let mut model = with(&many, (80, 24));
    let told = |model: &Model| {
        let shown = screen(model);
        let listed = shown.lines().filter(|line| line.contains("E0425 cannot find value number")).count();
        (listed, shown.contains("error[E0425]"), shown.contains("^^^^^"), shown.contains("help: a local"))
    };
    assert_eq!(told(&model), (2, true, true, false), "{}", screen(&model));
    press(&mut model, &[Key::char('z')]);
    assert_eq!(told(&model), (6, true, true, true), "{}", screen(&model));
    press(&mut model, &[Key::char('G')]);
    assert!(screen(&model).contains("value number 8"), "{}", screen(&model));
    let small = with(&many, (80, 10));
    assert_eq!((told(&small).0, told(&small).1), (3, false), "no room: {}", screen(&small));
}

#[test]
fn a_heading_beside_a_narrow_message_is_not_cut() {
    let message = "cannot find value `quantity` in this scope, nor anything that is called so";
    let narrow =
        Diagnostic { rendered: "error: no\n --> src/lib.rs:5:75\n".into(), ..problem("src/lib.rs", message) };
    assert!(shown(&[narrow], (120, 36)).contains(message));
    assert!(!shown(&[problem("src/lib.rs", message)], (120, 36)).contains(message), "code needs the room");
}

#[test]
fn a_program_of_ones_own_has_its_problems_in_full_too() {
    for size in [(80, 24), (200, 60)] {
        let mut model = model(vec![small()], size);
        playground::open(&mut model, None);
        model.playground.iter_mut().for_each(|play| {
            play.output.tab = playground::Tab::Problems;
            play.output.problems = vec![problem("src/main.rs", "cannot find value `reson` in this scope")];
        });
        assert!(screen(&model).contains("^^^^^"), "{}", screen(&model));
    }
}

#[test]
fn what_has_no_room_is_not_drawn_over_the_bottom_line() {
    let last = |model: &Model| screen(model).lines().last().unwrap_or_default().to_owned();
    let enlarged = |mut model: Model, tab: char| {
        press(&mut model, &[Key::char(tab), Key::char('i')]);
        press(&mut model, &[Key::plain(Code::F(12))]);
        last(&model)
    };
    for tab in ['t', 'p', 'o', 'd'] {
        let bar = enlarged(with(&[], (120, 36)), tab);
        assert!(bar.contains("^R run   Esc panels   F4 hint   F1 help") && bar.contains("smaller"), "{bar}");
    }
    let mut model = model(vec![small()], (80, 24));
    playground::open(&mut model, None);
    press(&mut model, &[Key::plain(Code::F(12))]);
    assert!(last(&model).contains("^R run   Esc output   F1 help"), "{}", last(&model));
}
