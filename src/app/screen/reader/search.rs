//! Finding in the text.

use std::ops::Range;

use crate::app::command::Command;
use crate::app::editor::grapheme;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::keymap::{self, Context};
use crate::app::message::NoticeLevel;
use crate::app::model::Model;
use crate::app::screen::reader::areas::areas;
use crate::app::screen::reader::{elsewhere, travel};
use crate::text::prose::{LineKind, Page};
use crate::text::sanitise;
use crate::text::width::{graphemes, width};

/// The longest text that is looked for.
const LONGEST: usize = 200;

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
    /// The columns of the next line where it goes on, if it is broken over two.
    pub rest: Option<Range<usize>>,
}

impl Search {
    /// Adds to what is looked for.
    fn push(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.query.chars().count());
        let taken: String = text.chars().take(room).collect();
        self.query.push_str(&sanitise(&taken));
    }

    /// Whether something is looked for that is not on the page.
    pub(super) fn is_in_vain(&self) -> bool {
        !self.query.is_empty() && self.matches.is_empty()
    }

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
pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    if key.code == Code::Enter {
        return end(model);
    }
    type_into(model, key);
    Vec::new()
}

/// Ends the typing: what is not in this chapter is looked for in the others.
fn end(model: &mut Model) -> Vec<Effect> {
    let Some(search) = model.reader.as_mut().and_then(|reader| reader.search.as_mut()) else {
        return Vec::new();
    };
    search.typing = None;
    let query = search.query.clone();
    if query.is_empty() {
        close(model);
    } else if search.matches.is_empty() {
        return elsewhere::find_elsewhere(model, &query);
    }
    Vec::new()
}

fn type_into(model: &mut Model, key: Key) {
    let Some(search) = model.reader.as_mut().and_then(|reader| reader.search.as_mut()) else { return };
    let Some(from) = search.typing else { return };
    match key {
        Key { code: Code::Char(c), control: false, alt: false, .. } => {
            search.push(c.encode_utf8(&mut [0; 4]));
        }
        Key { code: Code::Backspace, .. } => grapheme::pop(&mut search.query),
        Key { code: Code::Char('u'), control: true, .. } => search.query.clear(),
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

/// Takes text that is pasted into the field: its first line.
pub(super) fn paste(model: &mut Model, text: &str) {
    let Some(search) = model.reader.as_mut().and_then(|reader| reader.search.as_mut()) else { return };
    let Some(from) = search.typing else { return };
    search.push(text.split(['\r', '\n']).next().unwrap_or_default());
    look(model, from);
}

/// Ends the search.
pub(super) fn close(model: &mut Model) {
    if let Some(reader) = &mut model.reader {
        reader.search = None;
    }
}

/// Goes to another match, around the end if need be.
pub(super) fn step(model: &mut Model, by: isize) {
    let search = model.reader.as_mut().and_then(|reader| reader.search.as_mut());
    let Some(search) = search.filter(|search| !search.query.is_empty()) else {
        return tell(model, "nothing is looked for", Command::Find, "finds in this chapter");
    };
    let count = search.matches.len() as isize;
    if count == 0 {
        return not_found(model, "not in this chapter");
    }
    search.current = (search.current as isize + by).rem_euclid(count) as usize;
    show(model);
}

/// Says where it was looked for in vain.
pub(super) fn not_found(model: &mut Model, why: &str) {
    tell(model, why, Command::Finder, "searches all names");
}

/// Says why nothing happens, and which key does what instead.
fn tell(model: &mut Model, why: &str, command: Command, does: &str) {
    let key = keymap::key_for(Context::Reader, command).map_or(String::new(), |key| key.to_string());
    model.note(NoticeLevel::Info, format!("{why}; {key} {does}"));
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
pub(super) fn show(model: &mut Model) {
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

/// Every place of a page where a query stands: within a line, or broken over two of running text.
pub(super) fn matches(page: &Page, query: &str) -> Vec<Match> {
    let query = Query::new(query);
    let mut found = Vec::new();
    if query.letters.is_empty() {
        return found;
    }
    let mut before: Option<Written> = None;
    for (number, line) in page.lines.iter().enumerate() {
        let here = query.written(number, line.line.text());
        let runs_on = line.kind == LineKind::Prose && !here.text.is_empty();
        if let Some(before) = before.take().filter(|_| runs_on) {
            query.broken(&before, &here, &mut found);
        }
        query.whole(&here, &mut found);
        before = runs_on.then_some(here);
    }
    found
}

/// What is looked for, ready to be compared.
struct Query {
    exact: bool,
    folded: String,
    letters: Vec<String>,
}

/// A line of the page, and the same as it is compared.
struct Written {
    number: usize,
    text: String,
    folded: String,
}

impl Query {
    fn new(query: &str) -> Self {
        let exact = query.chars().any(char::is_uppercase);
        let letters = graphemes(query).map(|(letter, _)| folded(letter, exact)).collect();
        Self { exact, folded: folded(query, exact), letters }
    }

    fn written(&self, number: usize, text: String) -> Written {
        Written { number, folded: folded(&text, self.exact), text }
    }

    /// Finds it within a line.
    fn whole(&self, line: &Written, found: &mut Vec<Match>) {
        if !line.folded.contains(&self.folded) {
            return;
        }
        let letters = self.letters_of(&line.text, 0);
        let mut at = 0;
        while let Some(here) = letters.get(at..at + self.letters.len()) {
            if self.is(here) {
                let columns = here[0].1.start..here[here.len() - 1].1.end;
                found.push(Match { line: line.number, columns, rest: None });
                at += here.len();
            } else {
                at += 1;
            }
        }
    }

    /// Finds it where it begins in one line and ends in the next, which stand for one with a space between.
    fn broken(&self, first: &Written, second: &Written, found: &mut Vec<Match>) {
        let margin = |text: &str| text.len() - text.trim_start_matches([' ', '┃', '|']).len();
        let (head, tail) = (first.folded.trim_end(), &second.folded[margin(&second.folded)..]);
        if !format!("{head} {tail}").contains(&self.folded) {
            return;
        }
        let (before, text) = second.text.split_at(margin(&second.text));
        let mut letters = self.letters_of(first.text.trim_end(), 0);
        let own = letters.len();
        let end = letters.last().map_or(0, |(_, columns)| columns.end);
        letters.push((" ".to_owned(), end..end));
        letters.extend(self.letters_of(text, width(before)));
        for at in (own + 1).saturating_sub(self.letters.len())..own {
            let Some(here) = letters.get(at..at + self.letters.len()) else { return };
            let in_second = (at + here.len()).checked_sub(own + 1).filter(|letters| *letters > 0);
            if in_second.is_some() && self.is(here) {
                let rest = letters[own + 1].1.start..here[here.len() - 1].1.end;
                found.push(Match { line: first.number, columns: here[0].1.start..end, rest: Some(rest) });
                return;
            }
        }
    }

    /// The letters of a text as they are compared, with their columns from `first` on.
    fn letters_of(&self, text: &str, first: usize) -> Vec<(String, Range<usize>)> {
        let mut column = first;
        let letter = |(letter, width): (&str, usize)| {
            let columns = column..column + width;
            column += width;
            (folded(letter, self.exact), columns)
        };
        graphemes(text).map(letter).collect()
    }

    fn is(&self, letters: &[(String, Range<usize>)]) -> bool {
        letters.iter().map(|(letter, _)| letter).eq(&self.letters)
    }
}

fn folded(text: &str, exact: bool) -> String {
    if exact { text.to_owned() } else { text.to_lowercase() }
}
