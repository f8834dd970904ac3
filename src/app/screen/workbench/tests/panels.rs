//! From panel to panel.

use super::*;
use crate::app::keymap::Context;
use crate::app::screen::workbench::{Focus, Shown, Tab, context, panel_tabs};

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
