//! The info string of a listing: `rust id=strategy-trait, file=pricing.rs, compile_fail=E0277, set=service`.

use std::ops::Range;

use crate::pack::model::Claim;
use crate::pack::safe_path;
use crate::pack::slug::{SLUG_RULE, is_error_code, is_slug};
use crate::pack::suggest::suggest;
use crate::text::markdown::language;

/// What an info string says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Info {
    /// In lower case; empty where there is none.
    pub(super) language: String,
    pub(super) id: Option<Named>,
    pub(super) file: Option<String>,
    pub(super) claim: Option<Claim>,
    pub(super) run: bool,
    pub(super) set: Option<Named>,
}

/// A value and its bytes in the info string.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) bytes: Range<usize>,
}

/// A mistake and its bytes in the info string.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) bytes: Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

const KEYS: [&str; 7] = ["id", "file", "compile", "compile_fail", "ignore", "run", "set"];

/// Reads an info string; what is wrong in it is told and left out.
pub(super) fn parse(info: &str) -> (Info, Vec<Mistake>) {
    let language = language(info);
    let mut reading = Reading {
        info: Info { language: language.to_lowercase(), ..Info::default() },
        seen: Vec::new(),
        mistakes: Vec::new(),
    };
    let mut start = language.len();
    for piece in info[start..].split(',') {
        let at = start + (piece.len() - piece.trim_start().len());
        start += piece.len() + 1;
        reading.attribute(piece.trim(), at);
    }
    reading.agree(info.len());
    (reading.info, reading.mistakes)
}

struct Reading<'a> {
    info: Info,
    seen: Vec<&'a str>,
    mistakes: Vec<Mistake>,
}

impl<'a> Reading<'a> {
    fn attribute(&mut self, piece: &'a str, at: usize) {
        if piece.is_empty() {
            return;
        }
        let (key, value) = match piece.split_once('=') {
            Some((key, value)) => (key.trim_end(), Some(value.trim_start())),
            None => (piece, None),
        };
        let bytes = at..at + piece.len();
        if !KEYS.contains(&key) {
            // Two attributes without the comma between them are the likeliest slip.
            let help = match key.split_once(char::is_whitespace) {
                Some((first, _)) if KEYS.contains(&first) => "put a comma between two attributes".to_owned(),
                _ => suggest(key, &KEYS),
            };
            return self.mistake(at..at + key.len(), format!("unknown attribute `{key}`"), Some(help));
        }
        if self.seen.contains(&key) {
            return self.mistake(bytes, format!("`{key}` is given twice"), None);
        }
        self.seen.push(key);
        let value_at = at + piece.len() - value.map_or(0, str::len);
        match (key, value) {
            ("run" | "compile" | "ignore", Some(_)) => {
                self.mistake(bytes, format!("`{key}` takes no value"), None);
            }
            ("run", None) => self.info.run = true,
            ("compile", None) => self.claim(Claim::Compiles, bytes),
            ("ignore", None) => self.claim(Claim::Nothing, bytes),
            (_, None | Some("")) => {
                let help = if key == "compile_fail" { "compile_fail=E0277" } else { "id=strategy-trait" };
                let help = help.replace("id=strategy-trait", &format!("{key}=…"));
                self.mistake(bytes, format!("`{key}` needs a value"), Some(format!("as in `{help}`")));
            }
            (key, Some(value)) => self.valued(key, value, value_at..at + piece.len()),
        }
    }

    fn valued(&mut self, key: &str, value: &str, bytes: Range<usize>) {
        let named = Named { name: value.to_owned(), bytes: bytes.clone() };
        match key {
            "compile_fail" if is_error_code(value) => self.claim(Claim::Fails(value.to_owned()), bytes),
            "compile_fail" => {
                self.mistake(bytes, format!("`{value}` is no error code such as E0277"), None);
            }
            "id" | "set" if !is_slug(value) => {
                let message = format!("`{value}` cannot be the `{key}`");
                self.mistake(bytes, message, Some(SLUG_RULE.to_owned()));
            }
            "id" => self.info.id = Some(named),
            "set" => self.info.set = Some(named),
            _ => match safe_path::check(value) {
                Ok(()) => self.info.file = Some(value.to_owned()),
                Err(error) => self.mistake(bytes, format!("`{value}` is no file name: {error}"), None),
            },
        }
    }

    fn claim(&mut self, claim: Claim, bytes: Range<usize>) {
        if self.info.claim.is_some() {
            let message = "a listing either compiles, fails to compile or is ignored";
            return self.mistake(bytes, message.to_owned(), None);
        }
        self.info.claim = Some(claim);
    }

    /// What does not go together; `length` is that of the info string.
    fn agree(&mut self, length: usize) {
        if self.info.run && matches!(self.info.claim, Some(Claim::Fails(_) | Claim::Nothing)) {
            let message = "a listing that is to be run must compile".to_owned();
            self.mistake(0..length, message, None);
        }
        let judged = self.info.run || self.info.claim.is_some() || self.info.set.is_some();
        if judged && self.info.language != "rust" {
            let message = "only a `rust` listing is compiled and run".to_owned();
            self.mistake(0..self.info.language.len(), message, None);
        }
    }

    fn mistake(&mut self, bytes: Range<usize>, message: String, help: Option<String>) {
        self.mistakes.push(Mistake { bytes, message, help });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mistakes(info: &str) -> Vec<(String, String)> {
        let told = parse(info).1.into_iter();
        told.map(|mistake| (info[mistake.bytes].to_owned(), mistake.message)).collect()
    }

    #[test]
    fn all_attributes_are_understood() {
        let (info, mistakes) = parse("rust id=a-b, file=src/lib.rs, compile_fail=E0277 , set=service");
        assert_eq!(mistakes, []);
        assert_eq!(info.language, "rust");
        assert_eq!(info.id.unwrap().name, "a-b");
        assert_eq!(info.file.as_deref(), Some("src/lib.rs"));
        assert_eq!(info.claim, Some(Claim::Fails("E0277".to_owned())));
        assert_eq!(info.set.unwrap().name, "service");
    }

    #[test]
    fn the_comma_after_the_language_may_be_missing_or_not() {
        for info in ["rust,compile,run", "rust compile, run", "Rust, compile,run,"] {
            let (read, mistakes) = parse(info);
            assert_eq!(mistakes, [], "{info}");
            assert!(read.run && read.claim == Some(Claim::Compiles), "{info}");
        }
        assert_eq!(parse(""), (Info::default(), Vec::new()));
    }

    #[test]
    fn each_mistake_is_told_where_it_stands() {
        let cases = [
            ("rust compil", "compil", "unknown attribute `compil`"),
            ("rust id=a run", "id=a run", "`a run` cannot be the `id`"),
            ("rust run id=a", "run id", "unknown attribute `run id`"),
            ("rust compile, ignore", "ignore", "a listing either compiles, fails to compile or is ignored"),
            ("rust compile_fail", "compile_fail", "`compile_fail` needs a value"),
            ("rust compile_fail=E27", "E27", "`E27` is no error code such as E0277"),
            ("rust id=a, id=b", "id=b", "`id` is given twice"),
            ("rust run=yes", "run=yes", "`run` takes no value"),
            ("rust run, ignore", "rust run, ignore", "a listing that is to be run must compile"),
            ("toml compile", "toml", "only a `rust` listing is compiled and run"),
            ("rust file=../x", "../x", "`../x` is no file name: the path leaves the pack"),
        ];
        for (info, at, message) in cases {
            let told = mistakes(info);
            assert!(told.len() == 1 && told[0].1 == message, "{info}: {told:?}");
            let expected = if info.contains("a run") { "a run" } else { at };
            assert_eq!(told[0].0, expected, "{info}");
        }
    }

    proptest! {
        #[test]
        fn no_info_string_panics_and_every_mistake_is_within_it(info in "(rust|)[ ,=a-zé]{0,30}") {
            for mistake in parse(&info).1 {
                prop_assert!(info.get(mistake.bytes).is_some());
            }
        }
    }
}
