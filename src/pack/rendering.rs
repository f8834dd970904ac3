//! Problems as rustc would show them: the place, the line of text, carets below it.

use std::fmt;
use std::path::Path;

use unicode_width::UnicodeWidthChar;

use crate::pack::problem::{Place, Problem, Problems, Severity};
use crate::pack::safe_text::is_unsafe_char;
use crate::text::width::clip;
use crate::text::{Line, Role, Span};

/// A message that quotes more than this, in cells, of a pack is cut.
const LONGEST: usize = 400;

impl Problems {
    /// All of them as styled lines in the manner of rustc, with a summary at the end.
    pub fn lines(&self) -> Vec<Line> {
        let directory = self.directory.as_deref();
        let mut lines: Vec<Line> = self.iter().flat_map(|problem| lines_of(problem, directory)).collect();
        lines.push(Line::of(self.summary(), Role::Text));
        lines
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.lines().iter().map(Line::text).collect();
        f.write_str(&lines.join("\n"))
    }
}

/// A problem as rustc would show it, with the path that leads to the file from where the pack was opened.
fn lines_of(problem: &Problem, directory: Option<&Path>) -> Vec<Line> {
    let (word, role) = match problem.severity {
        Severity::Error => ("error", Role::Failure),
        Severity::Warning => ("warning", Role::Warning),
    };
    let head = vec![
        Span::new(word, role),
        Span::new(format!(": {}", clip(&shown(&problem.message), LONGEST)), Role::Heading(3)),
    ];
    let mut lines = vec![Line::from(head)];
    let file = directory.map_or(problem.file.clone(), |pack| pack.join(&problem.file).display().to_string());
    let file = shown(&file);
    let gutter = problem.place.as_ref().map_or(1, |place| place.line.to_string().len());
    let at = match &problem.place {
        Some(place) => format!(" {file}:{}:{}", place.line, place.column),
        None => format!(" {file}"),
    };
    lines.push(Line::from(vec![bar(gutter, "-->"), Span::plain(at)]));
    if let Some(place) = &problem.place {
        lines.extend(excerpt(place, gutter, role));
    }
    if let Some(help) = &problem.help {
        lines.push(Line::from(vec![
            bar(gutter + 1, "="),
            Span::plain(format!(" help: {}", clip(&shown(help), LONGEST))),
        ]));
    }
    lines.push(Line::default());
    lines
}

/// The line of text and the carets below it.
fn excerpt(place: &Place, gutter: usize, role: Role) -> [Line; 3] {
    let start = (place.column - 1).saturating_sub(place.cut);
    let before: String = place.text.chars().take(start).collect();
    let marked: String = place.text.chars().skip(start).take(place.length).collect();
    let carets = " ".repeat(width(&shown(&before))) + &"^".repeat(width(&shown(&marked)).max(1));
    let number = format!("{:>gutter$} |", place.line);
    [
        Line::from(vec![bar(gutter + 1, "|")]),
        Line::from(vec![Span::new(number, Role::Muted), Span::plain(format!(" {}", shown(&place.text)))]),
        Line::from(vec![bar(gutter + 1, "|"), Span::new(format!(" {carets}"), role)]),
    ]
}

/// A part of the frame, set off from the left by the width of the line numbers.
fn bar(indent: usize, mark: &str) -> Span {
    Span::new(format!("{}{mark}", " ".repeat(indent)), Role::Muted)
}

/// Text from a pack made safe to print: what could command a terminal is replaced, a tab is four spaces.
fn shown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => safe.push_str("    "),
            '\n' => safe.push(' '),
            c if is_unsafe_char(c) => safe.push(char::REPLACEMENT_CHARACTER),
            c => safe.push(c),
        }
    }
    safe
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    fn rendered(text: &str, bytes: Range<usize>) -> String {
        let mut problems = Problems::default();
        problems.push(Problem::error("a.toml", "wrong").at(text, bytes).help("do it right"));
        problems.to_string()
    }

    #[test]
    fn a_problem_looks_like_one_of_rustc() {
        let expected = "\
error: wrong
 --> a.toml:2:5
  |
2 | b = 12
  |     ^^
  = help: do it right

1 error";
        assert_eq!(rendered("a = 1\nb = 12\nc = 3\n", 10..12), expected);
    }

    #[test]
    fn carets_stand_below_tabs_and_wide_characters() {
        let text = "\t漢字 = x";
        let lines = rendered(text, 10..11);
        assert!(lines.contains("\n1 |     漢字 = x\n  |            ^\n"), "{lines}");
    }

    #[test]
    fn nothing_from_a_pack_reaches_the_terminal_as_a_command() {
        let text = "id = \"\u{1b}[31m\u{202e}\"";
        let lines = rendered(text, 5..12);
        assert!(!lines.contains('\u{1b}') && !lines.contains('\u{202e}'), "{lines:?}");
    }
}
