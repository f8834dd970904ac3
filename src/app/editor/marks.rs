//! What the compiler said, placed in text that may have changed since.

use std::ops::Range;

use crate::cargo::{Diagnostic, Level, SourceSpan};

/// Which line of a text that was judged stands where in the text as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineMap {
    front: usize,
    old_back: usize,
    new_back: usize,
}

impl LineMap {
    /// Compares the lines at both ends; what lies between has changed.
    pub fn between(old: &[String], new: &[String]) -> Self {
        let front = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let most = old.len().min(new.len()) - front;
        let back =
            old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
        Self { front, old_back: old.len() - back, new_back: new.len() - back }
    }

    /// The lines of each that have changed.
    pub const fn changed(&self) -> (Range<usize>, Range<usize>) {
        (self.front..self.old_back, self.front..self.new_back)
    }

    /// Where a line stands now, both from 0; `None` if it has changed.
    pub fn now(&self, line: usize) -> Option<usize> {
        if line < self.front {
            Some(line)
        } else {
            line.checked_sub(self.old_back).map(|beyond| beyond + self.new_back)
        }
    }
}

/// A problem's place in a line of the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The line, from 0.
    pub line: usize,
    /// The bytes that are underlined.
    pub columns: Range<usize>,
    /// How grave it is; a remark where the problem itself is elsewhere.
    pub level: Level,
    /// What is said in this line: the problem's message, or what the compiler says of another place that belongs to it.
    pub message: Option<String>,
}

/// The marks of a file, in the order of the problems. The compiler spoke of the lines `judged`; what has changed since
/// has no mark.
pub fn marks(problems: &[Diagnostic], path: &str, judged: &[String], lines: &[String]) -> Vec<Mark> {
    let map = LineMap::between(judged, lines);
    let mut found = Vec::new();
    for problem in problems {
        let main = problem.spans.iter().position(|span| span.primary);
        for (at, span) in problem.spans.iter().enumerate().filter(|(_, span)| span.file == path) {
            let level = if span.primary { problem.level } else { Level::Note };
            // What is said of the problem as a whole, said at each of its places, would make many problems of one.
            let said = if main == Some(at) { Some(&problem.message) } else { span.label.as_ref() };
            if span.primary || said.is_some() {
                found.extend(marks_of(span, level, said, map, lines));
            }
        }
    }
    found
}

fn marks_of(
    span: &SourceSpan,
    level: Level,
    said: Option<&String>,
    map: LineMap,
    lines: &[String],
) -> Vec<Mark> {
    let mark = |number: usize| {
        let line = map.now(number.checked_sub(1)?)?;
        let text = lines.get(line)?;
        let start = if number == span.line_start { byte_of(text, span.column_start) } else { 0 };
        let end = if number == span.line_end { byte_of(text, span.column_end) } else { text.len() };
        let message = said.filter(|_| number == span.line_start).cloned();
        Some(Mark { line, columns: start..end.max(start), level, message })
    };
    // A place beside the problem's own may be a whole function: where it begins is enough.
    let last = if span.primary { span.line_end } else { span.line_start };
    (span.line_start..=last).filter_map(mark).collect()
}

/// The byte of a column that counts characters from 1.
pub fn byte_of(line: &str, column: usize) -> usize {
    line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{LineMap, marks};
    use crate::cargo::{Diagnostic, Level, SourceSpan};

    fn lines(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    #[test]
    fn lines_before_and_after_a_change_are_found_again() {
        let map = LineMap::between(&lines("abcd"), &lines("axyzd"));
        assert_eq!([0, 1, 2, 3].map(|line| map.now(line)), [Some(0), None, None, Some(4)]);
        let same = LineMap::between(&lines("aa"), &lines("aa"));
        assert_eq!([0, 1].map(|line| same.now(line)), [Some(0), Some(1)]);
        let none = LineMap::between(&lines("ab"), &[]);
        assert_eq!(none.now(1), None);
    }

    fn span(line: usize, primary: bool, label: Option<&str>) -> SourceSpan {
        SourceSpan {
            file: "src/lib.rs".to_owned(),
            line_start: line,
            line_end: line,
            column_start: 1,
            column_end: 2,
            primary,
            label: label.map(str::to_owned),
        }
    }

    #[test]
    fn each_place_of_a_problem_says_its_own() {
        let spans = vec![
            span(4, true, Some("mismatched closing delimiter")),
            span(1, false, Some("possibly meant for this")),
            span(2, false, None),
            span(3, true, Some("unclosed delimiter")),
        ];
        let problem = Diagnostic {
            level: Level::Error,
            code: None,
            message: "mismatched closing delimiter: `}`".to_owned(),
            rendered: String::new(),
            explanation: None,
            spans,
            suggestions: Vec::new(),
        };
        let text = lines("abcd");
        let marks = marks(&[problem], "src/lib.rs", &text, &text);
        let said: Vec<_> =
            marks.iter().map(|mark| (mark.line, mark.level, mark.message.as_deref().unwrap_or(""))).collect();
        let wanted = [
            (3, Level::Error, "mismatched closing delimiter: `}`"),
            (0, Level::Note, "possibly meant for this"),
            (2, Level::Error, "unclosed delimiter"),
        ];
        assert_eq!(said, wanted);
    }
}
