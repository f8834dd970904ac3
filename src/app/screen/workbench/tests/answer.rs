//! Hints one at a time, and the model answer hidden until it may be seen.

use super::*;
use crate::app::screen::workbench::layout::panel_tabs;
use crate::app::screen::workbench::{Focus, Reveal, Tab, TaskRow, difference, output, task};
use crate::progress::Change;

fn below(model: &Model) -> String {
    let lines = output(bench(model), &model.record, 80);
    lines.iter().map(crate::text::Line::text).collect::<Vec<_>>().join("\n")
}

#[test]
fn hints_come_one_at_a_time() {
    let mut model = opened();
    assert!(!below(&model).contains("Think."));
    let effects = keys(&mut model, "h");
    let [Effect::SaveProgress(changes)] = &effects[..] else { panic!("{effects:?}") };
    assert!(matches!(changes[..], [Change::Hinted { step: 0, shown: 1, .. }]));
    assert!(below(&model).contains("Think."));
    let tabs = panel_tabs((120, 36), bench(&model));
    assert!(
        tabs.iter().any(|tab| tab.title == "Output: hints"),
        "what is shown is called what it is: {tabs:?}"
    );
    assert_eq!(bench(&model).focus, Focus::Panel);
    assert!(keys(&mut model, "h").is_empty(), "there is but one");
    plain(&mut model, Code::Esc);
    assert_eq!(bench(&model).panel.tab, Tab::Tests);
    keys(&mut model, "i");
    plain(&mut model, Code::F(4));
    assert!(below(&model).contains("Think.") && text(&model) == TEXT);
    assert_eq!(bench(&model).focus, Focus::Editor, "a hint does not take the keyboard away");
}

#[test]
fn steps_are_done_when_all_their_tests_passed() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    let steps: Vec<bool> = task(bench(&model), &model.record, 40)
        .iter()
        .filter_map(|row| match row {
            TaskRow::Step { done, .. } => Some(*done),
            _ => None,
        })
        .collect();
    assert_eq!(steps, [true, false]);
}

#[test]
fn the_answer_is_hidden_until_it_was_asked_for_and_agreed_to() {
    let mut model = opened();
    keys(&mut model, "d");
    assert!(difference(bench(&model))[0].text().contains("once the exercise has passed"));
    keys(&mut model, "R");
    assert_eq!(bench(&model).reveal, Reveal::Locked, "a question comes first");
    plain(&mut model, Code::Esc);
    assert_eq!(bench(&model).reveal, Reveal::Locked);
    keys(&mut model, "R");
    let effects = keys(&mut model, "y");
    let [Effect::SaveProgress(changes)] = &effects[..] else { panic!("{effects:?}") };
    assert!(matches!(changes[..], [Change::Revealed { .. }]));
    assert_eq!((bench(&model).reveal, bench(&model).panel.tab), (Reveal::Open, Tab::Diff));
    let lines: Vec<String> = difference(bench(&model)).iter().map(crate::text::Line::text).collect();
    assert!(lines.iter().any(|line| line.starts_with("+ // here")), "{lines:?}");
}

#[test]
fn a_pass_opens_the_answer_without_a_question() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, passed());
    keys(&mut model, "R");
    assert!(model.overlay.is_none());
    assert_eq!((bench(&model).reveal, bench(&model).panel.tab), (Reveal::Open, Tab::Diff));
}

#[test]
fn remarks_of_the_starter_that_the_answer_has_not_are_no_difference() {
    let mut pack = fixture::small();
    let exercise = pack.exercises.iter_mut().find(|one| one.id == "strategy").expect("it is there");
    let starter = "//! Prices.\n\n// Step 1: this\n\nfn one() {\n    // and that\n    todo!()\n}\n";
    exercise.starter.insert("src/lib.rs".into(), starter.into());
    exercise.solution.insert("src/lib.rs".into(), "//! Prices.\n\nfn one() {\n    1;\n}\n".into());
    let mut model = fixture::model(vec![pack], (120, 36));
    open(&mut model, "strategy");
    let compared = |model: &mut Model, ours: &str| {
        files_are(model, ours, false);
        model.workbench.iter_mut().for_each(|bench| bench.reveal = Reveal::Open);
        let signed = |line: &String| line.starts_with(['-', '+']);
        let lines = difference(bench(model)).into_iter().map(|line| line.text());
        lines.filter(signed).collect::<Vec<_>>()
    };
    let ours = starter.replace("todo!()", "// mine\n    2;");
    assert_eq!(compared(&mut model, &ours), ["-     // mine", "-     2;", "+     1;"]);
    let same = compared(&mut model, &starter.replace("todo!()", "1;"));
    assert!(same.is_empty(), "{same:?}");
    assert!(difference(bench(&model))[0].text().contains("is as the model answer has it"));
}
