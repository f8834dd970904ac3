//! What holds for every sequence of actions.

use std::time::Duration;

use proptest::prelude::*;

use crate::app::command::Command;
use crate::app::editor::grapheme;
use crate::app::editor::{Buffer, Clip, Editor};
use crate::app::key::{Code, Key};

#[derive(Debug, Clone)]
enum Act {
    Key(Key),
    Paste(String),
    Command(Command),
    Pause,
}

fn key() -> impl Strategy<Value = Key> {
    let code = prop_oneof![
        4 => any::<char>().prop_map(Code::Char),
        4 => prop::sample::select(vec!['{', '}', '(', ')', 'a', ' ', '\u{301}', '\u{200d}', '👩', '🇩', '🇪', '\t'])
            .prop_map(Code::Char),
        8 => prop::sample::select(vec![
            Code::Enter, Code::Tab, Code::Backspace, Code::Delete, Code::Up, Code::Down, Code::Left, Code::Right,
            Code::Home, Code::End, Code::PageUp, Code::PageDown,
        ]),
    ];
    (code, any::<bool>(), any::<bool>()).prop_map(|(code, shift, control)| {
        let control = control && !matches!(code, Code::Char(_));
        Key { code, control, alt: false, shift }
    })
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => key().prop_map(Act::Key),
        2 => "[a-z {}\r\n\t\u{301}👩\u{200d}]{0,12}".prop_map(Act::Paste),
        2 => prop::sample::select(vec![
            Command::Undo, Command::Redo, Command::Cut, Command::Copy, Command::Paste, Command::SelectAll,
            Command::ToggleComment,
        ]).prop_map(Act::Command),
        1 => Just(Act::Pause),
    ]
}

const TEXT: &str = "fn main() {\n    let a = [1, 2];\n\n\te\u{301} 👩‍👩‍👧 漢字 {\n}\n// end";

fn on_boundary(buffer: &Buffer) -> bool {
    [buffer.selection().anchor, buffer.selection().head].iter().all(|place| {
        place.line <= buffer.text().last()
            && grapheme::is_boundary(buffer.text().line(place.line), place.column)
    })
}

proptest! {
    #[test]
    fn everything_can_be_undone_and_done_again(acts in prop::collection::vec(act(), 0..60)) {
        let mut editor = Editor::new(TEXT, true, "//");
        (editor.view.rows, editor.view.columns) = (4, 20);
        let mut clip = Clip::default();
        let mut now = Duration::ZERO;
        for act in acts {
            // Neither of these scrolls: what the person looks at stays in view.
            let scrolls = !matches!(act, Act::Pause | Act::Command(Command::SelectAll));
            match act {
                Act::Key(key) => editor.key(key, now),
                Act::Paste(text) => editor.paste(&text, now),
                Act::Command(command) => _ = editor.command(command, &mut clip, now),
                Act::Pause => now += Duration::from_secs(2),
            }
            prop_assert!(on_boundary(&editor.buffer), "{:?}", editor.buffer);
            let cursor = editor.buffer.cursor();
            prop_assert!(!scrolls || (editor.view.top..editor.view.top + 4).contains(&cursor.line));
        }
        let last = editor.buffer.text().to_string();
        prop_assert!(!last.contains('\r'));
        while editor.buffer.redo() {}
        let last_of_all = editor.buffer.text().to_string();
        while editor.buffer.undo() {}
        prop_assert_eq!(editor.buffer.text().to_string(), TEXT);
        while editor.buffer.redo() {}
        prop_assert_eq!(editor.buffer.text().to_string(), last_of_all);
    }

    #[test]
    fn replacing_agrees_with_a_string(
        text in "[ab\n漢]{0,20}", with in "[xy\n]{0,8}", one in 0..40_usize, two in 0..40_usize,
    ) {
        let mut buffer = Buffer::new(&text);
        let places: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (one, two) = (places[one % places.len()], places[two % places.len()]);
        let (from, to) = (one.min(two), one.max(two));
        let start = crate::app::editor::Position::default();
        buffer.select(start.after(&text[..from]), start.after(&text[..to]));
        buffer.insert(&with);
        let expected = format!("{}{with}{}", &text[..from], &text[to..]);
        prop_assert_eq!(buffer.text().to_string(), expected);
        prop_assert_eq!(buffer.cursor(), start.after(&format!("{}{with}", &text[..from])));
    }

    #[test]
    fn setting_the_text_sets_it_and_can_be_undone(old in "[ab\n]{0,16}", new in "[ab\n]{0,16}") {
        let mut buffer = Buffer::new(&old);
        buffer.set_text(&new);
        prop_assert_eq!(buffer.text().to_string(), new.clone());
        prop_assert!(on_boundary(&buffer));
        prop_assert_eq!(buffer.undo(), old != new);
        prop_assert_eq!(buffer.text().to_string(), old);
    }
}
