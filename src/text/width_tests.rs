//! Tests of widths.

use proptest::prelude::*;

use super::{clip, line_width, pad, prefix, width, window};
use crate::text::style::{Line, Role, Span};

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
    assert_eq!(prefix("abe\u{301}f", 3), "abe\u{301}");
    assert_eq!(prefix("abcd模", 3), "abc");
}

#[test]
fn a_window_keeps_styles_and_columns() {
    let line = Line::from(vec![Span::plain("ab模"), Span::new("cd", Role::Code)]);
    assert_eq!(window(&line, 1, 4), Line::from(vec![Span::plain("b模"), Span::new("c", Role::Code)]));
    assert_eq!(window(&line, 3, 2).text(), " c");
    assert_eq!(window(&line, 0, 3).text(), "ab ");
    assert_eq!(window(&line, 9, 3).text(), "");
}

proptest! {
    #[test]
    fn a_window_is_never_wider(text in "\\PC{0,40}", from in 0_usize..50, cells in 0_usize..50) {
        prop_assert!(line_width(&window(&Line::from(vec![Span::plain(text)]), from, cells)) <= cells);
    }

    #[test]
    fn padding_is_exact(text in "\\PC{0,40}", cells in 0_usize..50) {
        prop_assert_eq!(width(&pad(&text, cells)), cells);
    }
}
