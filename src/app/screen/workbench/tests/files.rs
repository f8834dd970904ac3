//! Files that save themselves, change outside, are reset and formatted.

use std::collections::BTreeMap;

use super::*;
use crate::app::command::Command;
use crate::app::effect::{ExerciseKey, TextKey};
use crate::app::message::{Notice, NoticeLevel};
use crate::app::saving::Kept;
use crate::app::screen::workbench::Focus;
use crate::app::update::{next_tick, on_command};

fn outside(model: &mut Model, text: &str) -> Vec<Effect> {
    let files: BTreeMap<String, String> = [("src/lib.rs".to_owned(), text.to_owned())].into();
    let event = FilesEvent::ChangedOutside { pack: "small".into(), exercise: "strategy".into(), files };
    update(model, Message::Files(event))
}

fn saved(model: &mut Model, version: u64) {
    update(model, Message::Files(FilesEvent::Saved { key: own_file(), version }));
}

fn own_file() -> TextKey {
    let exercise = ExerciseKey { pack: "small".into(), exercise: "strategy".into() };
    TextKey::File { exercise, path: "src/lib.rs".into() }
}

fn not_saved(model: &mut Model, version: u64) {
    let notice = Notice::new(NoticeLevel::Error, "disk full");
    update(model, Message::Files(FilesEvent::NotSaved { key: own_file(), version, notice }));
}

fn saves(effects: &[Effect]) -> Vec<(String, u64)> {
    let save = |effect: &Effect| match effect {
        Effect::Save { text, version, .. } => Some((text.clone(), *version)),
        _ => None,
    };
    effects.iter().filter_map(save).collect()
}

#[test]
fn a_pause_in_typing_saves_once() {
    let mut model = opened();
    at(&mut model, 1_000);
    keys(&mut model, "ia");
    at(&mut model, 1_200);
    keys(&mut model, "b");
    assert_eq!(next_tick(&model), Some(Duration::from_millis(400)));
    assert!(at(&mut model, 1_500).is_empty());
    assert_eq!(saves(&at(&mut model, 1_600)), [(format!("ab{TEXT}"), 1)]);
    assert_eq!(bench(&model).files[0].saving.kept, Kept::Writing);
    assert_eq!(next_tick(&model), None, "nothing wakes the app when nothing is to be done");
    keys(&mut model, "c");
    saved(&mut model, 1);
    assert!(bench(&model).files[0].saving.is_changed(), "what was typed meanwhile is not saved yet");
    at(&mut model, 9_000);
    saved(&mut model, 2);
    assert!(matches!(bench(&model).files[0].saving.kept, Kept::Saved { .. }));
}

#[test]
fn what_was_typed_a_moment_ago_is_saved_before_the_app_is_suspended() {
    let mut model = opened();
    keys(&mut model, "ia");
    let effects = on_command(&mut model, Command::Suspend);
    assert_eq!(saves(&effects), [(format!("a{TEXT}"), 1)]);
    assert_eq!(effects.last(), Some(&Effect::Suspend));
}

#[test]
fn typing_without_a_pause_is_saved_all_the_same() {
    let mut model = opened();
    keys(&mut model, "i");
    let mut saved = 0;
    for step in 1..=100 {
        saved += saves(&at(&mut model, step * 100)).len();
        keys(&mut model, "x");
    }
    assert!((2..=4).contains(&saved), "{saved}");
}

#[test]
fn moving_about_saves_nothing() {
    let mut model = opened();
    keys(&mut model, "i");
    press(&mut model, &[Key::plain(Code::Down), Key::plain(Code::End)]);
    assert!(saves(&at(&mut model, 60_000)).is_empty());
}

#[test]
fn a_save_that_failed_is_tried_again() {
    let mut model = opened();
    keys(&mut model, "ia");
    at(&mut model, 1_000);
    not_saved(&mut model, 1);
    assert_eq!(model.notice.as_ref().map(|notice| notice.text.as_str()), Some("disk full"));
    let told = crate::app::update::activity(&model).map(|activity| activity.what);
    assert_eq!(told.as_deref(), Some("1 file is not saved"));
    assert_eq!(saves(&at(&mut model, 10_000)).len(), 1);
    saved(&mut model, 2);
    assert_eq!(crate::app::update::activity(&model).map(|activity| activity.what), None);
    assert_eq!(next_tick(&model), None, "nothing is left to be tried");
}

#[test]
fn what_could_not_be_saved_outlives_its_editor() {
    let mut model = opened();
    keys(&mut model, "iX");
    let effects = crate::app::screen::workbench::open(&mut model, "command");
    assert_eq!(saves(&effects), [(format!("X{TEXT}"), 1)]);
    not_saved(&mut model, 1);
    assert_eq!(saves(&at(&mut model, 10_000)), [(format!("X{TEXT}"), 2)], "tried again from elsewhere");
    not_saved(&mut model, 2);
    let quit = crate::app::update::on_command(&mut model, crate::app::Command::Quit);
    assert_eq!(saves(&quit), [(format!("X{TEXT}"), 3)], "and when the app is left");
    not_saved(&mut model, 3);
    crate::app::screen::workbench::open(&mut model, "strategy");
    files_are(&mut model, TEXT, false);
    assert_eq!(text(&model), format!("X{TEXT}"), "it is what the editor shows again");
    assert_eq!(saves(&at(&mut model, 20_000)), [(format!("X{TEXT}"), 4)]);
    saved(&mut model, 4);
    assert_eq!(crate::app::drafts::refusal(&model), None);
    press(&mut model, &[Key::control('z')]);
    assert_eq!(text(&model), TEXT, "undoing leads to what is on the disk");
}

#[test]
fn a_disk_that_refuses_is_not_asked_at_every_key() {
    let mut model = opened();
    keys(&mut model, "ia");
    at(&mut model, 1_000);
    not_saved(&mut model, 1);
    keys(&mut model, "b");
    assert!(saves(&at(&mut model, 2_000)).is_empty());
    assert_eq!(saves(&at(&mut model, 4_000)), [(format!("ab{TEXT}"), 2)]);
}

#[test]
fn a_change_outside_is_taken_unless_something_was_typed_here() {
    let mut model = opened();
    outside(&mut model, "fn other() {}\n");
    assert_eq!(text(&model), "fn other() {}\n");
    keys(&mut model, "ix");
    outside(&mut model, "fn third() {}\n");
    let told = model.notice.as_ref().map(|notice| notice.text.as_str());
    assert_eq!(told, Some("src/lib.rs was changed outside too: your text is kept, Esc v has the other"));
    keys(&mut model, "y");
    assert!(model.notice.is_some(), "the next letter does not put it aside");
    at(&mut model, 10_000);
    keys(&mut model, "z");
    assert!(model.notice.is_none() && model.told.is_some());
    assert_eq!(text(&model), "xyzfn other() {}\n");
}

#[test]
fn news_that_was_on_its_way_does_not_take_what_was_typed_or_is_being_written() {
    let mut model = opened();
    keys(&mut model, "ix");
    files_are(&mut model, TEXT, false);
    assert_eq!(text(&model), format!("x{TEXT}"), "typed before the files came");
    at(&mut model, 1_000);
    assert_eq!(bench(&model).files[0].saving.kept, Kept::Writing);
    outside(&mut model, "fn other() {}\n");
    assert_eq!(text(&model), format!("x{TEXT}"));
    assert_eq!(saves(&at(&mut model, 5_000)).len(), 1, "what is shown is what the file holds in the end");
}

#[test]
fn watching_judges_every_save_made_outside() {
    let mut model = opened();
    assert!(matches!(outside(&mut model, "fn a() {}\n")[..], [Effect::SaveProgress(_)]), "it is begun");
    keys(&mut model, "w");
    let effects = outside(&mut model, "fn b() {}\n");
    assert!(matches!(effects[..], [Effect::StartCheck { .. }]), "{effects:?}");
    assert!(outside(&mut model, "fn b() {}\n").is_empty(), "the same text is no change");
}

#[test]
fn reset_saves_first_and_can_be_undone() {
    let mut model = opened();
    keys(&mut model, "ix");
    plain(&mut model, Code::Esc);
    let effects = keys(&mut model, "x");
    assert!(matches!(effects[..], [Effect::Save { .. }, Effect::ResetExercise(_), ..]), "{effects:?}");
    saved(&mut model, 1);
    files_are(&mut model, TEXT, true);
    assert_eq!(text(&model), TEXT);
    let key = ExerciseKey { pack: "small".into(), exercise: "strategy".into() };
    assert_eq!(keys(&mut model, "u")[0], Effect::RestoreExercise(key));
}

#[test]
fn the_own_editor_gets_a_saved_file_and_what_it_wrote_is_read() {
    let mut model = opened();
    keys(&mut model, "ix");
    press(&mut model, &[Key::plain(Code::Down), Key::plain(Code::Esc)]);
    let effects = keys(&mut model, "e");
    let [Effect::Save { .. }, Effect::EditOutside { id, path, line: 2, .. }, _] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(path, "src/lib.rs");
    saved(&mut model, 1);
    outside(&mut model, "fn new() {}\n");
    update(&mut model, Message::Job(*id, JobEvent::EditorClosed(Ok(()))));
    assert_eq!(text(&model), "fn new() {}\n");
    let told = |model: &Model| model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert_eq!(told(&model), "read again as you saved it: src/lib.rs; Ctrl-R judges it");
    outside(&mut model, "fn newer() {}\n");
    assert!(told(&model).starts_with("read again"), "its news may come a moment after it was left");
    at(&mut model, 10_000);
    outside(&mut model, "fn newest() {}\n");
    assert_eq!(told(&model), "src/lib.rs was changed outside");
}

#[test]
fn formatting_keeps_the_line_and_yields_to_what_was_typed_meanwhile() {
    let mut model = opened();
    keys(&mut model, "i");
    press(&mut model, &[Key::plain(Code::Down), Key::plain(Code::Down)]);
    let format = |model: &mut Model| match &press(model, &[Key::plain(Code::F(2))])[..] {
        [Effect::Format { id, .. }] => *id,
        other => panic!("{other:?}"),
    };
    let id = format(&mut model);
    model.note(NoticeLevel::Warning, "told meanwhile");
    let formatted = TEXT.replace("    n\n", "    n\n\n");
    update(&mut model, Message::Job(id, JobEvent::Formatted(Ok(formatted.clone()))));
    assert_eq!(text(&model), formatted);
    assert!(model.notice.is_some(), "that it was formatted takes no other message away");
    assert_eq!(bench(&model).files[0].editor.buffer.cursor().line, 3, "still on the closing bracket");
    let id = format(&mut model);
    keys(&mut model, "z");
    update(&mut model, Message::Job(id, JobEvent::Formatted(Ok(TEXT.into()))));
    assert!(text(&model).contains('z'));
}

#[test]
fn who_types_into_the_judges_file_is_told_the_way_back() {
    let mut model = opened();
    keys(&mut model, "ts");
    plain(&mut model, Code::Tab);
    plain(&mut model, Code::Tab);
    assert_eq!((bench(&model).shown, bench(&model).focus), (1, Focus::Editor));
    plain(&mut model, Code::Down);
    assert!(model.notice.is_none(), "reading it is no attempt to change it");
    keys(&mut model, "x");
    let told = model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(told.contains("the judge's") && told.contains("F6 leads on to yours"), "{told}");
    plain(&mut model, Code::F(6));
    assert!(bench(&model).file().is_some_and(|file| file.editor.editable));
    plain(&mut model, Code::F(6));
    update(&mut model, Message::Input(crate::app::message::Input::Paste("b".into())));
    assert!(model.notice.is_some(), "what is pasted is refused as well");
}

#[test]
fn an_exercise_opens_again_and_goes_on_in_the_learners_own_file() {
    let mut model = opened();
    keys(&mut model, "ts");
    let (id, _) = run(&mut model);
    finish(&mut model, id, failed());
    assert_eq!(bench(&model).shown, 0, "the step has passed: the next one is written elsewhere");
    keys(&mut model, "ts");
    assert_eq!(bench(&model).shown, 1);
    open(&mut model, "command");
    let left = model.record.exercise("small", "strategy").and_then(|known| known.at.clone());
    assert_eq!(left.map(|at| at.file).as_deref(), Some("src/lib.rs"));
    open(&mut model, "strategy");
    files_are(&mut model, TEXT, false);
    assert_eq!(bench(&model).shown, 0);
}

#[test]
fn whether_a_reset_can_be_undone_the_disk_is_asked() {
    let mut model = opened();
    let key = ExerciseKey { pack: "small".into(), exercise: "strategy".into() };
    let known = model.record.clone();
    assert_eq!(keys(&mut model, "u"), [Effect::RestoreExercise(key)], "a shell may have reset it");
    let notice = Notice::new(NoticeLevel::Error, "nothing to bring back");
    update(&mut model, Message::Files(FilesEvent::Refused(notice)));
    assert_eq!(model.record, known, "a refusal changes nothing");
    files_are(&mut model, TEXT, false);
    assert_eq!(model.record, known, "and what is read later is no answer to it");
    keys(&mut model, "u");
    files_are(&mut model, "fn mine() {}\n", false);
    assert_eq!(text(&model), "fn mine() {}\n");
    assert!(
        model.notice.as_ref().is_some_and(|notice| notice.text.contains("is back")),
        "{:?}",
        model.notice
    );
}

#[test]
fn nothing_is_reset_and_no_version_promised_where_the_starter_stands() {
    let mut model = opened();
    files_are(&mut model, "// here\n", false);
    let known = model.record.clone();
    assert_eq!(keys(&mut model, "x"), []);
    assert_eq!((&model.record, bench(&model).restorable), (&known, false));
    let told = model.notice.as_ref().map(|notice| notice.text.as_str());
    assert_eq!(told, Some("this is the starter already"));
}

#[test]
fn a_text_that_is_being_written_again_is_not_said_to_be_saved() {
    let told = |model: &Model| model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    let mut model = opened();
    keys(&mut model, "ix");
    at(&mut model, 1_000);
    not_saved(&mut model, 1);
    assert_eq!(saves(&at(&mut model, 5_000)).len(), 1, "it is tried again");
    model.notice = None;
    let other = TextKey::Playground { pack: "small".into() };
    update(&mut model, Message::Files(FilesEvent::Saved { key: other, version: 1 }));
    assert_eq!(told(&model), "");
    assert!(crate::app::drafts::refusal(&model).is_some());
    saved(&mut model, 2);
    assert!(told(&model).contains("on the disk again"), "{}", told(&model));
}

#[test]
fn the_bottom_line_of_a_file_that_is_only_read_offers_no_change() {
    let mut model = opened();
    let offers = |model: &Model, command| update::hints(model).iter().any(|hint| hint.command == command);
    keys(&mut model, "i");
    assert!(offers(&model, Command::Undo) && offers(&model, Command::Format));
    plain(&mut model, Code::F(6));
    assert!(!offers(&model, Command::Undo) && !offers(&model, Command::Format));
    assert!(offers(&model, Command::NextFile));
}

#[test]
fn after_a_reset_the_editor_stands_where_an_opened_exercise_does() {
    let starter =
        format!("{}fn price() {{\n    // Step 1: write it.\n    todo!()\n}}\n", "// Prices.\n".repeat(60));
    let place = |model: &Model| {
        let file = &bench(model).files[0];
        (bench(model).shown, file.editor.buffer.cursor(), file.editor.view.top)
    };
    let (mut model, _) = unread();
    files_are(&mut model, &starter, false);
    let as_opened = place(&model);
    assert_eq!(as_opened.1.line, 62, "where the first step is to be written");
    press(
        &mut model,
        &[Key::char('x'), Key::plain(Code::PageUp), Key::plain(Code::PageUp), Key::plain(Code::Esc)],
    );
    keys(&mut model, "ts");
    assert_ne!(place(&model), as_opened);
    keys(&mut model, "x");
    saved(&mut model, 1);
    files_are(&mut model, &starter, true);
    assert_eq!((text(&model), place(&model)), (starter, as_opened));
}
