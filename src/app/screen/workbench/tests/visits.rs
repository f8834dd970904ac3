//! Coming, moving about, leaving.

use super::*;
use crate::app::effect::ExerciseKey;
use crate::app::keymap::Context;
use crate::app::message::MouseKind;
use crate::app::model::Screen;
use crate::app::screen::workbench::{Focus, Layout, Tab, TaskRow, context, panel_tabs, task, top_tabs};
use crate::progress::{Change, State};

fn key() -> ExerciseKey {
    ExerciseKey { pack: "small".into(), exercise: "strategy".into() }
}

#[test]
fn opening_reads_watches_and_records() {
    let (model, effects) = unread();
    assert_eq!(effects[..2], [Effect::OpenExercise(key()), Effect::WatchFiles(Some(key()))]);
    let Effect::SaveProgress(changes) = &effects[2] else { panic!("{effects:?}") };
    assert!(matches!(&changes[0], Change::Visited(place) if place.exercise.as_deref() == Some("strategy")));
    assert_eq!(model.screen, Screen::Workbench);
    assert_eq!(bench(&model).panel.tests.len(), 2, "every test of every step is listed from the start");
}

#[test]
fn before_the_files_are_there_keys_harm_nothing() {
    let (mut model, _) = unread();
    plain(&mut model, Code::Esc);
    keys(&mut model, "ijkhxuefEwsB.,td]");
    press(
        &mut model,
        &[Key::control('r'), Key::control('s'), Key::plain(Code::Tab), Key::plain(Code::Enter)],
    );
    assert!(bench(&model).files.is_empty());
    let starts = |effect: &Effect| matches!(effect, Effect::StartCheck { .. });
    let event = FilesEvent::Opened {
        pack: "small".into(),
        exercise: "strategy".into(),
        files: vec![OpenedFile { path: "src/lib.rs".into(), text: TEXT.into(), editable: true }],
        restorable: false,
    };
    assert!(update(&mut model, Message::Files(event)).iter().any(starts), "the run that was asked for");
    assert_eq!(context(&model), Context::Panels);
}

#[test]
fn the_own_editor_waits_for_the_files() {
    let (mut model, _) = unread();
    plain(&mut model, Code::Esc);
    assert!(keys(&mut model, "e").is_empty());
    let files = vec![OpenedFile { path: "src/lib.rs".into(), text: TEXT.into(), editable: true }];
    let (pack, exercise) = ("small".into(), "strategy".into());
    let event = FilesEvent::Opened { pack, exercise, files, restorable: false };
    let effects = update(&mut model, Message::Files(event));
    assert!(matches!(effects[..], [Effect::EditOutside { .. }]), "{effects:?}");
}

#[test]
fn esc_leads_to_the_library_whatever_was_opened_from_what() {
    let mut model = opened();
    crate::app::screen::playground::open(&mut model, None);
    open(&mut model, "command");
    crate::app::screen::playground::open(&mut model, None);
    for _ in 0..6 {
        plain(&mut model, Code::Esc);
    }
    assert_eq!(model.screen, Screen::Library);
}

#[test]
fn every_hint_does_something_while_a_field_is_open() {
    let mut model = opened();
    keys(&mut model, "in");
    press(&mut model, &[Key::control('f')]);
    keys(&mut model, "u32");
    let placed = crate::app::bar::place(&model, 120);
    assert_eq!(placed.len(), 4, "{placed:?}");
    for hint in placed {
        let mut here = model.clone();
        press(&mut here, &[hint.key]);
        let (before, after) = (&bench(&model).files[0].editor, &bench(&here).files[0].editor);
        let same = before.prompt == after.prompt && before.buffer.selection() == after.buffer.selection();
        assert!(!same, "{}", hint.key);
    }
}

#[test]
fn enter_edits_and_esc_leads_to_the_panels_and_out() {
    let mut model = opened();
    plain(&mut model, Code::Enter);
    assert_eq!(context(&model), Context::Editor);
    keys(&mut model, "q?");
    assert!(text(&model).starts_with("q?"), "in the editor every printable key types");
    plain(&mut model, Code::Esc);
    assert_eq!((context(&model), bench(&model).focus), (Context::Panels, Focus::Panel));
    let effects = plain(&mut model, Code::Esc);
    assert_eq!(model.screen, Screen::Library);
    assert!(matches!(effects[0], Effect::Save { .. }), "nothing typed is lost: {effects:?}");
    assert!(effects.contains(&Effect::WatchFiles(None)));
}

#[test]
fn who_types_at_once_types_into_the_editor() {
    let (mut model, _) = unread();
    keys(&mut model, "a");
    update(&mut model, Message::Input(crate::app::message::Input::Paste("b".into())));
    files_are(&mut model, TEXT, false);
    keys(&mut model, "c");
    assert_eq!(text(&model), format!("abc{TEXT}"), "before the files were there too, and what was pasted");
    plain(&mut model, Code::Esc);
    plain(&mut model, Code::Esc);
    open(&mut model, "strategy");
    assert_eq!(context(&model), Context::Editor, "and when one comes back");
}

#[test]
fn where_the_task_has_the_editors_place_it_is_read_first_and_a_letter_without_meaning_is_answered() {
    let mut model = fixture::model(vec![fixture::small()], (80, 24));
    open(&mut model, "strategy");
    files_are(&mut model, TEXT, false);
    assert_eq!(bench(&model).focus, Focus::Task);
    assert_eq!(crate::app::bar::place(&model, 80)[0].hint.title, "edit");
    keys(&mut model, "a");
    let told = model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(told.contains("i leads into the editor"), "{told}");
}

#[test]
fn looking_is_no_beginning_and_writing_is() {
    let mut model = opened();
    assert_eq!(model.record.state("small", "strategy"), State::New);
    keys(&mut model, "ix");
    let effects = at(&mut model, 5_000);
    assert!(matches!(&effects[..], [Effect::Save { .. }, Effect::SaveProgress(_)]), "{effects:?}");
    assert_eq!(model.record.state("small", "strategy"), State::Started);
    keys(&mut model, "y");
    assert_eq!(at(&mut model, 10_000).len(), 1, "it begins but once");
}

#[test]
fn coming_back_keeps_what_can_be_undone() {
    let mut model = opened();
    keys(&mut model, "iX");
    plain(&mut model, Code::Esc);
    plain(&mut model, Code::Esc);
    open(&mut model, "strategy");
    files_are(&mut model, &format!("X{TEXT}"), false);
    keys(&mut model, "i");
    press(&mut model, &[Key::control('z')]);
    assert_eq!(text(&model), TEXT);
}

#[test]
fn a_run_goes_on_while_its_exercise_is_left_for_the_text_and_opened_again() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    crate::app::screen::reader::open(&mut model, "service-layer", None);
    let effects = open(&mut model, "strategy");
    assert!(!effects.contains(&Effect::Cancel(id)), "{effects:?}");
    assert!(bench(&model).check.running().is_some_and(|running| !running.stopping));
    let effects = open(&mut model, "command");
    assert!(effects.contains(&Effect::Cancel(id)), "another exercise stops it: {effects:?}");
}

#[test]
fn esc_leads_back_to_the_exercise_that_was_left_for_the_text_but_once() {
    let mut model = opened();
    keys(&mut model, "ix");
    crate::app::screen::reader::open(&mut model, "testing", None);
    keys(&mut model, "<");
    plain(&mut model, Code::Esc);
    assert_eq!((model.screen, context(&model)), (Screen::Workbench, Context::Editor), "as it was left");
    for _ in 0..3 {
        plain(&mut model, Code::Esc);
    }
    assert_eq!(model.screen, Screen::Library);
    crate::app::screen::reader::open(&mut model, "testing", None);
    plain(&mut model, Code::Esc);
    assert_eq!(model.screen, Screen::Library, "a chapter that was opened there leads there");
    open(&mut model, "strategy");
    crate::app::screen::reader::open(&mut model, "testing", None);
    open(&mut model, "command");
    let screens: Vec<Screen> = (0..4)
        .map(|_| {
            plain(&mut model, Code::Esc);
            model.screen
        })
        .collect();
    assert_eq!(screens, [Screen::Workbench, Screen::Reader, Screen::Library, Screen::Library]);
}

#[test]
fn time_is_counted_while_something_is_done() {
    let mut model = opened();
    at(&mut model, 30_000);
    keys(&mut model, "j");
    at(&mut model, 3_600_000);
    let effects = plain(&mut model, Code::Esc);
    let spent = effects.iter().find_map(|effect| match effect {
        Effect::SaveProgress(changes) => changes.iter().find_map(|change| match change {
            Change::Spent { seconds, .. } => Some(*seconds),
            _ => None,
        }),
        _ => None,
    });
    assert_eq!(spent, Some(150), "half a minute, and of the hour away two minutes");
}

#[test]
fn panels_are_turned_by_letters_arrows_and_tab() {
    let mut model = opened();
    keys(&mut model, "p");
    assert_eq!(bench(&model).panel.tab, Tab::Problems);
    plain(&mut model, Code::Right);
    assert_eq!(bench(&model).panel.tab, Tab::Output);
    keys(&mut model, "d");
    assert_eq!(bench(&model).panel.tab, Tab::Diff);
    plain(&mut model, Code::Tab);
    assert_eq!(bench(&model).focus, Focus::Task);
    plain(&mut model, Code::Right);
    assert_eq!(bench(&model).step, 1);
}

/// The row of the screen in which a step stands in the task.
fn row_of(model: &Model, wanted: usize) -> (u16, u16) {
    let area = Layout::of(model.size, bench(model)).task_text();
    let rows = task(bench(model), &model.record, area.width);
    let at = rows.iter().position(|row| matches!(row, TaskRow::Step { step, .. } if *step == wanted));
    (area.x + 2, area.y + at.expect("it is listed") as u16)
}

#[test]
fn a_press_on_a_step_and_the_arrows_show_its_task() {
    let mut model = opened();
    let title = |model: &Model| bench(model).exercise().steps[bench(model).step].title.clone();
    let (x, y) = row_of(&model, 1);
    fixture::point(&mut model, MouseKind::Press, x, y);
    assert_eq!((title(&model).as_str(), bench(&model).panel.test), ("The edge", 1));
    let (x, y) = row_of(&model, 0);
    fixture::point(&mut model, MouseKind::Press, x, y);
    assert_eq!((title(&model).as_str(), bench(&model).panel.test), ("The regular case", 0));
    assert_eq!(bench(&model).focus, Focus::Task);
    for (key, step) in [(Code::Down, 1), (Code::Up, 0), (Code::Right, 1), (Code::Left, 0), (Code::End, 1)] {
        plain(&mut model, key);
        assert_eq!(bench(&model).step, step, "{key:?}");
    }
    keys(&mut model, "t(");
    assert_eq!(bench(&model).step, 0, "from every panel");
}

#[test]
fn a_task_that_is_longer_than_its_panel_is_scrolled() {
    let mut model = opened();
    update(&mut model, Message::Input(crate::app::message::Input::Resize(120, 12)));
    plain(&mut model, Code::Down);
    assert_eq!((bench(&model).task_scroll, bench(&model).step), (1, 0));
}

#[test]
fn an_exercise_opens_at_the_first_step_that_has_not_passed_whatever_was_looked_at_last() {
    let mut model = opened();
    keys(&mut model, "tj");
    assert_eq!(bench(&model).step, 1);
    plain(&mut model, Code::Esc);
    open(&mut model, "strategy");
    assert_eq!((bench(&model).step, bench(&model).panel.test), (0, 0), "while it is open");
    keys(&mut model, "tj");
    crate::app::screen::workbench::leave(&mut model);
    model.workbench = None;
    open(&mut model, "strategy");
    assert_eq!((bench(&model).step, bench(&model).panel.test), (0, 0), "after a restart");
}

#[test]
fn choosing_a_test_shows_the_task_of_its_step() {
    let mut model = opened();
    keys(&mut model, "tj");
    assert_eq!((bench(&model).panel.test, bench(&model).step), (1, 1));
    keys(&mut model, "s");
    assert_eq!(bench(&model).shown, 1);
    assert_eq!(bench(&model).files[1].editor.buffer.cursor().line, 4);
}

#[test]
fn finding_from_the_panels_leads_into_the_editor() {
    let mut model = opened();
    keys(&mut model, "n");
    assert_eq!(context(&model), Context::Panels, "nothing is looked for yet");
    keys(&mut model, "/price");
    plain(&mut model, Code::Enter);
    assert_eq!(context(&model), Context::Editor);
    assert_eq!(bench(&model).files[0].editor.buffer.selected(), "price");
}

#[test]
fn the_mouse_focuses_chooses_and_scrolls() {
    let mut model = opened();
    let layout = Layout::of(model.size, bench(&model));
    fixture::point(&mut model, MouseKind::Press, layout.editor.x + 10, layout.editor.y + 1);
    assert_eq!(context(&model), Context::Editor);
    let tab = panel_tabs(model.size, bench(&model))[1].area;
    fixture::point(&mut model, MouseKind::Press, tab.x, tab.y);
    assert_eq!((bench(&model).focus, bench(&model).panel.tab), (Focus::Panel, Tab::Problems));
    let (tab, ..) = top_tabs(model.size, bench(&model))[1];
    fixture::point(&mut model, MouseKind::Press, tab.x, tab.y);
    assert_eq!(bench(&model).shown, 1);
    plain(&mut model, Code::Esc);
    keys(&mut model, "t");
    let panel = Layout::of(model.size, bench(&model)).panel;
    fixture::point(&mut model, MouseKind::Press, panel.x + 5, panel.y + 1);
    assert_eq!(bench(&model).panel.test, 1);
}

#[test]
fn a_hand_that_moves_on_a_tab_selects_nothing() {
    let mut model = opened();
    let (tab, ..) = top_tabs(model.size, bench(&model))[0];
    fixture::point(&mut model, MouseKind::Press, tab.x, tab.y);
    fixture::point(&mut model, MouseKind::Drag, tab.x + 9, tab.y + 2);
    fixture::point(&mut model, MouseKind::Release, tab.x + 9, tab.y + 2);
    assert!(bench(&model).files[0].editor.buffer.selection().is_empty());
    let text = Layout::of(model.size, bench(&model)).editor;
    fixture::point(&mut model, MouseKind::Press, text.x + 10, text.y);
    fixture::point(&mut model, MouseKind::Drag, tab.x + 1, tab.y);
    assert!(!bench(&model).files[0].editor.buffer.selection().is_empty(), "what begins in the text selects");
}

#[test]
fn a_press_elsewhere_closes_the_field_of_the_editor() {
    for elsewhere in [true, false] {
        let mut model = opened();
        keys(&mut model, "/price");
        let layout = Layout::of(model.size, bench(&model));
        assert_eq!(layout.prompt.height, 1);
        let area = if elsewhere { layout.panel } else { layout.editor };
        fixture::point(&mut model, MouseKind::Press, area.x + 10, area.y + 1);
        assert_eq!(bench(&model).files[0].editor.prompt, None);
    }
}

#[test]
fn on_a_narrow_screen_the_task_is_a_tab() {
    let mut model = opened();
    update(&mut model, Message::Input(crate::app::message::Input::Resize(80, 24)));
    let layout = Layout::of(model.size, bench(&model));
    assert!(layout.editor.is_empty() && !layout.task.is_empty());
    plain(&mut model, Code::Enter);
    let layout = Layout::of(model.size, bench(&model));
    assert!(!layout.editor.is_empty() && layout.task.is_empty());
    let (tab, ..) = top_tabs(model.size, bench(&model))[0];
    fixture::point(&mut model, MouseKind::Press, tab.x, tab.y);
    assert_eq!(bench(&model).focus, Focus::Task);
}

#[test]
fn no_size_and_no_key_make_it_panic() {
    for size in [(40, 10), (60, 12), (99, 11), (100, 10), (300, 90)] {
        let mut model = opened();
        update(&mut model, Message::Input(crate::app::message::Input::Resize(size.0, size.1)));
        let (id, _) = run(&mut model);
        finish(&mut model, id, refused());
        keys(&mut model, "htpodjkgGjjE]sf[.,iabc");
        press(
            &mut model,
            &[Key::plain(Code::F(8)), Key::control('f'), Key::char('n'), Key::plain(Code::Esc)],
        );
        for x in (0..size.0).step_by(7) {
            for y in 0..size.1 {
                fixture::point(&mut model, MouseKind::Press, x, y);
                fixture::point(&mut model, MouseKind::ScrollDown, x, y);
                fixture::point(&mut model, MouseKind::Drag, y, x);
            }
        }
    }
}

#[test]
fn going_from_match_to_match_in_the_panels_types_nothing() {
    let mut model = opened();
    keys(&mut model, "/n");
    press(&mut model, &[Key::plain(Code::Enter), Key::plain(Code::Esc)]);
    keys(&mut model, "nnN");
    assert_eq!((context(&model), text(&model).as_str()), (Context::Panels, TEXT));
    let selected = bench(&model).files[0].editor.buffer.selection().range().start;
    assert_eq!((selected.line, selected.column), (0, 9));
}
