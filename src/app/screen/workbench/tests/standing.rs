//! How far the learner is in the steps.

use super::*;
use crate::app::screen::workbench::{TestState, test_reason};

#[test]
fn a_step_that_passes_is_done_and_later_ones_are_not_reached() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    assert_eq!(bench(&model).step_passed(), Some((0, 1)));
    assert!(bench(&model).not_reached(&bench(&model).panel.tests[1]));
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    assert_eq!(bench(&model).step_passed(), None, "now the second step is at hand");
    let row = &bench(&model).panel.tests[1];
    assert!(!bench(&model).not_reached(row) && row.result().and_then(test_reason).is_none());
}

#[test]
fn a_finished_step_stays_so_when_the_text_no_longer_compiles_and_opens_again_at_a_reset() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    let (id, _) = run(&mut model);
    finish(&mut model, id, refused());
    assert!(bench(&model).is_done(0) && !bench(&model).is_done(1));
    crate::app::screen::workbench::commands::command(&mut model, crate::app::Command::Reset);
    assert!(!bench(&model).is_done(0));
    assert!(bench(&model).panel.tests.iter().all(|row| row.state == TestState::Waiting));
}

#[test]
fn results_are_stale_after_an_edit_and_the_last_step_stays_after_a_pass() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, passed());
    assert_eq!((bench(&model).step, bench(&model).is_stale()), (1, false));
    keys(&mut model, "ix");
    assert!(bench(&model).is_stale());
}

#[test]
fn an_exercise_opens_at_what_is_left_to_be_written() {
    let (mut model, _) = unread();
    files_are(&mut model, "// todo!()\nfn price() -> u32 {\n    todo!()\n}\n", false);
    let cursor = bench(&model).files[0].editor.buffer.cursor();
    assert_eq!((cursor.line, cursor.column), (2, 4));
}
