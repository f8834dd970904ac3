//! The exercise that is meant where none is named.

use std::env;
use std::path::Path;

use crate::failure::Failure;
use crate::headless::names::{self, Chosen};
use crate::headless::session::Session;
use crate::progress::Record;

/// The exercise of this name, or without one the exercise at hand.
pub(super) fn named_or_at_hand(name: Option<&str>, session: &mut Session) -> Result<Chosen, Failure> {
    match name {
        Some(name) => session.exercise(name),
        None => at_hand(NAME_ONE, session),
    }
}

/// The exercise of the current directory, or else the one that the learner was at last or, where that was a section, worked on last;
/// `advice` is for where there is none.
pub(super) fn at_hand(advice: &str, session: &mut Session) -> Result<Chosen, Failure> {
    if let Some(here) = here(session) {
        return Ok(here);
    }
    let record = session.record()?;
    let is_last = |chosen: &Chosen| {
        record.last.as_ref().is_some_and(|place| {
            place.pack == chosen.pack.id && place.exercise.as_ref() == Some(&chosen.exercise().id)
        })
    };
    let all = names::exercises(&session.packs);
    let found = all.iter().find(|chosen| is_last(chosen)).or_else(|| {
        let worked_on = |chosen: &&Chosen| worked_on(&record, chosen);
        all.iter().filter(|chosen| worked_on(chosen).is_some()).max_by_key(worked_on)
    });
    found.cloned().ok_or_else(|| unnamed("no exercise is named", advice, session))
}

/// When an exercise was begun or judged last, in seconds since the Unix epoch; `None` if it was neither.
fn worked_on(record: &Record, chosen: &Chosen) -> Option<u64> {
    let exercise = record.exercises.get(&chosen.pack.id)?.get(&chosen.exercise().id)?;
    exercise.last.as_ref().map(|attempt| attempt.at).max(exercise.started)
}

/// The exercise of this name, or without one that of the current directory: for what takes something away, to have been at
/// an exercise last is not to mean it.
pub(super) fn named_or_here(name: Option<&str>, session: &Session) -> Result<Chosen, Failure> {
    match name {
        Some(name) => session.exercise(name),
        None => here(session).ok_or_else(|| {
            unnamed("no exercise is named, and the current directory is not an exercise's", NAME_ONE, session)
        }),
    }
}

/// What is told where none is meant; whoever reads a document could name none.
fn unnamed(what: &str, advice: &str, session: &Session) -> Failure {
    names::no_exercises(&session.packs).unwrap_or_else(|| Failure::usage(what).hint(advice))
}

fn here(session: &Session) -> Option<Chosen> {
    names::exercises(&session.packs).into_iter().find(|chosen| is_here(chosen, session))
}

/// Whether the current directory is an exercise's crate or in it.
fn is_here(chosen: &Chosen, session: &Session) -> bool {
    let dir = session.sandbox.crate_dir(&chosen.pack, chosen.exercise());
    let real = |path: &Path| path.canonicalize().ok();
    let (Some(here), Some(dir)) = (env::current_dir().ok().as_deref().and_then(real), real(&dir)) else {
        return false;
    };
    here.starts_with(dir)
}

const NAME_ONE: &str = "name one; `patterns-tui list` lists all";
