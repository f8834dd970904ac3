//! A suite that the learner writes: what it does not catch can be looked at.

use super::*;
use crate::app::screen::workbench::{Shown, Tab, output};
use crate::pack::SharedText;
use crate::pack::{Kind, WrongAnswer};

const CATCHES: &str = "catches-adds";
const CAUGHT: &str = "catches-squares";

/// An exercise in testing whose check has ended with one of two wrong implementations not caught.
fn judged() -> Model {
    let mut pack = fixture::small();
    let exercise = &mut pack.exercises[0];
    exercise.kind = Kind::Test;
    exercise.edit = vec!["tests/suite.rs".into()];
    exercise.solution.insert("src/lib.rs".into(), "n * 2\n".into());
    exercise.steps[0].tests = vec!["accepts-the-right-one".into()];
    exercise.steps[1].tests = vec![CATCHES.into(), CAUGHT.into()];
    let wrong = |name: &str, test: &str| WrongAnswer {
        name: name.into(),
        why: "adds two where it should double".into(),
        caught_by: vec![test.into()],
        files: [("src/lib.rs".to_owned(), SharedText::from("n + 2\n"))].into(),
    };
    exercise.wrong = vec![wrong("adds", CATCHES), wrong("squares", CAUGHT)];
    let mut model = fixture::model(vec![pack], (120, 36));
    open(&mut model, "layers");
    files_are_of(&mut model, "layers");
    let (id, _) = run(&mut model);
    let tests = vec![
        result("accepts-the-right-one", Outcome::Passed),
        result(CATCHES, Outcome::Failed),
        result(CAUGHT, Outcome::Passed),
    ];
    finish(&mut model, id, report(Verdict::Failed, Some(Cause::TestsFailed), tests));
    plain(&mut model, Code::Esc);
    model
}

fn files_are_of(model: &mut Model, exercise: &str) {
    let file = OpenedFile { path: "tests/suite.rs".into(), text: String::new(), editable: true };
    let (pack, exercise) = ("small".to_owned(), exercise.to_owned());
    let opened = FilesEvent::Opened { pack, exercise, files: vec![file], restorable: false };
    update(model, Message::Files(opened));
}

fn shown(model: &Model) -> Vec<String> {
    output(bench(model), &model.record, 80).iter().map(crate::text::Line::text).collect()
}

#[test]
fn what_is_not_caught_can_be_looked_at() {
    let mut model = judged();
    keys(&mut model, "s");
    assert_eq!(bench(&model).panel.tab, Tab::Output);
    let lines = shown(&model);
    assert_eq!(lines[1], "It adds two where it should double.");
    assert!(
        lines.iter().any(|line| line == "- n * 2") && lines.iter().any(|line| line == "+ n + 2"),
        "{lines:?}"
    );
}

#[test]
fn what_a_later_step_is_to_catch_is_no_failure_before() {
    let model = judged();
    let row = |name: &str| bench(&model).panel.tests.iter().find(|row| row.name == name).unwrap();
    assert!(bench(&model).not_reached(row(CATCHES)));
    assert!(!bench(&model).not_reached(row(CAUGHT)), "it is caught");
}

#[test]
fn what_is_caught_stays_hidden() {
    let mut model = judged();
    keys(&mut model, "tj");
    assert_eq!(bench(&model).panel.tests[bench(&model).panel.test].name, CAUGHT);
    keys(&mut model, "s");
    assert!(!matches!(bench(&model).panel.shown, Shown::Wrong(_)));
}
