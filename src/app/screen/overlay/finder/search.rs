//! The search: which items match, and which of them comes first.

use std::cmp::Reverse;

use frizbee::{Config, Match, Matcher, Pattern, Scoring};

use crate::app::screen::overlay::finder::items::{Item, Kind, Target};

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

/// The items that match, the best first; all of them in their order where nothing is searched for.
pub(super) fn search(items: &[Item], query: &str) -> Vec<usize> {
    let wanted = plain(query);
    if wanted.is_empty() {
        return (0..items.len()).collect();
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
        *close < Closeness::Alike || first == Some(Closeness::Alike) && is_near(one.score, best)
    });
    found.iter().map(|(_, one)| one.index as usize).collect()
}

/// Whether a score is not much worse than the best.
const fn is_near(score: u16, best: u16) -> bool {
    score as u32 * 4 >= best as u32 * 3
}

/// What holds the words of a query, with a slip in each at most.
fn matches(items: &[Item], query: &str) -> Vec<Match> {
    let names: Vec<String> = items.iter().map(|item| format!("{} {}", item.title, item.place)).collect();
    let patterns: Vec<Pattern> = query
        .split_whitespace()
        .map(|word| {
            let typos = u16::from(word.chars().count() > 3);
            Pattern::from(word).max_typos(Some(typos))
        })
        .collect();
    // Or a file's name would come before a title, for that begins with a capital.
    let scoring = Scoring { matching_case_bonus: 0, ..Scoring::default() };
    Matcher::from_patterns(&patterns, &Config { scoring, ..Config::default() }).match_list(&names)
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

/// What an item is called: its title, and the id of an exercise or what the bottom line calls a command.
fn names(item: &Item) -> Vec<String> {
    let other = match &item.target {
        Target::Exercise { exercise, .. } => Some(plain(exercise)),
        Target::Command(command) => Some(plain(command.title())),
        Target::Section { .. } | Target::Listing { .. } => None,
    };
    [plain(&item.title)].into_iter().chain(other).collect()
}

/// A name as it is compared: an id has dashes where a title has spaces.
fn plain(name: &str) -> String {
    let spaced = name.to_lowercase().replace(['-', '_'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}
