//! Graphemes, words and columns of one line: what a person takes for one character, and how wide it is.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::text::width;

/// How far tabs are apart, and how deep one level of indentation is.
pub const TAB: usize = 4;

/// The first grapheme boundary after `column`; the line's end at the end.
pub fn next(line: &str, column: usize) -> usize {
    let mut cursor = GraphemeCursor::new(column.min(line.len()), line.len(), true);
    cursor.next_boundary(line, 0).ok().flatten().unwrap_or(line.len())
}

/// The last grapheme boundary before `column`; 0 at the beginning.
pub fn previous(line: &str, column: usize) -> usize {
    let mut cursor = GraphemeCursor::new(column.min(line.len()), line.len(), true);
    cursor.prev_boundary(line, 0).ok().flatten().unwrap_or(0)
}

/// Takes the last grapheme from a text.
pub fn pop(text: &mut String) {
    text.truncate(previous(text, text.len()));
}

/// Whether `column` cuts neither a character nor a grapheme in two.
pub fn is_boundary(line: &str, column: usize) -> bool {
    line.is_char_boundary(column)
        && GraphemeCursor::new(column, line.len(), true).is_boundary(line, 0).unwrap_or(false)
}

/// The last grapheme boundary at or before `column`.
pub fn floor(line: &str, column: usize) -> usize {
    let column = line.floor_char_boundary(column);
    if is_boundary(line, column) { column } else { previous(line, column) }
}

/// The first grapheme boundary at or after `column`.
pub fn ceil(line: &str, column: usize) -> usize {
    let column = line.ceil_char_boundary(column);
    if is_boundary(line, column) { column } else { next(line, column) }
}

/// How many cells a grapheme takes that begins at the cell `at`.
pub fn width(grapheme: &str, at: usize) -> usize {
    if grapheme == "\t" { TAB - at % TAB } else { width::of(grapheme).max(1) }
}

/// The cell at which the byte `column` is shown.
pub fn cell_of(line: &str, column: usize) -> usize {
    let before = &line[..column.min(line.len())];
    if is_plain(before) {
        return before.len();
    }
    if before.chars().all(is_single) {
        return before.chars().count();
    }
    before.graphemes(true).fold(0, |cell, grapheme| cell + width(grapheme, cell))
}

/// The byte that is shown at a cell: the grapheme that covers it, or the line's end beyond it.
pub fn column_at(line: &str, cell: usize) -> usize {
    let column = cell.min(line.len());
    if is_boundary(line, column) && is_plain(&line[..column]) {
        return column;
    }
    let mut chars = line.char_indices();
    if chars.by_ref().take(cell).all(|(_, c)| is_single(c)) {
        match chars.next() {
            None => return line.len(),
            Some((column, c)) if is_single(c) => return column,
            Some(_) => {}
        }
    }
    let mut at = 0;
    for (column, grapheme) in line.grapheme_indices(true) {
        at += width(grapheme, at);
        if at > cell {
            return column;
        }
    }
    line.len()
}

/// The beginning of the next word, or the line's end.
pub fn next_word(line: &str, column: usize) -> usize {
    let mut rest = line[column..].char_indices();
    let Some((_, first)) = rest.next() else { return line.len() };
    let class = Class::of(first);
    let mut left = class == Class::Space;
    for (offset, c) in rest {
        match Class::of(c) {
            Class::Space => left = true,
            other if left || other != class => return ceil(line, column + offset),
            _ => {}
        }
    }
    line.len()
}

/// The beginning of the word before `column`, or the line's beginning.
pub fn previous_word(line: &str, column: usize) -> usize {
    let mut before = line[..column].char_indices().rev().skip_while(|(_, c)| Class::of(*c) == Class::Space);
    let Some((mut start, last)) = before.next() else { return 0 };
    for (offset, c) in before {
        if Class::of(c) != Class::of(last) {
            break;
        }
        start = offset;
    }
    floor(line, start)
}

/// The word, or the run of like characters, at `column`.
pub fn word_at(line: &str, column: usize) -> std::ops::Range<usize> {
    let Some(here) = line[column..].chars().next().or_else(|| line[..column].chars().next_back()) else {
        return column..column;
    };
    let class = Class::of(here);
    let before = line[..column].char_indices().rev().take_while(|(_, c)| Class::of(*c) == class);
    let start = before.last().map_or(column, |(offset, _)| offset);
    let after = line[column..].char_indices().find(|(_, c)| Class::of(*c) != class);
    let end = after.map_or(line.len(), |(offset, _)| column + offset);
    floor(line, start)..ceil(line, end)
}

/// The white space that a line begins with.
pub fn indent_of(line: &str) -> &str {
    let text = line.trim_start_matches([' ', '\t']);
    &line[..line.len() - text.len()]
}

fn is_plain(text: &str) -> bool {
    text.is_ascii() && !text.as_bytes().contains(&b'\t')
}

/// Whether a character takes one cell and joins no other, as the letters of European languages do: long lines of them are
/// measured with every key, and by graphemes that takes far longer.
const fn is_single(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}')
}

#[derive(PartialEq, Eq)]
enum Class {
    Space,
    Word,
    Mark,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            c if c.is_whitespace() => Self::Space,
            c if c.is_alphanumeric() || c == '_' => Self::Word,
            _ => Self::Mark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILY: &str = "👩‍👩‍👧";

    #[test]
    fn a_family_is_one_step() {
        let line = format!("a{FAMILY}b");
        assert_eq!(next(&line, 1), 1 + FAMILY.len());
        assert_eq!(previous(&line, 1 + FAMILY.len()), 1);
        assert_eq!(floor(&line, 4), 1);
        assert_eq!(cell_of(&line, 1 + FAMILY.len()), 3);
    }

    #[test]
    fn cells_and_columns_answer_each_other() {
        let line = "\ta漢\tb";
        assert_eq!(cell_of(line, 1), 4);
        assert_eq!(cell_of(line, 2), 5);
        assert_eq!(cell_of(line, line.len()), 9);
        assert_eq!(column_at(line, 3), 0);
        assert_eq!(column_at(line, 6), 2, "the right half of a wide character is that character");
        assert_eq!(column_at(line, 99), line.len());
    }

    #[test]
    fn what_is_measured_the_short_way_is_measured_right() {
        for line in ["ééé", "aé\u{301}é", "é\tb é", "é漢é", "\u{ad}é", "éa👩‍👩‍👧é", "ü©\u{fe0f}x", ""]
        {
            let mut at = 0;
            for (column, grapheme) in line.grapheme_indices(true) {
                assert_eq!(cell_of(line, column), at, "{line:?} {column}");
                for cell in at..at + width(grapheme, at) {
                    assert_eq!(column_at(line, cell), column, "{line:?} {cell}");
                }
                at += width(grapheme, at);
            }
            assert_eq!((cell_of(line, line.len()), column_at(line, at)), (at, line.len()), "{line:?}");
        }
        let every = ('\0'..='\u{2ff}').filter(|c| is_single(*c)).map(String::from).collect::<String>();
        assert!(every.graphemes(true).all(|one| one.chars().count() == 1 && width(one, 0) == 1));
    }

    #[test]
    fn words_end_where_the_kind_of_character_changes() {
        let line = "let total = base_price;";
        assert_eq!(next_word(line, 0), 4);
        assert_eq!(next_word(line, 12), 22);
        assert_eq!(previous_word(line, 22), 12);
        assert_eq!(previous_word(line, 4), 0);
        assert_eq!(word_at(line, 6), 4..9);
        assert_eq!(word_at(line, line.len()), 22..23);
    }
}
