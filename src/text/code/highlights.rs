//! A document's highlighting, kept line by line: after an edit it is worked out anew from there until it agrees with
//! what is known, and never more of it at a time than the budget allows.

use std::ops::Range;
use std::sync::Arc;

use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};

use crate::text::code::{grammar, roles, words};
use crate::text::style::Syntax;

/// Longer lines, in bytes, are left plain.
const LONGEST: usize = 2_000;

/// How many bytes of a line cost as much as beginning one.
const BYTES_PER_UNIT: usize = 80;

/// A part of a line and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the line.
    pub range: Range<usize>,
    /// What it is.
    pub role: Syntax,
}

/// A document's highlighting.
#[derive(Debug, Default)]
pub struct Highlights {
    language: String,
    lines: Vec<Line>,
    /// Every line before this one is known.
    known: usize,
    /// From the first line that was not touched by the last edit to this one, what is known holds if its
    /// beginning does.
    agreed: Range<usize>,
}

#[derive(Debug, Default)]
struct Line {
    text: String,
    found: Option<Found>,
}

#[derive(Debug)]
struct Found {
    /// Most lines leave the state as it was, and share it.
    before: Arc<State>,
    after: Arc<State>,
    tokens: Vec<Token>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    parse: ParseState,
    scopes: ScopeStack,
}

impl Highlights {
    /// An empty document in a language, named as in an info string or by a file's ending.
    pub fn new(language: &str) -> Self {
        Self { language: language.to_owned(), ..Self::default() }
    }

    /// The language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Takes the document's lines as they are now; what has not changed is kept.
    pub fn sync<S: AsRef<str>>(&mut self, lines: &[S]) {
        let same = |(old, new): &(&Line, &S)| old.text == new.as_ref();
        let front = self.lines.iter().zip(lines).take_while(same).count();
        if front == self.lines.len() && front == lines.len() {
            return;
        }
        let most = self.lines.len().min(lines.len()) - front;
        let back = self.lines.iter().rev().zip(lines.iter().rev()).take(most).take_while(same).count();
        let (old_end, new_end) = (self.lines.len() - back, lines.len() - back);
        let fresh =
            lines[front..new_end].iter().map(|text| Line { text: text.as_ref().to_owned(), found: None });
        self.lines.splice(front..old_end, fresh);
        if self.known > old_end {
            self.agreed = new_end..self.known - old_end + new_end;
        } else {
            self.agreed = new_end..new_end;
        }
        self.known = self.known.min(front);
    }

    /// Works on until the lines before `through` are known or the budget is spent; a unit of it is a short line. The first line
    /// is done whatever it costs, or one that costs more than the budget would never be. Says whether there is more to do.
    pub fn advance(&mut self, through: usize, budget: usize) -> bool {
        let through = through.min(self.lines.len());
        if self.known >= through {
            return false;
        }
        let Some(grammars) = grammar::loaded() else { return true };
        let Some(first) = grammar::find(grammars, &self.language) else {
            self.known = self.lines.len();
            return false;
        };
        let start = Arc::new(State { parse: ParseState::new(first), scopes: ScopeStack::new() });
        let rust = first.name.starts_with("Rust");
        let mut left = budget;
        while self.known < through {
            let before = Arc::clone(self.state_before(self.known).unwrap_or(&start));
            let line = &mut self.lines[self.known];
            if line.found.as_ref().is_some_and(|found| found.before == before) {
                self.known = if self.agreed.contains(&self.known) { self.agreed.end } else { self.known + 1 };
                continue;
            }
            let cost = 1 + line.text.len().min(LONGEST) / BYTES_PER_UNIT;
            if cost > left && left < budget {
                return true;
            }
            left = left.saturating_sub(cost);
            line.found = Some(look_at(&line.text, before, grammars, rust));
            self.known += 1;
        }
        false
    }

    /// What is known of a line; nothing yet, or nothing to say, is the same.
    pub fn tokens(&self, line: usize) -> &[Token] {
        self.lines.get(line).and_then(|line| line.found.as_ref()).map_or(&[], |found| &found.tokens)
    }

    fn state_before(&self, line: usize) -> Option<&Arc<State>> {
        self.lines.get(line.checked_sub(1)?)?.found.as_ref().map(|found| &found.after)
    }
}

/// Highlights one line. A grammar that fails on it leaves it plain, and the next line begins as this one did.
fn look_at(text: &str, before: Arc<State>, grammars: &SyntaxSet, rust: bool) -> Found {
    let plain = |before: Arc<State>| Found { after: Arc::clone(&before), before, tokens: Vec::new() };
    if text.len() > LONGEST {
        return plain(before);
    }
    let mut state = State::clone(&before);
    let Ok(changes) = state.parse.parse_line(&format!("{text}\n"), grammars) else { return plain(before) };
    let mut tokens = Vec::new();
    let mut at = 0;
    for (place, change) in &changes {
        let place = (*place).min(text.len());
        push(text, at..place, state.scopes.as_slice(), rust, &mut tokens);
        at = place;
        if state.scopes.apply(change).is_err() {
            return plain(before);
        }
    }
    push(text, at..text.len(), state.scopes.as_slice(), rust, &mut tokens);
    let after = if state == *before { Arc::clone(&before) } else { Arc::new(state) };
    Found { before, after, tokens }
}

fn push(
    text: &str,
    range: Range<usize>,
    scopes: &[syntect::parsing::Scope],
    rust: bool,
    into: &mut Vec<Token>,
) {
    if text[range.clone()].trim().is_empty() {
        return;
    }
    match roles::role_of(scopes) {
        None if rust => words::tokens(text, range, into),
        None => {}
        Some(role) => {
            let (range, role) = if rust { rust_token(text, range, role, into.last()) } else { (range, role) };
            match into.last_mut() {
                Some(last) if last.role == role && last.range.end == range.start => {
                    last.range.end = range.end;
                }
                _ => into.push(Token { range, role }),
            }
        }
    }
}

/// What Rust's grammar found, put right.
fn rust_token(
    text: &str,
    range: Range<usize>,
    role: Syntax,
    before: Option<&Token>,
) -> (Range<usize>, Syntax) {
    let word = &text[range.clone()];
    if role == Syntax::Number {
        return (range.start..words::number_end(text, &range), role);
    }
    let role = if words::calls_macro(word, before, range.start) { Syntax::Macro } else { role };
    let role = words::keyword_or(word, role);
    (range, role)
}
