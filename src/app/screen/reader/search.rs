//! Finding in the text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::screen::reader::areas::areas;
use crate::app::screen::reader::travel;
use crate::text::prose::Page;
use crate::text::sanitise;
use crate::text::width::graphemes;

/// What is looked for and where it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// What is looked for; without capitals, capitals are not told apart.
    pub query: String,
    /// While it is typed: the line at the top when that began.
    pub typing: Option<usize>,
    /// Where it stands on the page.
    pub matches: Vec<Match>,
    /// The match at hand.
    pub current: usize,
}

/// A place where the query stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The line.
    pub line: usize,
    /// Its columns.
    pub columns: Range<usize>,
}

impl Search {
    /// The same on a page that was laid out anew.
    pub(super) fn again(mut self, page: &Page) -> Self {
        self.matches = matches(page, &self.query);
        self.current = self.current.min(self.matches.len().saturating_sub(1));
        self
    }
}

/// Opens the field.
pub(super) fn open(model: &mut Model) {
    if let Some(reader) = &mut model.reader {
        reader.search = Some(Search { typing: Some(reader.scroll), ..Search::default() });
    }
}

/// Takes a key that is typed into the field.
pub(super) fn key(model: &mut Model, key: Key) {
    let Some(search) = model.reader.as_mut().and_then(|reader| reader.search.as_mut()) else { return };
    let Some(from) = search.typing else { return };
    match key {
        Key { code: Code::Char(c), control: false, alt: false, .. } => {
            search.query.push_str(&sanitise(&c.to_string()));
        }
        Key { code: Code::Backspace, .. } => {
            let last = search.query.graphemes(true).next_back().map_or(0, str::len);
            search.query.truncate(search.query.len() - last);
        }
        Key { code: Code::Char('u'), control: true, .. } => search.query.clear(),
        Key { code: Code::Enter, .. } => {
            search.typing = None;
            if search.matches.is_empty() {
                close(model);
            }
            return;
        }
        Key { code: Code::Esc, .. } | Key { code: Code::Char('c'), control: true, .. } => {
            close(model);
            travel::go_to_line(model, from);
            return;
        }
        Key { code: Code::Down, .. } => return step(model, 1),
        Key { code: Code::Up, .. } => return step(model, -1),
        _ => return,
    }
    look(model, from);
}

/// Takes text that is pasted into the field.
pub(super) fn paste(model: &mut Model, text: &str) {
    for c in text.lines().next().unwrap_or_default().chars() {
        key(model, Key::char(c));
    }
}

/// Ends the search.
pub(super) fn close(model: &mut Model) {
    if let Some(reader) = &mut model.reader {
        reader.search = None;
    }
}

/// Goes to another match, around the end if need be.
pub(super) fn step(model: &mut Model, by: isize) {
    let Some(search) = model.reader.as_mut().and_then(|reader| reader.search.as_mut()) else { return };
    let count = search.matches.len() as isize;
    if count > 0 {
        search.current = (search.current as isize + by).rem_euclid(count) as usize;
        show(model);
    }
}

/// Looks for the query as it is now and goes to the first match from a line on.
fn look(model: &mut Model, from: usize) {
    let Some(reader) = &mut model.reader else { return };
    let Some(search) = &mut reader.search else { return };
    search.matches = matches(&reader.page, &search.query);
    search.current = search.matches.iter().position(|found| found.line >= from).unwrap_or(0);
    if search.matches.is_empty() {
        travel::go_to_line(model, from);
    } else {
        show(model);
    }
}

/// Brings the match at hand into view: where it is not, it comes to stand a third down.
fn show(model: &mut Model) {
    let areas = areas(model);
    let height = usize::from(areas.text.height);
    let Some(reader) = &mut model.reader else { return };
    let Some(found) = reader.search.as_ref().and_then(|search| search.matches.get(search.current)) else {
        return;
    };
    let (line, columns) = (found.line, found.columns.clone());
    super::listings::reveal_columns(reader, line, &columns, usize::from(areas.text.width));
    if !(reader.scroll..reader.scroll + height).contains(&line) {
        travel::go_to_line(model, line.saturating_sub(height / 3));
    }
}

/// Every place of a page where a query stands, within single lines.
fn matches(page: &Page, query: &str) -> Vec<Match> {
    if query.is_empty() {
        return Vec::new();
    }
    let exact = query.chars().any(char::is_uppercase);
    let query: Vec<String> = graphemes(query).map(|(grapheme, _)| folded(grapheme, exact)).collect();
    let mut found = Vec::new();
    for (number, line) in page.lines.iter().enumerate() {
        let text = line.line.text();
        if text.is_empty() {
            continue;
        }
        find_in(&text, &query, exact, number, &mut found);
    }
    found
}

fn find_in(text: &str, query: &[String], exact: bool, line: usize, found: &mut Vec<Match>) {
    let mut column = 0;
    let letters: Vec<(String, Range<usize>)> = graphemes(text)
        .map(|(grapheme, width)| {
            let columns = column..column + width;
            column += width;
            (folded(grapheme, exact), columns)
        })
        .collect();
    let mut at = 0;
    while at + query.len() <= letters.len() {
        let here = &letters[at..at + query.len()];
        if here.iter().map(|(letter, _)| letter).eq(query) {
            found.push(Match { line, columns: here[0].1.start..here[query.len() - 1].1.end });
            at += query.len();
        } else {
            at += 1;
        }
    }
}

fn folded(grapheme: &str, exact: bool) -> String {
    if exact { grapheme.to_owned() } else { grapheme.to_lowercase() }
}
