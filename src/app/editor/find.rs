//! Finding text: every match in order, and which of them is at hand.

use std::ops::Range;

use crate::app::editor::grapheme::is_boundary;
use crate::app::editor::position::Position;
use crate::app::editor::text::Text;

/// What is looked for, and where it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Find {
    /// What is looked for; case counts only where it has a capital.
    pub query: String,
    /// Every match, in order.
    pub matches: Vec<Range<Position>>,
    /// The revision of the text in which they were found.
    revision: Option<u64>,
}

impl Find {
    /// Looks for `query` from now on.
    pub fn set(&mut self, query: String, text: &Text, revision: u64) {
        self.query = query;
        self.revision = None;
        self.refresh(text, revision);
    }

    /// Looks again where the text has changed.
    pub fn refresh(&mut self, text: &Text, revision: u64) {
        if self.revision != Some(revision) {
            self.matches = matches(text, &self.query);
            self.revision = Some(revision);
        }
    }

    /// The matches to be shown: none once the text has changed since they were found.
    pub fn shown(&self, revision: u64) -> &[Range<Position>] {
        if self.revision == Some(revision) { &self.matches } else { &[] }
    }

    /// The first match at or after a place; after the last, the first of all.
    pub fn next(&self, from: Position) -> Option<Range<Position>> {
        let index = self.matches.partition_point(|found| found.start < from);
        self.matches.get(index).or_else(|| self.matches.first()).cloned()
    }

    /// The last match before a place; before the first, the last of all.
    pub fn previous(&self, from: Position) -> Option<Range<Position>> {
        let index = self.matches.partition_point(|found| found.start < from);
        index
            .checked_sub(1)
            .and_then(|index| self.matches.get(index))
            .or_else(|| self.matches.last())
            .cloned()
    }

    /// Which match begins at a place, from 1.
    pub fn number_at(&self, place: Position) -> Option<usize> {
        self.matches.binary_search_by(|found| found.start.cmp(&place)).ok().map(|index| index + 1)
    }
}

fn matches(text: &Text, query: &str) -> Vec<Range<Position>> {
    if query.is_empty() {
        return Vec::new();
    }
    let exact = query.chars().any(char::is_uppercase);
    let mut found = Vec::new();
    for (number, line) in text.lines().iter().enumerate() {
        let lowered = if exact { None } else { Some(line.to_ascii_lowercase()) };
        let line = lowered.as_deref().unwrap_or(line);
        let place = |column| Position::new(number, column);
        let ends = line.match_indices(query).map(|(at, _)| (at, at + query.len()));
        // What is only a part of what a person takes for one character cannot be selected.
        let whole = |(start, end): &(usize, usize)| is_boundary(line, *start) && is_boundary(line, *end);
        found.extend(ends.filter(whole).map(|(start, end)| place(start)..place(end)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, query: &str) -> Find {
        let mut find = Find::default();
        find.set(query.to_owned(), &Text::new(text), 1);
        find
    }

    #[test]
    fn it_wraps_round_in_both_directions() {
        let find = find("one two\ntwo", "two");
        assert_eq!(find.matches.len(), 2);
        assert_eq!(find.next(Position::new(1, 1)).unwrap().start, Position::new(0, 4));
        assert_eq!(find.previous(Position::new(0, 4)).unwrap().start, Position::new(1, 0));
        assert_eq!(find.number_at(Position::new(1, 0)), Some(2));
    }

    #[test]
    fn case_counts_only_with_a_capital() {
        assert_eq!(find("Self self", "self").matches.len(), 2);
        assert_eq!(find("Self self", "Self").matches.len(), 1);
    }

    #[test]
    fn nothing_is_found_for_nothing() {
        assert_eq!(find("abc", "").next(Position::default()), None);
    }
}
