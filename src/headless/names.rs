//! Names as people type them: found, or answered with what they may have meant.

use std::sync::Arc;

use frizbee::{Config, Matcher};

use crate::failure::Failure;
use crate::import::is_document;
use crate::pack::{Exercise, Pack};

/// An exercise and the pack that holds it.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The pack.
    pub pack: Arc<Pack>,
    at: usize,
}

impl Chosen {
    /// The exercise.
    pub fn exercise(&self) -> &Exercise {
        &self.pack.exercises[self.at]
    }
}

/// Finds an exercise by its id, or by one that it bore in an earlier version of its pack.
pub fn exercise(packs: &[Arc<Pack>], name: &str) -> Result<Chosen, Failure> {
    let by = |fits: &dyn Fn(&Exercise) -> bool| {
        packs.iter().find_map(|pack| {
            let at = pack.exercises.iter().position(fits)?;
            Some(Chosen { pack: Arc::clone(pack), at })
        })
    };
    by(&|exercise| exercise.id == name)
        .or_else(|| by(&|exercise| exercise.renamed_from.iter().any(|old| old == name)))
        .ok_or_else(|| {
            if let Some(failure) = no_exercises(packs) {
                return failure;
            }
            let all = packs.iter().flat_map(|pack| &pack.exercises);
            let known: Vec<_> = all.map(|exercise| exercise.id.clone()).collect();
            let unknown = Failure::usage(format!("there is no exercise `{name}`"));
            suggest(unknown, name, &known).hint("`patterns-tui list` lists all exercises")
        })
}

/// What is told where no exercise can be named, since there are none.
pub fn no_exercises(packs: &[Arc<Pack>]) -> Option<Failure> {
    if packs.iter().any(|pack| !pack.exercises.is_empty()) {
        return None;
    }
    let titles: Vec<_> = packs.iter().map(|pack| format!("`{}`", pack.title)).collect();
    let titles = titles.join(" and ");
    let failure = if packs.iter().all(|pack| is_document(pack)) {
        Failure::usage(format!("{titles} is a document: it has no exercises"))
    } else {
        Failure::usage(format!("{titles} has no exercises"))
    };
    Some(failure.hint("`patterns-tui list` lists what there is to read, `patterns-tui show NAME` shows it"))
}

/// Every exercise of every pack.
pub fn exercises(packs: &[Arc<Pack>]) -> Vec<Chosen> {
    let all = |pack: &Arc<Pack>| {
        let pack = Arc::clone(pack);
        (0..pack.exercises.len()).map(move |at| Chosen { pack: Arc::clone(&pack), at })
    };
    packs.iter().flat_map(all).collect()
}

/// Adds the names that are nearest to what was typed.
pub fn suggest(failure: Failure, typed: &str, known: &[String]) -> Failure {
    match nearest(typed, known).as_slice() {
        [] => failure,
        names => {
            let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            failure.hint(format!("did you mean {}?", quoted.join(" or ")))
        }
    }
}

/// At most three names, the nearest first.
fn nearest(typed: &str, known: &[String]) -> Vec<String> {
    // A letter or two are part of almost every name.
    if typed.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
        return Vec::new();
    }
    let typos = u16::try_from(typed.chars().count() / 3).unwrap_or(u16::MAX);
    let config = Config { max_typos: Some(typos.max(1)), ..Config::default() };
    let mut matches = Matcher::new(typed, &config).match_list(known);
    matches.sort_by_key(|found| std::cmp::Reverse(found.score));
    // A perfect match scores about 16 for a letter; well below that, letters fit by accident.
    let near = matches.first().map_or(0, |best| best.score / 4 * 3);
    let least = u16::try_from(typed.chars().count() * 12).unwrap_or(u16::MAX);
    matches.retain(|found| found.score >= near.max(least));
    // A slip of the finger leaves a name about as long as it was.
    let name = |index: u32| known.get(index as usize);
    let longer = |name: &String| name.chars().count().abs_diff(typed.chars().count()) > usize::from(typos);
    matches.sort_by_key(|found| name(found.index).is_none_or(longer));
    matches.into_iter().take(3).filter_map(|found| known.get(found.index as usize).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<String> {
        ["strategy", "command", "builder", "service-layer", "user-api"].map(str::to_owned).into()
    }

    #[test]
    fn a_slip_finds_the_name() {
        for typed in ["stratgy", "strategi", "strat", "startegy"] {
            assert_eq!(nearest(typed, &known()).first().map(String::as_str), Some("strategy"), "{typed}");
        }
        assert_eq!(nearest("api", &known()), ["user-api"]);
        let longer = ["strategy-impl-trait", "strategy-async-dyn", "strategy"].map(str::to_owned);
        assert_eq!(nearest("strategi", &longer).first().map(String::as_str), Some("strategy"));
    }

    #[test]
    fn what_is_like_nothing_finds_nothing() {
        assert!(nearest("zzzzzz", &known()).is_empty());
        assert!(nearest("xkcd", &known()).is_empty());
        assert!(["", "#", "r", "st"].iter().all(|typed| nearest(typed, &known()).is_empty()));
        assert!(nearest("nope", &["mock-per-type".to_owned(), "put-not-wired".to_owned()]).is_empty());
    }
}
