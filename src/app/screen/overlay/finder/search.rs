//! The search: which items match, and which of them comes first.

use std::cmp::Reverse;

use frizbee::{Config, Match, Matcher, Pattern, Scoring};

use crate::app::screen::overlay::finder::items::{Item, Kind, Target};

/// The longest word in which no slip is forgiven.
const SHORT: usize = 3;

/// How well an item's names match, the best first. The scores alone do not tell: a long name that holds what is looked for scores
/// like the very name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// It is called so.
    Exact,
    /// One of its names begins so.
    Begins,
    /// Its names hold every word.
    Named,
    /// Its names and its place hold every word.
    Placed,
    /// It only resembles what is looked for.
    Alike,
}

/// The items that match, the best first; all of them in their order where nothing is searched for. And whether any holds what is
/// searched for, for they may all only resemble it.
pub(super) fn search(items: &[Item], query: &str) -> (Vec<usize>, bool) {
    let wanted = plain(query);
    if wanted.is_empty() {
        return ((0..items.len()).collect(), true);
    }
    let matches = matches(items, query);
    let mut found: Vec<_> =
        matches.iter().map(|one| (closeness(&items[one.index as usize], &wanted), one)).collect();
    found.sort_by_key(|(close, one)| {
        let at = one.index as usize;
        // What is done here comes before what is read, and both before a piece of it, where they match as well.
        let kind = items[at].kind;
        (*close, kind == Kind::Listing, Reverse(one.score), kind != Kind::Command, at)
    });
    let best = found.iter().map(|(_, one)| one.score).max().unwrap_or(0);
    let first = found.first().map(|(close, _)| *close);
    found.retain(|(close, one)| {
        let alike = || is_near(one.score, best) && resembles(&items[one.index as usize], &wanted);
        *close < Closeness::Alike || first == Some(Closeness::Alike) && alike()
    });
    if found.is_empty() {
        return (abbreviated(items, &wanted), false);
    }
    (found.iter().map(|(_, one)| one.index as usize).collect(), first < Some(Closeness::Alike))
}

/// The items of which a query may be an abbreviation, those with the fewest letters left out first. Looked for only where nothing
/// else is found, for the letters of a word, with others between them, are in very many names.
fn abbreviated(items: &[Item], wanted: &str) -> Vec<usize> {
    let letters: Vec<char> = wanted.chars().filter(|c| *c != ' ').collect();
    let left_out = |item: &Item| names(item).iter().filter_map(|name| letters_left_out(name, &letters)).min();
    let mut found: Vec<_> =
        items.iter().enumerate().filter_map(|(at, item)| Some((left_out(item)?, at))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, at)| at).collect()
}

/// How many letters of a name were left out of its abbreviation: from the beginning of a word to the last letter that is kept. `None`
/// if that is more than were kept.
fn letters_left_out(name: &str, letters: &[char]) -> Option<usize> {
    if letters.len() < SHORT {
        return None;
    }
    let words: Vec<&str> = name.split(' ').collect();
    let from = |first: usize| {
        let mut kept = 0;
        // More are not looked at: a name can be as long as its author likes.
        let most = 2 * letters.len();
        for (passed, c) in words[first..].iter().flat_map(|word| word.chars()).take(most).enumerate() {
            kept += usize::from(c == letters[kept]);
            // The word begins as its abbreviation does.
            if kept == 0 {
                return None;
            }
            if kept == letters.len() {
                return Some(passed + 1 - kept);
            }
        }
        None
    };
    (0..words.len()).filter_map(from).min()
}

/// Whether a score is not much worse than the best.
const fn is_near(score: u16, best: u16) -> bool {
    score as u32 * 4 >= best as u32 * 3
}

/// What holds the words of a query, with a slip in each at most.
fn matches(items: &[Item], query: &str) -> Vec<Match> {
    let name = |item: &Item| match &item.target {
        Target::Listing { listing, .. } => format!("{} {} {listing}", item.title, item.place),
        _ => format!("{} {}", item.title, item.place),
    };
    let names: Vec<String> = items.iter().map(name).collect();
    let patterns: Vec<Pattern> = query
        .split_whitespace()
        .map(|word| {
            let typos = u16::from(word.chars().count() > SHORT);
            Pattern::from(word).max_typos(Some(typos))
        })
        .collect();
    // Or a file's name would come before a title, for that begins with a capital.
    let scoring = Scoring { matching_case_bonus: 0, ..Scoring::default() };
    Matcher::from_patterns(&patterns, &Config { scoring, ..Config::default() }).match_list(&names)
}

/// Whether every word of a query stands somewhere with a slip at most: the letters of a word alone, with others between them, are
/// in very many names. Short words cannot be told from a slip.
fn resembles(item: &Item, wanted: &str) -> bool {
    let text = format!("{} {}", names(item).join(" "), plain(&item.place));
    let words: Vec<Vec<char>> =
        text.split(|c: char| !c.is_alphanumeric()).map(|word| word.chars().collect()).collect();
    let joined = text.replace(' ', "");
    wanted.split(' ').all(|word| {
        let letters: Vec<char> = word.chars().collect();
        let begins = |name: &Vec<char>| begins_with_a_slip(name, &letters);
        letters.len() <= SHORT || joined.contains(word) || words.iter().any(begins)
    })
}

/// Whether a name begins with a word in which at most one letter is wrong, missing, too many, or swapped with the next.
fn begins_with_a_slip(name: &[char], word: &[char]) -> bool {
    let same = name.iter().zip(word).take_while(|(one, other)| one == other).count();
    let (name, word) = (&name[same..], &word[same..]);
    let rest = |name_from: usize, word_from: usize| {
        word.get(word_from..)
            .is_none_or(|word| name.get(name_from..).is_some_and(|name| name.starts_with(word)))
    };
    let swapped =
        || name.len() > 1 && word.len() > 1 && name[0] == word[1] && name[1] == word[0] && rest(2, 2);
    word.is_empty() || rest(1, 1) || rest(0, 1) || rest(1, 0) || swapped()
}

fn closeness(item: &Item, wanted: &str) -> Closeness {
    let names = names(item);
    let holds_all = |text: &str| wanted.split(' ').all(|word| text.contains(word));
    if names.iter().any(|name| name == wanted) {
        Closeness::Exact
    } else if names.iter().any(|name| name.starts_with(wanted)) {
        Closeness::Begins
    } else if holds_all(&names.join(" ")) {
        Closeness::Named
    } else if holds_all(&format!("{} {}", names.join(" "), plain(&item.place))) {
        Closeness::Placed
    } else {
        Closeness::Alike
    }
}

/// What an item is called: its title, and the id of an exercise or a listing or what the bottom line calls a command.
fn names(item: &Item) -> Vec<String> {
    let other = match &item.target {
        Target::Exercise { exercise: id, .. } | Target::Listing { listing: id, .. } => Some(plain(id)),
        Target::Command(command) => Some(plain(command.title())),
        Target::Section { .. } | Target::Text(_) => None,
    };
    [plain(&item.title)].into_iter().chain(other).collect()
}

/// A name as it is compared: an id has dashes where a title has spaces.
fn plain(name: &str) -> String {
    let spaced = name.to_lowercase().replace(['-', '_'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
