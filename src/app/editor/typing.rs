//! What typing does beyond inserting a character: indentation, blocks, comments.

use std::ops::RangeInclusive;

use crate::app::editor::buffer::Buffer;
use crate::app::editor::edit::Edit;
use crate::app::editor::filter;
use crate::app::editor::grapheme::{self, TAB};
use crate::app::editor::history::Action;
use crate::app::editor::motion::Motion;
use crate::app::editor::position::{Position, Selection};

/// How far back a closing bracket looks for the line that opened it.
const LOOK_BACK: usize = 2_000;

impl Buffer {
    /// Types a character. A closing bracket that is the first of its line goes under the line that opened it.
    pub fn type_char(&mut self, c: char) {
        if filter::is_refused(c) || c == '\n' {
            return;
        }
        let mut range = self.selection.range();
        let line = self.text.line(range.start.line);
        let mut typed = c.to_string();
        if matches!(c, '}' | ')' | ']')
            && self.selection.is_empty()
            && grapheme::indent_of(line).len() == range.start.column
            && let Some(indent) = self.indent_of_opener(range.start, c)
        {
            range.start.column = 0;
            typed.insert_str(0, &indent);
        }
        let action = if c.is_whitespace() { Action::Space } else { Action::Word };
        self.replace(range, &typed, action);
    }

    /// Ends the line: the next one is indented like it, and deeper after an opening bracket; between a pair of brackets
    /// the closing one gets a line of its own.
    pub fn type_enter(&mut self) {
        let range = self.selection.range();
        let before = &self.text.line(range.start.line)[..range.start.column];
        let after = &self.text.line(range.end.line)[range.end.column..];
        let indent = grapheme::indent_of(before).to_owned();
        let opened = before.trim_end().chars().next_back().and_then(closer_of);
        let Some(closer) = opened else { return self.replace(range, &format!("\n{indent}"), Action::Whole) };
        let inner = format!("\n{indent}{}", " ".repeat(TAB));
        if after.trim_start().starts_with(closer) {
            let blanks = after.len() - after.trim_start().len();
            let end = Position::new(range.end.line, range.end.column + blanks);
            let edit = Edit {
                at: range.start,
                removed: self.text.slice(range.start..end),
                inserted: format!("{inner}\n{indent}"),
            };
            let cursor = range.start.after(&inner);
            self.commit_selecting(vec![edit], Selection::at(cursor));
        } else {
            self.replace(range, &inner, Action::Whole);
        }
    }

    /// Deletes what is selected, or the grapheme before the cursor; within the indentation, a level of it.
    pub fn backspace(&mut self) {
        let line = self.text.line(self.cursor().line);
        let column = self.cursor().column;
        let blanks = column > 0 && line[..column].bytes().all(|byte| byte == b' ');
        if self.selection.is_empty() && blanks {
            let start = Position::new(self.cursor().line, (column - 1) / TAB * TAB);
            return self.replace(start..self.cursor(), "", Action::Erase);
        }
        self.delete(Motion::Left);
    }

    /// Deletes what is selected, or up to where a motion leads.
    pub fn delete(&mut self, motion: Motion) {
        if !self.selection.is_empty() {
            return self.replace(self.selection.range(), "", Action::Whole);
        }
        let range = Selection { anchor: self.cursor(), head: self.target(self.cursor(), motion, 0) }.range();
        if range.start != range.end {
            self.replace(range, "", Action::Erase);
        }
    }

    /// Indents: the selected lines by a level, or from the cursor to the next stop.
    pub fn indent(&mut self) {
        if self.selection.is_empty() {
            let cell = self.cell_of(self.cursor());
            return self.replace(self.selection.range(), &" ".repeat(TAB - cell % TAB), Action::Space);
        }
        let edits = self.selected_lines().filter(|line| !self.text.line(*line).is_empty());
        let edits = edits.map(|line| insertion(line, 0, " ".repeat(TAB))).collect();
        self.edit_lines(edits);
    }

    /// Takes a level of indentation from the selected lines, or from the cursor's.
    pub fn dedent(&mut self) {
        let edits = self.selected_lines().filter_map(|line| {
            let text = self.text.line(line);
            let spaces = text.bytes().take(TAB).take_while(|byte| *byte == b' ').count();
            let taken = if text.starts_with('\t') { 1 } else { spaces };
            (taken > 0).then(|| removal(line, 0, &text[..taken]))
        });
        self.edit_lines(edits.collect());
    }

    /// Comments the selected lines out, or in where all of them are comments.
    pub fn toggle_comment(&mut self, mark: &str) {
        let lines: Vec<usize> =
            self.selected_lines().filter(|line| !self.text.line(*line).trim().is_empty()).collect();
        let column = |line: &usize| grapheme::indent_of(self.text.line(*line)).len();
        let commented = |line: &usize| is_comment(&self.text.line(*line)[column(line)..], mark);
        let edits = if lines.iter().all(commented) {
            let taken = |line: &usize| {
                let rest = &self.text.line(*line)[column(line)..];
                let blank = usize::from(rest[mark.len()..].starts_with(' '));
                removal(*line, column(line), &rest[..mark.len() + blank])
            };
            lines.iter().map(taken).collect()
        } else {
            let least = lines.iter().map(column).min().unwrap_or_default();
            lines.iter().map(|line| insertion(*line, least, format!("{mark} "))).collect()
        };
        self.edit_lines(edits);
    }

    /// The lines that the selection touches; not the one at whose very beginning it ends.
    pub fn selected_lines(&self) -> RangeInclusive<usize> {
        let range = self.selection.range();
        let beyond = range.end.column == 0 && range.end.line > range.start.line;
        range.start.line..=range.end.line - usize::from(beyond)
    }

    /// Makes at most one edit a line and keeps the same characters selected.
    fn edit_lines(&mut self, edits: Vec<Edit>) {
        if edits.is_empty() {
            return;
        }
        let moved = |place: Position| {
            let edit = edits.iter().find(|edit| edit.at.line == place.line && edit.at.column <= place.column);
            let Some(edit) = edit else { return place };
            let behind = (place.column - edit.at.column).saturating_sub(edit.removed.len());
            let stays =
                edit.removed.is_empty() && place.column == edit.at.column && !self.selection.is_empty();
            let inserted = if stays { 0 } else { edit.inserted.len() };
            Position::new(place.line, edit.at.column + behind + inserted)
        };
        let after = Selection { anchor: moved(self.selection.anchor), head: moved(self.selection.head) };
        self.commit_selecting(edits, after);
    }

    /// The indentation of the line in which the bracket was opened that `closer` closes here.
    fn indent_of_opener(&self, from: Position, closer: char) -> Option<String> {
        let opener = opener_of(closer)?;
        let mut depth = 0_usize;
        for number in (from.line.saturating_sub(LOOK_BACK)..=from.line).rev() {
            let line = self.text.line(number);
            let text = if number == from.line { &line[..from.column] } else { line };
            for c in text.chars().rev() {
                if c == closer {
                    depth += 1;
                } else if c == opener && depth == 0 {
                    return Some(grapheme::indent_of(line).to_owned());
                } else if c == opener {
                    depth -= 1;
                }
            }
        }
        None
    }
}

/// Whether a line is commented out. A doc comment is not: it belongs to the code, and without its mark `!` or `/` would be left.
fn is_comment(line: &str, mark: &str) -> bool {
    let doc =
        mark == "//" && (line.starts_with("//!") || line.starts_with("///") && !line.starts_with("////"));
    line.starts_with(mark) && !doc
}

fn insertion(line: usize, column: usize, inserted: String) -> Edit {
    Edit { at: Position::new(line, column), removed: String::new(), inserted }
}

fn removal(line: usize, column: usize, removed: &str) -> Edit {
    Edit { at: Position::new(line, column), removed: removed.to_owned(), inserted: String::new() }
}

const fn closer_of(c: char) -> Option<char> {
    match c {
        '{' => Some('}'),
        '(' => Some(')'),
        '[' => Some(']'),
        _ => None,
    }
}

const fn opener_of(c: char) -> Option<char> {
    match c {
        '}' => Some('{'),
        ')' => Some('('),
        ']' => Some('['),
        _ => None,
    }
}
