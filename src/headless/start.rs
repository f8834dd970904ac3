//! `start`: an exercise placed in the sandbox, for people who live in their own editor.

use crate::failure::{EXIT_OK, Failure};
use crate::headless::session::Session;
use crate::progress::{Change, Place};
use crate::sandbox::Tree;

/// Places an exercise and prints its directory.
pub(super) fn run(exercise: &str, session: &mut Session) -> Result<u8, Failure> {
    let chosen = session.exercise_with_files(exercise)?;
    let exercise = chosen.exercise();
    let placed = session.sandbox.place(&chosen.pack, exercise, Tree::Learner)?;
    let (pack, id) = (chosen.pack.id.clone(), exercise.id.clone());
    session.keep(&[
        Change::Started { pack: pack.clone(), exercise: id.clone() },
        Change::Visited(Place {
            pack,
            chapter: exercise.section.chapter.clone(),
            section: exercise.section.anchor.clone(),
            exercise: Some(id),
            below: 0,
        }),
    ]);
    session.console.raw(&format!("{}\n", placed.dir.display()));
    session.console.note(&format!(
        "edit {} there; `patterns-tui show {id}` tells what to do, `patterns-tui watch {id}` judges at every save",
        exercise.edit.join(", "),
        id = exercise.id,
    ));
    if let Some(cost) = chosen.pack.opt_in(&exercise.set)
        && !session.engine.is_built(&chosen.pack, &exercise.set)
    {
        session.console.note(&format!(
            "its crates are not built: {cost}; `patterns-tui warm --set {}` builds them ahead, else the first check does",
            exercise.set,
        ));
    }
    Ok(EXIT_OK)
}
