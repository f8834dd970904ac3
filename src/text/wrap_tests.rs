//! Tests of wrapping.

use proptest::prelude::*;

use super::wrap;
use crate::text::style::{Line, Role, Span};
use crate::text::width::line_width;

fn wrapped(text: &str, cells: usize) -> Vec<String> {
    wrap(&[Span::plain(text)], cells).iter().map(Line::text).collect()
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
}
