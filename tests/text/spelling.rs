//! Words are spelled as in Britain, by hunspell and its dictionary; `words.txt` has those of the trade.
//!
//! Where hunspell is missing, the check says so and passes, except on a build server, where `CI` is set.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use patterns_tui::text::markdown::Inline;

use crate::assert_none;
use crate::documents::{self, each_inline};

/// What is right beside the dictionary, one word a line, in the order of the alphabet.
const OWN: &str = include_str!("words.txt");

#[test]
fn every_word_is_spelled_right() {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for document in
        documents::of_repository().into_iter().chain(documents::chapters()).chain(documents::of_exercises())
    {
        each_inline(&document.parse(), &mut |inline| {
            if let Inline::Text(text) = inline {
                for word in words(text) {
                    places.entry(word.to_owned()).or_default().insert(document.file.display().to_string());
                }
            }
        });
    }
    assert!(places.len() > 1000, "the words were found");
    let own: BTreeSet<String> = OWN.lines().map(str::to_lowercase).collect();
    places.retain(|word, _| !own.contains(&word.to_lowercase()));
    let Some(wrong) = misspelled(places.keys()) else {
        assert!(std::env::var_os("CI").is_none(), "hunspell and its dictionary en_GB are missing");
        println!("skipped: hunspell and its dictionary en_GB are not installed");
        return;
    };
    let complaint = |word: &String| format!("{word}: {}", Vec::from_iter(places[word].clone()).join(", "));
    assert_none(&wrong.iter().map(complaint).collect::<Vec<_>>());
}

#[test]
fn the_list_of_words_is_in_order() {
    let words: Vec<String> = OWN.lines().map(str::to_lowercase).collect();
    assert!(
        words.is_sorted(),
        "tests/text/words.txt is in the order of the alphabet, capitals as small letters"
    );
    assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "no word stands there twice");
}

/// The words of a text that a dictionary can know: no names of types, files and addresses, nothing with a digit.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let name = |token: &&str| {
        let inner = token.trim_matches(|c: char| !c.is_alphanumeric());
        let dotted =
            inner.contains(|c: char| "_@/\\=".contains(c) || c.is_ascii_digit()) || inner.contains("::");
        dotted || inner.split('.').filter(|part| !part.is_empty()).count() > 1
    };
    let pieces = text.split_whitespace().filter(move |token| !name(token));
    let words = pieces.flat_map(|token| token.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’'));
    let words = words.map(|word| word.trim_matches(['\'', '’']));
    let words = words.map(|word| word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word));
    words.filter(|word| word.len() > 1 && !word.chars().skip(1).any(char::is_uppercase))
}

/// Those that the dictionary does not know; nothing where there is no dictionary.
fn misspelled<'w>(words: impl Iterator<Item = &'w String>) -> Option<Vec<String>> {
    let mut command = Command::new("hunspell");
    command
        .args(["-d", "en_GB", "-i", "utf-8", "-l"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut process = command.spawn().ok()?;
    let text: String = words.flat_map(|word| [word.as_str(), "\n"]).collect();
    let mut input = process.stdin.take()?;
    // Written beside the reading: the list may be longer than what a pipe holds.
    let writing = std::thread::spawn(move || input.write_all(text.as_bytes()).is_ok());
    let output = process.wait_with_output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    (writing.join().unwrap_or(false) && output.status.success()).then_some(said)
}

#[test]
fn names_are_no_words() {
    let found: Vec<_> =
        words("The learner's `x` AppState::new of user_id and main.rs, don't re-run; 42 E0277.").collect();
    assert_eq!(found, ["The", "learner", "of", "and", "don't", "re", "run"]);
}
