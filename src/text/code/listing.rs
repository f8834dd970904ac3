//! A whole listing highlighted at once.

use crate::text::code::grammar;
use crate::text::code::highlights::{Highlights, Token};
use crate::text::style::{Line, Role, Span};

/// How far tabs are apart.
const TAB: usize = 4;

/// The lines of a listing, highlighted as its language says; tabs become spaces. The first call loads the grammars
/// if [`warm`](crate::text::code::warm) has not.
pub fn highlight(language: &str, code: &str) -> Vec<Line> {
    grammar::load();
    let lines: Vec<&str> = code.lines().collect();
    let mut highlights = Highlights::new(language);
    highlights.sync(&lines);
    highlights.advance(lines.len(), usize::MAX);
    lines.iter().enumerate().map(|(number, line)| styled(line, highlights.tokens(number))).collect()
}

/// A line with its tokens' roles.
pub fn styled(text: &str, tokens: &[Token]) -> Line {
    let mut spans = Vec::new();
    let mut at = 0;
    for token in tokens {
        push(&mut spans, &text[at..token.range.start], Role::Text);
        push(&mut spans, &text[token.range.clone()], Role::Syntax(token.role));
        at = token.range.end;
    }
    push(&mut spans, &text[at..], Role::Text);
    Line { spans }
}

fn push(spans: &mut Vec<Span>, text: &str, role: Role) {
    if text.is_empty() {
        return;
    }
    let text: String = text.replace('\t', &" ".repeat(TAB)).chars().filter(|c| !c.is_control()).collect();
    spans.push(Span::new(text, role));
}
