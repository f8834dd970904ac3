//! From panel to panel.

use super::*;
use crate::app::keymap::Context;
use crate::app::message::MouseKind;
use crate::app::screen::workbench::{Focus, Layout, Shown, Tab, context, panel_tabs};

#[test]
fn tab_goes_round_the_panels_and_changes_no_file() {
    let mut model = opened();
    let mut seen = Vec::new();
    for _ in 0..6 {
        plain(&mut model, Code::Tab);
        seen.push(bench(&model).focus);
    }
    let round = [Focus::Editor, Focus::Panel, Focus::Task];
    assert_eq!(seen, [round, round].concat());
    press(&mut model, &[Key::plain(Code::Tab).shifted(); 3]);
    assert_eq!(bench(&model).focus, Focus::Task);
    assert_eq!(text(&model), TEXT);
}

#[test]
fn once_something_was_done_in_the_editor_tab_indents() {
    for way in [Key::plain(Code::Down), Key::control('s'), Key::char('x')] {
        let mut model = opened();
        press(&mut model, &[Key::plain(Code::Tab)]);
        assert_eq!(context(&model), Context::Editor);
        press(&mut model, &[way]);
        let before = text(&model);
        plain(&mut model, Code::Tab);
        assert!(bench(&model).focus == Focus::Editor && text(&model) != before, "{way}");
    }
    let mut model = opened();
    keys(&mut model, "i");
    plain(&mut model, Code::Tab);
    assert_ne!(text(&model), TEXT, "who means to type indents at once");
}

#[test]
fn the_output_is_found_again_behind_hints_and_explanations() {
    let mut model = opened();
    let (id, _) = run(&mut model);
    finish(&mut model, id, refused());
    let named = |model: &Model| panel_tabs(model.size, bench(model))[2].title.clone();
    for (key, title, shown) in
        [("h", "Output: hints", Shown::Test), ("pE", "Output: explanation", Shown::Problem)]
    {
        keys(&mut model, key);
        assert_eq!((named(&model).as_str(), bench(&model).panel.tab), (title, Tab::Output));
        keys(&mut model, "o");
        assert_eq!((named(&model).as_str(), &bench(&model).panel.shown), ("Output", &shown));
    }
}

#[test]
fn the_next_exercise_listens_as_this_one_did() {
    for way in [Key::char('>'), Key::plain(Code::Enter)] {
        let mut model = opened();
        let (id, _) = run(&mut model);
        finish(&mut model, id, passed());
        press(&mut model, &[way]);
        assert_eq!(
            (bench(&model).key.exercise.as_str(), context(&model)),
            ("command", Context::Panels),
            "{way}"
        );
    }
    let (model, _) = unread();
    assert_eq!(context(&model), Context::Editor, "opened from elsewhere, typing types");
}

#[test]
fn what_listened_before_the_own_editor_was_opened_listens_after_it() {
    let mut model = opened();
    keys(&mut model, "t");
    let effects = keys(&mut model, "e");
    let Some(Effect::EditOutside { id, .. }) = effects.first() else { panic!("{effects:?}") };
    let files = [("src/lib.rs".to_owned(), "fn new() {}\n".to_owned())].into();
    let event = FilesEvent::ChangedOutside { pack: "small".into(), exercise: "strategy".into(), files };
    update(&mut model, Message::Files(event));
    update(&mut model, Message::Job(*id, JobEvent::EditorClosed(Ok(()))));
    assert_eq!((bench(&model).focus, text(&model).as_str()), (Focus::Panel, "fn new() {}\n"));
}

#[test]
fn editing_the_code_means_the_learners_own_whatever_is_shown() {
    let mut model = opened();
    keys(&mut model, "ts");
    assert_eq!(bench(&model).shown, 1, "the judge's");
    keys(&mut model, "ix");
    assert_eq!((bench(&model).shown, text(&model)), (0, format!("x{TEXT}")));
}

#[test]
fn a_key_that_can_do_nothing_says_so() {
    let told = |model: &mut Model, keys: &[Key]| {
        model.notice = None;
        press(model, keys);
        model.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default()
    };
    let mut model = opened();
    assert_eq!(told(&mut model, &[Key::char('(')]), "this is the first step");
    assert_eq!(told(&mut model, &[Key::char(')')]), "");
    assert_eq!(told(&mut model, &[Key::char(')')]), "this is the last step");
    assert_eq!(told(&mut model, &[Key::char('d')]), "");
    assert_eq!(told(&mut model, &[Key::char('d')]), "the comparison is what is shown already");
    assert_eq!(told(&mut model, &[Key::char('n')]), "nothing is looked for; / finds in the text");
    let editor = [Key::char('i'), Key::plain(Code::F(3))];
    assert_eq!(told(&mut model, &editor), "nothing is looked for; ^F finds in the text");
}

#[test]
fn the_next_file_is_on_the_same_key_in_the_panels_as_in_the_editor() {
    let mut model = opened();
    plain(&mut model, Code::F(6));
    assert_eq!((bench(&model).shown, context(&model)), (1, Context::Panels));
}

#[test]
fn what_listens_takes_the_whole_screen_and_gives_it_back() {
    let mut model = opened();
    let rows = |model: &Model| Layout::of(model.size, bench(model)).panel.height;
    keys(&mut model, "d");
    let before = rows(&model);
    keys(&mut model, "z");
    assert_eq!(rows(&model), 36 - 2 - 2, "all but the header, the bar, the rule and the tabs");
    assert!(Layout::of(model.size, bench(&model)).editor.is_empty());
    keys(&mut model, "i");
    assert!(!Layout::of(model.size, bench(&model)).editor.is_empty(), "who edits sees the code");
    plain(&mut model, Code::Esc);
    plain(&mut model, Code::Esc);
    assert_eq!(rows(&model), before, "Esc gives it back before it leaves");
    keys(&mut model, "zz");
    assert_eq!(rows(&model), before);
    keys(&mut model, "zts");
    assert_eq!((bench(&model).shown, bench(&model).is_enlarged()), (1, false), "what is to be seen is shown");
}

#[test]
fn whoever_edits_can_have_the_whole_screen_and_finds_it_so_after_a_look_at_the_panels() {
    let mut model = opened();
    let rows = |model: &Model| Layout::of(model.size, bench(model)).editor.height;
    let before = rows(&model);
    keys(&mut model, "i");
    plain(&mut model, Code::F(12));
    let columns = Layout::of(model.size, bench(&model)).editor.width;
    assert!(columns > 110, "{columns} of {}", model.size.0);
    assert_eq!(rows(&model), 36 - 2 - 2, "all but the header, the bar, the rule and the tabs");
    plain(&mut model, Code::Esc);
    assert_eq!((rows(&model), context(&model)), (before, Context::Panels));
    keys(&mut model, "i");
    assert_eq!(rows(&model), 36 - 2 - 2);
    plain(&mut model, Code::F(12));
    assert_eq!(rows(&model), before);
}

#[test]
fn the_wheel_scrolls_the_task_and_never_turns_to_another_step() {
    let mut pack = fixture::small();
    pack.exercises.iter_mut().for_each(|exercise| exercise.steps[0].task = "Do it.\n\n".repeat(40));
    for (pack, scrolled) in [(pack, 3), (fixture::small(), 0)] {
        let mut model = fixture::model(vec![pack], (120, 36));
        open(&mut model, "strategy");
        files_are(&mut model, TEXT, false);
        let task = Layout::of(model.size, bench(&model)).task;
        assert_eq!(bench(&model).focus, Focus::Editor, "the task has not listened yet");
        fixture::point(&mut model, MouseKind::ScrollDown, task.x + 9, task.y + 9);
        assert_eq!((bench(&model).step, bench(&model).task_scroll), (0, scrolled));
        press(&mut model, &[Key::plain(Code::Esc), Key::plain(Code::Tab)]);
        assert_eq!(bench(&model).focus, Focus::Task);
        fixture::point(&mut model, MouseKind::ScrollDown, task.x + 9, task.y + 9);
        assert_eq!((bench(&model).step, bench(&model).task_scroll), (0, 2 * scrolled));
    }
}
