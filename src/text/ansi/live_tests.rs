//! Tests of program output.

use proptest::prelude::*;

use super::{Limit, Live, lines};
use crate::text::control::{Fate, fate};
use crate::text::style::{AnsiColor, Line, Role, Span, Style};

fn texts(bytes: impl AsRef<[u8]>) -> Vec<String> {
    lines(bytes).iter().map(Line::text).collect()
}

#[test]
fn colours_and_attributes_are_kept() {
    let line =
        &lines("\x1b[1;31mred\x1b[0m \x1b[38;5;208;4mo\x1b[24;39mx\x1b[38;2;1;2;3mr\x1b[48;5;1;3mi\x1b[m.")
            [0];
    let indexed = |index| Style::of(Role::Ansi(AnsiColor::Indexed(index)));
    let rgb = Style::of(Role::Ansi(AnsiColor::Rgb(1, 2, 3)));
    let expected = vec![
        Span::new("red", indexed(1).bold()),
        Span::plain(" "),
        Span::new("o", indexed(208).underline()),
        Span::plain("x"),
        Span::new("r", rgb),
        Span::new("i", rgb.italic()),
        Span::plain("."),
    ];
    assert_eq!(line.spans, expected);
}

#[test]
fn colours_with_colons_and_bright_ones() {
    let roles = |bytes: &str| lines(bytes)[0].spans[0].style.role;
    assert_eq!(roles("\x1b[38:2::9:8:7mx"), Role::Ansi(AnsiColor::Rgb(9, 8, 7)));
    assert_eq!(roles("\x1b[38:5:200mx"), Role::Ansi(AnsiColor::Indexed(200)));
    assert_eq!(roles("\x1b[92mx"), Role::Ansi(AnsiColor::Indexed(10)));
    assert_eq!(roles("\x1b[2mx"), Role::Muted);
    assert_eq!(roles("\x1b[38mx"), Role::Text);
}

#[test]
fn progress_bars_end_as_they_looked() {
    assert_eq!(texts("10 %\r 20 %\r100 %\nok"), ["100 %", "ok"]);
    assert_eq!(texts("longer\r\x1b[Kab"), ["ab"]);
    assert_eq!(texts("abx\x08c"), ["abc"]);
    assert_eq!(texts("a\tb\r\nc\n\nd"), ["a       b", "c", "", "d"]);
}

#[test]
fn other_sequences_vanish() {
    let hostile = [
        "\x1b]0;title\x07",
        "\x1b]8;;http://x\x1b\\",
        "\x1bPq#0payload\x1b\\",
        "\x1b_apc\x1b\\",
        "\x1b^pm\x1b\\",
        "\x1b[2J\x1b[H",
        "\x1b[?1049h",
        "\x1b[6n",
        "\x1bc",
        "\x07",
        "\u{9b}",
        "\x00",
        "\x1b[1;2;3;4;5;6;7;8;9q",
        "\x7f",
    ];
    for sequence in hostile {
        let shown = texts(format!("a{sequence}b")).concat();
        assert!(shown == "ab" || shown == "a\u{fffd}b", "{sequence:?} gives {shown:?}");
    }
    assert_eq!(texts("a\u{202e}b\u{200b}c"), ["a\u{fffd}bc"]);
}

#[test]
fn bad_utf8_is_seen() {
    assert_eq!(texts(b"a\xff\xc3(b\xf0\x9f\xa6"), ["a\u{fffd}\u{fffd}(b"]);
    assert_eq!(texts(vec![0xff; 1 << 20]).concat().chars().count(), 1 << 20);
}

#[test]
fn long_lines_and_long_outputs_are_bounded() {
    let long = texts("x".repeat(1 << 20));
    assert_eq!((long.len(), long[0].len()), (16, 1 << 16));
    let mut live = Live::new(Limit { lines: 3, columns: 10 });
    for n in 0..10 {
        live.push(format!("{n}\n").as_bytes());
    }
    assert_eq!(live.lines().iter().map(Line::text).collect::<Vec<_>>(), ["7", "8", "9"]);
    assert_eq!(live.dropped(), 7);
}

#[test]
fn tabs_without_end_are_survivable() {
    assert_eq!(texts("\t".repeat(100_000)).concat().len(), 800_000);
}

proptest! {
    #[test]
    fn nothing_harmful_comes_out(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for line in lines(&bytes) {
            prop_assert!(line.text().chars().all(|c| fate(c) == Fate::Kept));
        }
    }

    #[test]
    fn cuts_between_pieces_do_not_show(
        text in "(\u{1b}\\[[0-9;]{0,4}[mKH]|\u{1b}\\]0;a\u{7}|[a-c模é\r\n\t\u{8}]){0,30}", cut in 0_usize..100,
    ) {
        let bytes = text.as_bytes();
        let cut = cut.min(bytes.len());
        let mut live = Live::new(Limit { lines: usize::MAX, ..Limit::default() });
        live.push(&bytes[..cut]);
        live.push(&bytes[cut..]);
        prop_assert_eq!(Vec::from(live.lines().clone()), lines(bytes));
    }
}

#[test]
fn what_follows_a_character_that_was_cut_is_not_lost() {
    let mut live = Live::new(Limit::default());
    let text = "é\né".as_bytes();
    live.push(&text[..1]);
    live.push(&text[1..4]);
    live.push(&text[4..]);
    let texts: Vec<String> = live.lines().iter().map(crate::text::Line::text).collect();
    assert_eq!(texts, ["é", "é"]);
}
