//! Tests of widths and wrapping.

use proptest::prelude::*;

use super::{clip, line_width, pad, prefix, width, window, wrap};
use crate::text::style::{Line, Role, Span};

fn wrapped(text: &str, cells: usize) -> Vec<String> {
    wrap(&[Span::plain(text)], cells).iter().map(Line::text).collect()
}

#[test]
fn widths_are_cells() {
    for (text, cells) in [("", 0), ("abc", 3), ("模式", 4), ("é", 1), ("e\u{301}", 1), ("🦀", 2), ("ﾊﾟ", 2)]
    {
        assert_eq!(width(text), cells, "{text}");
    }
}

#[test]
fn what_is_cut_says_so() {
    assert_eq!(clip("Strategy", 8), "Strategy");
    assert_eq!(clip("Strategy", 5), "Stra…");
    assert_eq!(clip("模式模式", 6), "模式…");
    assert_eq!(clip("模式", 0), "");
    assert_eq!(pad("模式模式", 6), "模式… ");
    assert_eq!(prefix("模式", 3), "模");
}

#[test]
fn a_window_keeps_styles_and_columns() {
    let line = Line::from(vec![Span::plain("ab模"), Span::new("cd", Role::Code)]);
    assert_eq!(window(&line, 1, 4), Line::from(vec![Span::plain("b模"), Span::new("c", Role::Code)]));
    assert_eq!(window(&line, 3, 2).text(), " c");
    assert_eq!(window(&line, 0, 3).text(), "ab ");
    assert_eq!(window(&line, 9, 3).text(), "");
}

#[test]
fn words_stay_whole_where_they_fit() {
    assert_eq!(wrapped("one two  three", 7), ["one two", "three"]);
    assert_eq!(wrapped("one\ntwo", 20), ["one", "two"]);
    assert_eq!(wrapped("a verylongword b", 6), ["a", "verylo", "ngword", "b"]);
    assert_eq!(wrapped("", 6), [""]);
    assert_eq!(wrapped("中文模式", 5), ["中文", "模式"]);
    assert_eq!(wrapped("模", 1), ["模"]);
}

#[test]
fn a_word_of_several_styles_is_one_word() {
    let spans = [Span::plain("see "), Span::new("Arc", Role::Code), Span::plain(", then")];
    let lines = wrap(&spans, 7);
    assert_eq!(lines[0].text(), "see");
    assert_eq!(lines[1], Line::from(vec![Span::new("Arc", Role::Code), Span::plain(",")]));
    assert_eq!(lines[2].text(), "then");
}

proptest! {
    #[test]
    fn no_line_is_too_wide_and_no_letter_is_lost(text in "[a-z 模é🦀\n]{0,60}", cells in 2_usize..20) {
        let lines = wrap(&[Span::plain(text.clone())], cells);
        prop_assert!(lines.iter().all(|line| line_width(line) <= cells));
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let kept: String = lines.iter().map(Line::text).collect();
        prop_assert_eq!(letters(&kept), letters(&text));
    }

    #[test]
    fn a_window_is_never_wider(text in "\\PC{0,40}", from in 0_usize..50, cells in 0_usize..50) {
        prop_assert!(line_width(&window(&Line::from(vec![Span::plain(text)]), from, cells)) <= cells);
    }

    #[test]
    fn padding_is_exact(text in "\\PC{0,40}", cells in 0_usize..50) {
        prop_assert_eq!(width(&pad(&text, cells)), cells);
    }
}
