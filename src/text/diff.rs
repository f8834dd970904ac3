//! Differences between two texts: line by line with the changed words marked, or within one short value.

use std::time::Duration;

use similar::{ChangeTag, DiffOp, InlineChange, TextDiff};

use crate::text::control::{clean, clean_code};
use crate::text::style::{Line, Role, Style};
use crate::text::width::append;

/// A tab leads to the next multiple of this many columns.
const TAB: usize = 4;

/// Values longer than this, in bytes, are compared as a whole.
const LONGEST_VALUE: usize = 4_000;

/// Texts that take longer to compare, which only thousands of lines without order do, are compared roughly.
const PATIENCE: Duration = Duration::from_secs(1);

/// More context than this is all of it.
const FARTHEST: usize = 1 << 20;

/// A line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// What happened to it.
    pub side: Side,
    /// Its text without a sign; what changed within it is bold and underlined.
    pub line: Line,
}

/// Which text a line belongs to, with its number there, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// To both: its numbers in the old and in the new text.
    Both(usize, usize),
    /// To the old text only.
    Old(usize),
    /// To the new text only.
    New(usize),
    /// To both, and so many of them left out.
    Omitted(usize),
}

impl Side {
    /// The sign before a line.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Both(..) => " ",
            Self::Old(_) => "-",
            Self::New(_) => "+",
            Self::Omitted(_) => "@",
        }
    }
}

/// The lines that lead from `old` to `new`, with up to `context` unchanged lines around each change.
///
/// ```
/// use patterns_tui::text::diff::{Side, lines};
///
/// let sides: Vec<Side> = lines("a\nb\n", "a\nc\n", 3).iter().map(|line| line.side).collect();
/// assert_eq!(sides, [Side::Both(1, 1), Side::Old(2), Side::New(2)]);
/// ```
pub fn lines(old: &str, new: &str, context: usize) -> Vec<DiffLine> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let mut lines = Vec::new();
    let mut next = 0;
    for op in diff.grouped_ops(context.min(FARTHEST)).iter().flatten() {
        omit(&mut lines, op.old_range().start - next);
        next = op.old_range().end;
        lines.extend(changed(&diff, op));
    }
    if !lines.is_empty() {
        omit(&mut lines, diff.old_len() - next);
    }
    lines
}

fn changed<'d>(diff: &'d TextDiff<'_, '_, str>, op: &'d DiffOp) -> impl Iterator<Item = DiffLine> + 'd {
    diff.iter_inline_changes(op).map(|change| {
        let number = |index: Option<usize>| index.map_or(0, |index| index + 1);
        let (old, new) = (number(change.old_index()), number(change.new_index()));
        let (side, role) = match change.tag() {
            ChangeTag::Equal => (Side::Both(old, new), Role::Text),
            ChangeTag::Delete => (Side::Old(old), Role::Failure),
            ChangeTag::Insert => (Side::New(new), Role::Success),
        };
        DiffLine { side, line: marked(&change, role) }
    })
}

fn marked(change: &InlineChange<'_, str>, role: Role) -> Line {
    let mut line = Line::default();
    for (differs, text) in change.values() {
        let style = if *differs { Style::of(role).bold().underline() } else { role.into() };
        append(&mut line.spans, &clean_code(text.trim_end_matches(['\n', '\r']), TAB), style);
    }
    line
}

fn omit(lines: &mut Vec<DiffLine>, count: usize) {
    if count > 0 {
        let text = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
        lines.push(DiffLine { side: Side::Omitted(count), line: Line::of(text, Role::Muted) });
    }
}

/// Two values on one line each, expected first, with what differs bold and underlined.
pub fn values(expected: &str, actual: &str) -> (Line, Line) {
    let (expected, actual) = (clean(expected), clean(actual));
    if expected.len().max(actual.len()) > LONGEST_VALUE {
        return (Line::of(expected, Role::Success), Line::of(actual, Role::Failure));
    }
    let diff = TextDiff::from_chars(&*expected, &*actual);
    // Two values with little in common are easier to read whole than with every other letter marked.
    let marks = diff.ratio() >= 0.5;
    let style = |role: Role, differs: bool| {
        if differs && marks { Style::of(role).bold().underline() } else { role.into() }
    };
    let (mut wanted, mut got) = (Line::default(), Line::default());
    for change in diff.iter_all_changes() {
        let differs = change.tag() != ChangeTag::Equal;
        if change.tag() != ChangeTag::Insert {
            append(&mut wanted.spans, change.value(), style(Role::Success, differs));
        }
        if change.tag() != ChangeTag::Delete {
            append(&mut got.spans, change.value(), style(Role::Failure, differs));
        }
    }
    (wanted, got)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Side, lines, values};
    use crate::text::control::{Fate, fate};
    use crate::text::style::Line;

    fn emphasised(line: &Line) -> Vec<&str> {
        line.spans.iter().filter(|span| span.style.bold).map(|span| span.text.as_str()).collect()
    }

    #[test]
    fn changed_words_are_marked() {
        let found = lines("let a = 1;\nif x > limit {\n", "let a = 1;\nif x >= limit {\n", 3);
        let sides: Vec<Side> = found.iter().map(|line| line.side).collect();
        assert_eq!(sides, [Side::Both(1, 1), Side::Old(2), Side::New(2)]);
        assert_eq!((emphasised(&found[1].line), emphasised(&found[2].line)), (vec![">"], vec![">="]));
    }

    #[test]
    fn what_is_far_from_a_change_is_left_out() {
        let old = (0..20).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
        let new = old.replace("10", "ten");
        let sides: Vec<Side> = lines(&old, &new, 1).iter().map(|line| line.side).collect();
        assert_eq!(
            sides,
            [
                Side::Omitted(9),
                Side::Both(10, 10),
                Side::Old(11),
                Side::New(11),
                Side::Both(12, 12),
                Side::Omitted(8)
            ]
        );
    }

    #[test]
    fn equal_texts_have_no_lines() {
        assert_eq!(lines("a\nb", "a\nb", 3), []);
    }

    #[test]
    fn values_differ_by_letters() {
        let (wanted, got) = values("90.0", "95.0");
        assert_eq!((wanted.text(), got.text()), ("90.0".to_owned(), "95.0".to_owned()));
        assert_eq!((emphasised(&wanted), emphasised(&got)), (vec!["0"], vec!["5"]));
        let (wanted, got) = values("Ok(\"paid\")", "Err(NotFound)");
        assert_eq!((emphasised(&wanted).len(), emphasised(&got).len()), (0, 0));
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_off(old in "([ab ]{0,4}\n){0,8}", new in "([ab ]{0,4}\n){0,8}") {
            let found = lines(&old, &new, usize::MAX);
            let of = |wanted: fn(Side) -> bool| {
                found.iter().filter(|line| wanted(line.side)).map(|line| line.line.text() + "\n").collect::<String>()
            };
            if old != new {
                prop_assert_eq!(of(|side| !matches!(side, Side::New(_))), old);
                prop_assert_eq!(of(|side| !matches!(side, Side::Old(_))), new);
            }
        }

        #[test]
        fn nothing_harmful_is_left(old in any::<String>(), new in any::<String>()) {
            let (wanted, got) = values(&old, &new);
            let found = lines(&old, &new, 3);
            for line in found.iter().map(|line| &line.line).chain([&wanted, &got]) {
                prop_assert!(line.text().chars().all(|c| fate(c) == Fate::Kept));
            }
        }
    }
}
