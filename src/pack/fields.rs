//! A TOML table read key by key: each mistake is reported where it stands, and reading goes on.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::pack::problem::{Problem, Problems};
use crate::pack::safe_text::find_unsafe;
use crate::pack::slug::{SLUG_RULE, is_slug};

/// A file of the pack: its path and its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl Text<'_> {
    /// An error at these bytes.
    pub(super) fn error(&self, bytes: Range<usize>, message: impl Into<String>) -> Problem {
        Problem::error(self.file, message).at(self.text, bytes)
    }
}

/// Parses a document. Of one that is no TOML every mistake is reported, and nothing is read: its keys would seem missing.
pub(super) fn parse<'a>(text: Text<'a>, problems: &mut Problems) -> Option<Spanned<DeTable<'a>>> {
    let (table, errors) = DeTable::parse_recoverable(text.text);
    let sound = errors.is_empty();
    for error in errors {
        let end = text.text.len();
        if problems.is_full() {
            break;
        }
        problems.push(text.error(error.span().unwrap_or(end..end), lower_first(error.message())));
    }
    sound.then_some(table)
}

/// One table.
pub(super) struct Fields<'a> {
    text: Text<'a>,
    table: &'a DeTable<'a>,
    /// Where its header stands; `None` for the whole document.
    span: Option<Range<usize>>,
    asked: BTreeSet<&'static str>,
    problems: &'a mut Problems,
}

impl<'a> Fields<'a> {
    /// The table of a whole document.
    pub(super) fn new(text: Text<'a>, table: &'a Spanned<DeTable<'a>>, problems: &'a mut Problems) -> Self {
        Self { text, table: table.get_ref(), span: None, asked: BTreeSet::new(), problems }
    }

    /// Where a key that is missing is missed: at the table's header, or behind the last key of the whole document.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone().unwrap_or_else(|| end_of_keys(self.text.text, self.table))
    }

    /// Where the value of a key stands; `None` if there is none.
    pub(super) fn place_of(&self, key: &str) -> Option<Range<usize>> {
        self.table.get(key).map(Spanned::span)
    }

    /// Whether the value of a key is an array.
    pub(super) fn is_array(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.get_ref().as_array().is_some())
    }

    /// Whether a key has tables that can be read, however many of them are right.
    pub(super) fn has_tables(&self, key: &str) -> bool {
        let array = self.table.get(key).and_then(|value| value.get_ref().as_array());
        array.is_some_and(|array| !array.is_empty())
    }

    /// Reports a mistake at these bytes.
    pub(super) fn error(&mut self, bytes: Range<usize>, message: impl Into<String>) {
        self.error_with_help(bytes, message, None);
    }

    /// Reports a mistake at these bytes with advice.
    pub(super) fn error_with_help(
        &mut self,
        bytes: Range<usize>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        if !self.problems.is_full() {
            self.problems.push(Problem { help, ..self.text.error(bytes, message) });
        }
    }

    /// A string that must be there and not be empty; `example` shows how it is written, without the quotes.
    pub(super) fn required(&mut self, key: &'static str, example: &str) -> Option<Spanned<String>> {
        let example = format!("\"{example}\"");
        if !self.demand(key, &example) {
            return None;
        }
        self.filled(key)
    }

    /// A string that may be missing, but not be empty.
    pub(super) fn filled(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let value = self.string(key)?;
        if value.get_ref().trim().is_empty() {
            self.error_with_help(
                value.span(),
                format!("`{key}` is empty"),
                Some("write something".to_owned()),
            );
            return None;
        }
        Some(value)
    }

    /// A string that may be missing.
    pub(super) fn string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let value = self.value(key)?;
        self.as_string(key, value)
    }

    /// A string that must be there and be of this type; `example` shows how it is written.
    pub(super) fn parsed<T>(&mut self, key: &'static str, example: &str) -> Option<Spanned<T>>
    where
        T: FromStr<Err: std::fmt::Display>,
    {
        let text = self.required(key, example)?;
        match text.get_ref().parse() {
            Ok(value) => Some(Spanned::new(text.span(), value)),
            Err(error) => {
                let message = format!("`{key}` cannot be read: {error}");
                self.error_with_help(text.span(), message, Some(format!("as in \"{example}\"")));
                None
            }
        }
    }

    /// A string that must be there and be an id.
    pub(super) fn slug(&mut self, key: &'static str, example: &str) -> Option<Spanned<String>> {
        let slug = self.required(key, example)?;
        if !is_slug(slug.get_ref()) {
            let message = format!("`{}` cannot be the `{key}`", slug.get_ref());
            self.error_with_help(slug.span(), message, Some(SLUG_RULE.to_owned()));
        }
        Some(slug)
    }

    /// A string that must be there and be one of these names.
    pub(super) fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let example = choices.first().map_or("", |(name, _)| name);
        let name = self.required(key, example)?;
        self.pick(key, &name, choices)
    }

    /// A string that, if it is there, must be one of these names.
    pub(super) fn optional_choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let name = self.string(key)?;
        self.pick(key, &name, choices)
    }

    fn pick<T: Copy>(&mut self, key: &str, name: &Spanned<String>, choices: &[(&str, T)]) -> Option<T> {
        if let Some((_, value)) = choices.iter().find(|(known, _)| known == name.get_ref()) {
            return Some(*value);
        }
        let known: Vec<&str> = choices.iter().map(|(known, _)| *known).collect();
        let message = format!("unknown {key} `{}`", name.get_ref());
        self.error_with_help(name.span(), message, Some(self.problems.suggest(name.get_ref(), &known)));
        None
    }

    /// A whole number in this range; `None` if it is missing or wrong.
    pub(super) fn number(&mut self, key: &'static str, range: RangeInclusive<u32>) -> Option<Spanned<u32>> {
        let value = self.value(key)?;
        let number =
            value.get_ref().as_integer().and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            Some(number) if range.contains(&number) => Some(Spanned::new(value.span(), number)),
            _ => {
                let (low, high) = range.into_inner();
                self.error(value.span(), format!("`{key}` must be a whole number from {low} to {high}"));
                None
            }
        }
    }

    /// A whole number in this range that must be there; `example` is one.
    pub(super) fn required_number(
        &mut self,
        key: &'static str,
        range: RangeInclusive<u32>,
        example: u32,
    ) -> Option<Spanned<u32>> {
        if self.demand(key, &example.to_string()) { self.number(key, range) } else { None }
    }

    /// An array of strings; empty if it is missing.
    pub(super) fn strings(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.error(value.span(), format!("`{key}` must be an array of strings"));
            return Vec::new();
        };
        array.iter().filter_map(|item| self.as_string(key, item)).collect()
    }

    /// An array of strings that must be there; `example` is one of them.
    pub(super) fn required_strings(&mut self, key: &'static str, example: &str) -> Vec<Spanned<String>> {
        if self.demand(key, &format!("[\"{example}\"]")) { self.strings(key) } else { Vec::new() }
    }

    /// Reads a table that may be missing.
    pub(super) fn table<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.error(value.span(), format!("`{key}` must be a table"));
            return None;
        };
        Some(self.nested(table, value.span(), read))
    }

    /// Reads an array of tables, one after the other; empty if it is missing.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let tables: Option<Vec<_>> = value.get_ref().as_array().and_then(|array| {
            array.iter().map(|item| Some((item.get_ref().as_table()?, item.span()))).collect()
        });
        let Some(tables) = tables else {
            self.error(value.span(), format!("`{key}` must be written as [[{key}]]"));
            return Vec::new();
        };
        tables.into_iter().filter_map(|(table, span)| self.nested(table, span, &mut read)).collect()
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(&mut self) {
        let known: Vec<&str> = self.asked.iter().copied().collect();
        let unknown: Vec<_> =
            self.table.keys().filter(|key| !self.asked.contains(key.get_ref().as_ref())).collect();
        for key in unknown {
            if self.problems.is_full() {
                return;
            }
            let message = format!("unknown key `{}`", key.get_ref());
            let help = self.problems.suggest(key.get_ref(), &known);
            self.error_with_help(key.span(), message, Some(help));
        }
    }

    fn nested<T>(
        &mut self,
        table: &DeTable<'_>,
        span: Range<usize>,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> T {
        let mut fields = Fields {
            text: self.text,
            table,
            span: Some(span),
            asked: BTreeSet::new(),
            problems: self.problems,
        };
        let value = read(&mut fields);
        fields.finish();
        value
    }

    fn demand(&mut self, key: &'static str, example: &str) -> bool {
        if !self.table.contains_key(key) {
            self.asked.insert(key);
            self.error_with_help(self.span(), format!("`{key}` is missing"), Some(as_in(key, example)));
        }
        self.table.contains_key(key)
    }

    fn value(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.insert(key);
        self.table.get(key)
    }

    fn as_string(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Spanned<String>> {
        let Some(text) = value.get_ref().as_str() else {
            let kind = value.get_ref().type_str();
            self.error(value.span(), format!("`{key}` takes strings, this is of type {kind}"));
            return None;
        };
        // A task or a title may use any letter, but never a sequence that commands a terminal.
        if let Some((_, c)) = find_unsafe(text, &[]) {
            self.error(value.span(), format!("`{key}` holds the unsafe character {}", c.escape_unicode()));
            return None;
        }
        Some(Spanned::new(value.span(), text.to_owned()))
    }
}

/// Behind the last key that stands before the first header: there a key of the whole document is written.
fn end_of_keys(text: &str, table: &DeTable<'_>) -> Range<usize> {
    let in_header = |at: usize| {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        text[line..at].trim_start().starts_with('[')
    };
    let written = table.iter().filter(|(key, _)| !in_header(key.span().start));
    let end = written.map(|(_, value)| value.span().end).max().unwrap_or(0);
    end..end
}

fn as_in(key: &str, example: &str) -> String {
    format!("as in `{key} = {example}`")
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
