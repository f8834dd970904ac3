//! Characters that foreign text must not carry to a terminal: controls, direction marks and what nobody can see.

use std::borrow::Cow;

use crate::text::width::width;

/// What stands where a character was that a reader must know of.
pub const REPLACEMENT: char = '\u{FFFD}';

/// What becomes of a character of foreign text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is shown as it is.
    Kept,
    /// It is shown as [`REPLACEMENT`]: it would have changed what the reader sees.
    Replaced,
    /// It is left out: it has no look of its own.
    Dropped,
}

/// What becomes of a character; line breaks and tabs are the caller's business and count as controls here.
pub fn fate(c: char) -> Fate {
    if (' '..='~').contains(&c) {
        return Fate::Kept;
    }
    match c {
        // Controls, separators of lines and paragraphs, and marks that make a line read otherwise than it runs.
        '\u{0}'..='\u{1F}'
        | '\u{7F}'..='\u{9F}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{61C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => Fate::Replaced,
        // Soft hyphen, joiners, invisible operators, marks of order and annotation, tags.
        '\u{AD}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' => Fate::Dropped,
        _ => Fate::Kept,
    }
}

/// Foreign text made fit for one line of a terminal: line breaks and tabs become spaces, other controls and direction
/// marks are shown as [`REPLACEMENT`], what has no look is left out.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| fate(c) == Fate::Kept) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter_map(|c| match (c, fate(c)) {
        ('\t' | '\n' | '\r', _) => Some(' '),
        (_, Fate::Kept) => Some(c),
        (_, Fate::Replaced) => Some(REPLACEMENT),
        (_, Fate::Dropped) => None,
    });
    Cow::Owned(shown.collect())
}

/// A line of foreign code made fit for a terminal, with its tabs as spaces up to the next multiple of `stop` columns.
pub fn clean_code(line: &str, stop: usize) -> Cow<'_, str> {
    if !line.contains('\t') {
        return clean(line);
    }
    let mut shown = String::with_capacity(line.len() + 8);
    let mut column = 0;
    for (at, part) in line.split('\t').enumerate() {
        if at > 0 {
            let gap = stop - column % stop;
            shown.extend(std::iter::repeat_n(' ', gap));
            column += gap;
        }
        let part = clean(part);
        column += width(&part);
        shown.push_str(&part);
    }
    Cow::Owned(shown)
}

/// Foreign text made fit for one line of a terminal, as [`clean`] does.
pub fn sanitise(text: &str) -> String {
    clean(text).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Fate, clean_code, fate, sanitise};

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(sanitise("a\r\nb\tc"), "a  b c");
        assert_eq!(sanitise("\u{1b}[31mred\u{202e}txt"), "\u{fffd}[31mred\u{fffd}txt");
        assert_eq!(sanitise("a\u{200b}b\u{feff}"), "ab");
        assert_eq!(sanitise("模式 é 🦀"), "模式 é 🦀");
    }

    #[test]
    fn tabs_reach_the_next_stop() {
        assert_eq!(clean_code("\ta\tbc\t模\td", 4), "    a   bc  模  d");
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left(text in any::<String>(), stop in 1_usize..9) {
            prop_assert!(sanitise(&text).chars().all(|c| fate(c) == Fate::Kept));
            prop_assert!(clean_code(&text, stop).chars().all(|c| fate(c) == Fate::Kept));
        }
    }
}
