//! The editor by its keys: what is typed, and what stands there then. `|` marks the cursor.

use std::time::Duration;

use crate::app::area::Area;
use crate::app::command::Command;
use crate::app::editor::{Clip, Editor, OWN_KEYS, Position};
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::keymap;
use crate::app::message::{Mouse, MouseKind};

fn editor(marked: &str) -> Editor {
    let at = marked.find('|').expect("a cursor");
    let mut editor = Editor::new(&marked.replacen('|', "", 1), true, "//");
    editor.fit(Area::new(0, 0, 60, 10));
    editor.buffer.place(Position::default().after(&marked[..at]));
    editor
}

fn shown(editor: &Editor) -> String {
    let text = editor.buffer.text();
    let before = text.slice(Position::default()..editor.buffer.cursor());
    let after = text.slice(editor.buffer.cursor()..text.end());
    format!("{before}|{after}")
}

fn keys(editor: &mut Editor, keys: &[Key]) {
    for key in keys {
        editor.key(*key, Duration::ZERO);
    }
}

fn typed(editor: &mut Editor, text: &str) {
    for c in text.chars() {
        let key = if c == '\n' { Key::plain(Code::Enter) } else { Key::char(c) };
        editor.key(key, Duration::ZERO);
    }
}

const fn k(code: Code) -> Key {
    Key::plain(code)
}

fn command(editor: &mut Editor, command: Command, clip: &mut Clip) -> Vec<Effect> {
    editor.command(command, clip, Duration::ZERO).expect("an editor's command")
}

#[test]
fn the_keys_that_the_help_lists_do_something_and_are_no_commands() {
    for key in OWN_KEYS.iter().flat_map(|(keys, _)| *keys) {
        let mut it = editor("one two\n    three fo|ur five\nsix");
        let before = (it.buffer.text().clone(), it.buffer.selection());
        keys(&mut it, &[*key]);
        assert!((it.buffer.text().clone(), it.buffer.selection()) != before, "{key}");
        assert_eq!(keymap::lookup(keymap::Context::Editor, *key), None, "{key}");
    }
}

#[test]
fn a_line_after_an_opening_bracket_is_indented() {
    let mut it = editor("    fn a() {|");
    typed(&mut it, "\nx\n}");
    assert_eq!(shown(&it), "    fn a() {\n        x\n    }|");
}

#[test]
fn enter_between_brackets_opens_a_block() {
    let mut it = editor("    a({|})");
    typed(&mut it, "\n");
    assert_eq!(shown(&it), "    a({\n        |\n    })");
    it.buffer.undo();
    assert_eq!(shown(&it), "    a({|})");
}

#[test]
fn a_closing_bracket_goes_under_the_line_that_opened_it() {
    let mut it = editor("fn a() {\n    if b {\n        c\n            |");
    typed(&mut it, "}\n}");
    assert_eq!(shown(&it), "fn a() {\n    if b {\n        c\n    }\n}|");
}

#[test]
fn typing_is_undone_by_word() {
    let mut it = editor("|");
    typed(&mut it, "let total");
    it.buffer.undo();
    assert_eq!(shown(&it), "let |");
    it.buffer.undo();
    assert_eq!(shown(&it), "|");
    it.buffer.redo();
    it.buffer.redo();
    assert_eq!(shown(&it), "let total|");
}

#[test]
fn a_pause_parts_what_is_undone_together() {
    let mut it = editor("|");
    it.key(Key::char('a'), Duration::ZERO);
    it.key(Key::char('b'), Duration::from_secs(5));
    it.buffer.undo();
    assert_eq!(shown(&it), "a|");
}

#[test]
fn home_goes_to_the_text_and_then_to_the_beginning() {
    let mut it = editor("    let a|");
    keys(&mut it, &[k(Code::Home)]);
    assert_eq!(shown(&it), "    |let a");
    keys(&mut it, &[k(Code::Home)]);
    assert_eq!(shown(&it), "|    let a");
}

#[test]
fn vertical_movement_keeps_its_cell() {
    let mut it = editor("a long line|\n漢\nanother line");
    keys(&mut it, &[k(Code::Down), k(Code::Down)]);
    assert_eq!(shown(&it), "a long line\n漢\nanother lin|e");
}

#[test]
fn backspace_takes_a_level_of_indentation_or_a_whole_family() {
    let mut it = editor("        |x");
    keys(&mut it, &[k(Code::Backspace)]);
    assert_eq!(shown(&it), "    |x");
    let mut it = editor("a👩‍👩‍👧|b");
    keys(&mut it, &[k(Code::Backspace)]);
    assert_eq!(shown(&it), "a|b");
}

#[test]
fn words_are_passed_and_deleted_whole() {
    let mut it = editor("let total = base_price|;");
    keys(&mut it, &[k(Code::Backspace).with_control()]);
    assert_eq!(shown(&it), "let total = |;");
    keys(&mut it, &[k(Code::Left).with_control(), k(Code::Left).with_control()]);
    assert_eq!(shown(&it), "let |total = ;");
}

#[test]
fn tab_indents_the_selected_lines_and_keeps_them_selected() {
    let mut it = editor("|a\n\nb\nc");
    keys(&mut it, &[k(Code::Down).shifted(), k(Code::Down).shifted(), k(Code::End).shifted(), k(Code::Tab)]);
    assert_eq!(shown(&it), "    a\n\n    b|\nc");
    assert_eq!(it.buffer.selected(), "    a\n\n    b");
    keys(&mut it, &[k(Code::Tab).shifted()]);
    assert_eq!(shown(&it), "a\n\nb|\nc");
}

#[test]
fn comments_come_and_go_at_the_least_indentation() {
    let mut it = editor("|    a\n        b\n");
    it.buffer.select_all();
    command(&mut it, Command::ToggleComment, &mut Clip::default());
    assert_eq!(it.buffer.text().to_string(), "    // a\n    //     b\n");
    command(&mut it, Command::ToggleComment, &mut Clip::default());
    assert_eq!(it.buffer.text().to_string(), "    a\n        b\n");
}

#[test]
fn cutting_nothing_cuts_the_line_and_pasting_puts_it_above() {
    let mut clip = Clip::default();
    let mut it = editor("one\ntw|o\nthree");
    let effects = command(&mut it, Command::Cut, &mut clip);
    assert_eq!(effects, [Effect::CopyText("two\n".to_owned())]);
    assert_eq!(shown(&it), "one\n|three");
    command(&mut it, Command::Paste, &mut clip);
    assert_eq!(shown(&it), "one\ntwo\n|three");
}

#[test]
fn a_line_whose_cut_or_paste_is_undone_is_not_selected() {
    let mut clip = Clip::default();
    let mut it = editor("one\ntw|o\nthree");
    for what in [Command::Cut, Command::Paste] {
        command(&mut it, what, &mut clip);
        it.buffer.undo();
        assert_eq!(shown(&it), "one\ntw|o\nthree", "{what:?}");
        assert!(it.buffer.selection().is_empty(), "the next key would replace it");
    }
}

#[test]
fn the_last_line_is_copied_whole_too() {
    let mut clip = Clip::default();
    let mut it = editor("one\ntw|o");
    command(&mut it, Command::Copy, &mut clip);
    assert_eq!(clip, Clip { text: "two\n".to_owned(), lines: true });
    assert_eq!(shown(&it), "one\ntw|o");
}

#[test]
fn finding_goes_along_and_esc_goes_back() {
    let mut it = editor("|price, base_price\nPrice");
    command(&mut it, Command::Find, &mut Clip::default());
    assert!(it.captures());
    typed(&mut it, "price");
    assert_eq!(it.find.matches.len(), 3);
    assert_eq!(it.buffer.selected(), "price");
    keys(&mut it, &[k(Code::F(3))]);
    assert_eq!(shown(&it), "price, base_price|\nPrice");
    keys(&mut it, &[k(Code::Enter), k(Code::Right)]);
    command(&mut it, Command::FindNext, &mut Clip::default());
    command(&mut it, Command::FindNext, &mut Clip::default());
    assert_eq!(shown(&it), "price|, base_price\nPrice", "after the last comes the first");
    command(&mut it, Command::Find, &mut Clip::default());
    typed(&mut it, "x");
    keys(&mut it, &[k(Code::Esc)]);
    assert_eq!(it.buffer.selected(), "price", "Esc restores what was selected");
}

#[test]
fn going_to_a_line_takes_digits_only() {
    let mut it = editor("|a\nb\nc");
    command(&mut it, Command::GotoLine, &mut Clip::default());
    typed(&mut it, "x2\n");
    assert_eq!(shown(&it), "a\n|b\nc");
    assert!(!it.captures());
}

#[test]
fn what_is_read_only_moves_and_copies_but_does_not_change() {
    let mut it = editor("|abc");
    it.editable = false;
    typed(&mut it, "x\n");
    it.paste("y", Duration::ZERO);
    let effects = command(&mut it, Command::Cut, &mut Clip::default());
    assert_eq!(effects, [Effect::CopyText("abc\n".to_owned())]);
    assert_eq!(shown(&it), "|abc");
}

#[test]
fn the_mouse_places_selects_and_scrolls() {
    let area = Area::new(10, 2, 60, 10);
    let mut it = editor("|let total = 1;\nx");
    let at = |kind, column, row| Mouse { kind, column, row, shift: false };
    let text = 10 + it.gutter();
    it.mouse(at(MouseKind::Press, text + 6, 2), area);
    assert_eq!(shown(&it), "let to|tal = 1;\nx");
    it.mouse(at(MouseKind::DoublePress, text + 6, 2), area);
    assert_eq!(it.buffer.selected(), "total");
    it.mouse(at(MouseKind::Press, text, 2), area);
    it.mouse(at(MouseKind::Drag, text + 3, 2), area);
    assert_eq!(it.buffer.selected(), "let");
    it.mouse(at(MouseKind::Press, text + 40, 9), area);
    assert_eq!(it.buffer.cursor(), Position::new(1, 1), "below the text is its end");
    it.mouse(at(MouseKind::ScrollDown, text, 3), area);
    assert_eq!(it.view.top, 1);
}

#[test]
fn the_wheel_scrolls_no_further_sideways_than_the_text_reaches() {
    let area = Area::new(0, 0, 40, 10);
    let mut it = editor(&format!("|{}", "x".repeat(60)));
    it.fit(area);
    let at = |kind| Mouse { kind, column: 20, row: 0, shift: false };
    (0..50).for_each(|_| it.mouse(at(MouseKind::ScrollRight), area));
    let (left, columns) = (it.view.left, it.view.columns);
    assert!(left + columns >= 60 && left < 60, "{left}");
    it.mouse(at(MouseKind::ScrollLeft), area);
    assert!(it.view.left < left);
}

#[test]
fn a_place_gone_to_before_anything_is_shown_is_in_the_middle_and_not_scrolled_sideways() {
    let mut it = Editor::new(&"    let total = price * quantity;\n".repeat(80), true, "//");
    it.go_to(41, 9);
    it.fit(Area::new(0, 0, 60, 20));
    assert_eq!((it.view.top, it.view.left), (30, 0));
}

#[test]
fn what_is_marked_is_in_view_as_far_as_it_fits_until_the_cursor_goes_elsewhere() {
    let mut it =
        Editor::new(&format!("{}marked_from_here(to_here){}", "x".repeat(50), "y".repeat(60)), true, "//");
    it.fit(Area::new(0, 0, 65, 20));
    it.go_to(1, 51);
    it.see_up_to(76);
    assert_eq!((it.view.columns, it.view.left), (60, 20), "with a little beside it");
    it.see_up_to(300);
    assert_eq!(it.view.left, 46, "its beginning stays in view");
    keys(&mut it, &[k(Code::Left)]);
    assert_eq!(it.view.left, 0);
}

#[test]
fn a_megabyte_is_pasted_and_edited() {
    let mut it = editor("|");
    it.paste(&"let a = 1; // a line of text\n".repeat(36_000), Duration::ZERO);
    assert_eq!(it.buffer.lines().len(), 36_001);
    it.buffer.undo();
    it.paste(&"x".repeat(1_000_000), Duration::ZERO);
    for _ in 0..100 {
        typed(&mut it, "a");
        keys(&mut it, &[k(Code::Left), k(Code::Up), k(Code::End)]);
    }
    assert_eq!(it.buffer.cursor().column, 1_000_100);
}

#[test]
fn the_view_comes_back_from_the_side_as_soon_as_the_cursor_can_be_seen_without() {
    let long = "x".repeat(90);
    for back in [&[k(Code::Home)][..], &[k(Code::Left); 60], &[k(Code::Down)]] {
        let mut it = editor(&format!("|{long}\nshort\n"));
        keys(&mut it, &[k(Code::End)]);
        assert!(it.view.left > 0);
        keys(&mut it, back);
        assert_eq!(it.view.left, 0, "{back:?}");
    }
    let fits = "x".repeat(60 - usize::from(editor("|").gutter()) - 1);
    let mut it = editor(&format!("|{fits}"));
    keys(&mut it, &[k(Code::End)]);
    assert_eq!(it.view.left, 0, "all of the line can be seen, the cursor behind it, too");
}

#[test]
fn what_is_typed_takes_the_place_of_what_stands_in_the_field_from_the_start() {
    let mut clip = Clip::default();
    let mut it = editor("|price, rate");
    command(&mut it, Command::Find, &mut clip);
    typed(&mut it, "price\n");
    let input = |it: &Editor| it.prompt.as_ref().map(|prompt| prompt.input().to_owned());
    command(&mut it, Command::Find, &mut clip);
    assert_eq!(input(&it).as_deref(), Some("price"), "what is selected is offered");
    typed(&mut it, "rate\n");
    assert_eq!(it.buffer.selected(), "rate");
    command(&mut it, Command::Find, &mut clip);
    keys(&mut it, &[k(Code::F(3))]);
    typed(&mut it, "s");
    assert_eq!(input(&it).as_deref(), Some("rates"), "who has looked for it goes on with it");
    keys(&mut it, &[k(Code::Esc)]);
    command(&mut it, Command::Find, &mut clip);
    keys(&mut it, &[k(Code::Backspace)]);
    assert_eq!(input(&it).as_deref(), Some(""));
}

#[test]
fn a_match_within_a_grapheme_is_none() {
    let mut it = editor("|a👩‍👩‍👧 b👧 c👧");
    it.command(Command::Find, &mut Clip::default(), Duration::ZERO);
    it.paste("👧", Duration::ZERO);
    assert_eq!(it.find.matches.len(), 2);
    keys(&mut it, &[k(Code::Enter)]);
    let first = it.buffer.cursor();
    it.find_next();
    let second = it.buffer.cursor();
    it.find_next();
    assert!(first != second && it.buffer.cursor() == first);
}

#[test]
fn doc_comments_are_commented_out_as_code_is() {
    for doc in ["//! Prices.", "/// A price."] {
        let mut it = editor(&format!("|{doc}\n"));
        command(&mut it, Command::ToggleComment, &mut Clip::default());
        assert_eq!(it.buffer.text().to_string(), format!("// {doc}\n"));
        command(&mut it, Command::ToggleComment, &mut Clip::default());
        assert_eq!(it.buffer.text().to_string(), format!("{doc}\n"));
    }
    let mut it = editor("|//// A line of its own.\n");
    command(&mut it, Command::ToggleComment, &mut Clip::default());
    assert_eq!(it.buffer.text().to_string(), "// A line of its own.\n");
}
