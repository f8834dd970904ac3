//! Rust's words by their looks, where the grammar says nothing or too little: types, calls, constants, keywords.

use std::ops::Range;

use crate::text::code::highlights::Token;
use crate::text::style::Syntax;

/// The role of a word that the grammar takes for a type or an operator, though it is a keyword.
pub(super) fn keyword_or(word: &str, role: Syntax) -> Syntax {
    let may_be = matches!(role, Syntax::Type | Syntax::Operator | Syntax::Function);
    if may_be && KEYWORDS.contains(&word) { Syntax::Keyword } else { role }
}

/// Where a number ends that the grammar takes to reach over the dot behind it: in `self.0.lock()` no float begins.
pub(super) fn number_end(line: &str, range: &Range<usize>) -> usize {
    let names = |rest: &str| rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '.'));
    let has_dot = line[range.clone()].ends_with('.');
    if has_dot && names(&line[range.end..]) { range.end - 1 } else { range.end }
}

/// Whether this is the mark behind a macro's name, which may have a path before it.
pub(super) fn calls_macro(mark: &str, before: Option<&Token>, at: usize) -> bool {
    mark == "!" && before.is_some_and(|before| before.role == Syntax::Macro && before.range.end == at)
}

/// The tokens of a stretch of a line that the grammar says nothing of.
pub(super) fn tokens(line: &str, stretch: Range<usize>, into: &mut Vec<Token>) {
    let mut at = stretch.start;
    while at < stretch.end {
        let rest = &line[at..stretch.end];
        let Some(start) = rest.find(|c: char| c.is_alphabetic() || c == '_') else { return };
        let word = &rest[start..];
        let length = word.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(word.len());
        let range = at + start..at + start + length;
        if let Some(role) = role_of(&word[..length], &line[range.end..]) {
            into.push(Token { range: range.clone(), role });
        }
        at = range.end;
    }
}

fn role_of(word: &str, after: &str) -> Option<Syntax> {
    let first = word.chars().next()?;
    if KEYWORDS.contains(&word) {
        Some(Syntax::Keyword)
    } else if after.starts_with('!') && !after.starts_with("!=") {
        Some(Syntax::Macro)
    } else if first.is_uppercase() {
        let constant = word.len() > 1 && !word.contains(char::is_lowercase);
        Some(if constant { Syntax::Constant } else { Syntax::Type })
    } else if after.starts_with('(') || after.starts_with("::<") {
        Some(Syntax::Function)
    } else {
        None
    }
}

const KEYWORDS: &[&str] = &[
    "as",
    "async",
    "await",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "dyn",
    "else",
    "enum",
    "extern",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro_rules",
    "match",
    "mod",
    "move",
    "mut",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "type",
    "union",
    "unsafe",
    "use",
    "where",
    "while",
    "yield",
];
