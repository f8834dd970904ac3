//! `reset`: the starter put back, or the files from before that; of a quiz, its answers.

use crate::failure::{EXIT_OK, Failure};
use crate::headless::at_hand::named_or_here;
use crate::headless::quiz;
use crate::headless::session::Session;
use crate::pack::Kind;
use crate::progress::Change;
use crate::sandbox::SandboxError;

/// Resets an exercise or undoes that.
pub(super) fn run(exercise: Option<&str>, undo: bool, session: &mut Session) -> Result<u8, Failure> {
    let chosen = named_or_here(exercise, session)?;
    if chosen.exercise().kind == Kind::Quiz {
        return quiz::reset(&chosen, undo, session);
    }
    let (pack, exercise) = (&chosen.pack, chosen.exercise());
    if undo {
        return match session.sandbox.restore(pack, exercise) {
            Err(SandboxError::NothingToRestore) => {
                Err(Failure::usage(format!("`{}` has no reset to undo", exercise.id)))
            }
            restored => {
                restored?;
                session.keep(&[Change::Restored { pack: pack.id.clone(), exercise: exercise.id.clone() }]);
                session.console.note(&format!("`{}` is as it was before the reset", exercise.id));
                Ok(EXIT_OK)
            }
        };
    }
    // Where nothing is taken away, what an earlier reset took stays what can be brought back, with what was known of it.
    let was_changed = session.sandbox.reset(pack, exercise)?;
    if was_changed {
        session.keep(&[Change::Reset { pack: pack.id.clone(), exercise: exercise.id.clone() }]);
    }
    let id = &exercise.id;
    let undo = if session.sandbox.restorable(pack, exercise) {
        format!("; `patterns-tui reset --undo {id}` brings your files back")
    } else {
        String::new()
    };
    let since = if was_changed { "again" } else { "already" };
    session.console.note(&format!("`{id}` is the starter {since}{undo}"));
    Ok(EXIT_OK)
}
