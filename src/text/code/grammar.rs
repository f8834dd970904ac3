//! The grammars of the languages that are highlighted, loaded once.

use std::sync::OnceLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

use crate::text::code::highlights::Highlights;

static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();

/// Every grammar; the first call loads them.
pub(super) fn load() -> &'static SyntaxSet {
    GRAMMARS.get_or_init(two_face::syntax::extra_newlines)
}

/// Every grammar, if [`warm`] or [`load`] was called.
pub(super) fn loaded() -> Option<&'static SyntaxSet> {
    GRAMMARS.get()
}

/// Loads the grammars and makes Rust's ready, so that no frame has to; meant for a thread of its own.
pub fn warm() {
    load();
    let mut highlights = Highlights::new("rust");
    let lines: Vec<&str> = SAMPLE.lines().collect();
    highlights.sync(&lines);
    highlights.advance(lines.len(), usize::MAX);
}

/// The grammar of a language by the first word of an info string, or by a file's ending.
pub(super) fn find<'g>(grammars: &'g SyntaxSet, language: &str) -> Option<&'g SyntaxReference> {
    let name = language.to_ascii_lowercase();
    let token = match name.as_str() {
        "" | "text" | "plain" | "output" | "console" => return None,
        "rust" => "rs",
        "shell" => "sh",
        "protobuf" => "proto",
        other => other,
    };
    grammars.find_syntax_by_token(token)
}

/// A little of everything, for whatever a grammar is asked for the first time takes long.
const SAMPLE: &str = r#"//! Words.
use std::{fmt, sync::Arc};
/// More words.
#[derive(Debug, Clone)]
pub struct Order<'a, T: Send + 'static> where T: Sync { pub name: &'a str, total: Vec<(u64, f64)> }
impl<T> fmt::Display for Order<'_, T> {
    const MOST: usize = 1_000;
    async fn price(&mut self, base: f64) -> Result<Self, Box<dyn Error>> {
        let mut total = base * 1.5e3 as f64; /* a remark */
        match total { Some(n) if n >= 2 => return Ok(()), _ => 'a: loop { break 'a } }
        println!("{total:?} {}\n", r"raw", b'x');
        let all = list.iter().map(|one| one + 1).collect::<Vec<_>>()?;
    }
}
#[cfg(test)]
mod tests { use super::*; #[test] fn it() { assert_eq!(1, 1, "{}", 1); } }
trait Rule: Send { type Out; fn go(&self) -> Self::Out; }
enum Kind { One(u8), Two { a: i32 }, Three = 3 }
"#;
