//! `solution`: the model answer, once it is earned or asked for on purpose.

use crate::failure::{EXIT_OK, Failure};
use crate::headless::at_hand::named_or_at_hand;
use crate::headless::names::Chosen;
use crate::headless::session::{Session, with_files};
use crate::progress::{Change, State};
use crate::text::code::highlight;
use crate::text::{Role, Style};

/// Prints the model answer.
pub(super) fn run(exercise: Option<&str>, reveal: bool, session: &mut Session) -> Result<u8, Failure> {
    let chosen = with_files(named_or_at_hand(exercise, session)?)?;
    unlock(&chosen, reveal, session)?;
    let exercise = chosen.exercise();
    let files: Vec<_> = exercise
        .solution
        .iter()
        .filter(|(path, text)| exercise.starter.get(*path) != Some(text) || exercise.edit.contains(path))
        .collect();
    for (at, (path, text)) in files.iter().enumerate() {
        if files.len() > 1 {
            if at > 0 {
                session.console.blank();
            }
            session.console.text(format!("// {path}"), Style::of(Role::Muted));
        }
        for line in highlight("rust", text) {
            session.console.line(&line);
        }
    }
    Ok(EXIT_OK)
}

/// Refuses unless the exercise was passed or the model answer is wanted all the same, which is recorded.
pub(super) fn unlock(chosen: &Chosen, reveal: bool, session: &mut Session) -> Result<(), Failure> {
    let record = session.record()?;
    let (pack, exercise) = (chosen.pack.id.clone(), chosen.exercise().id.clone());
    let revealed = record.exercise(&pack, &exercise).is_some_and(|known| known.revealed);
    if revealed || record.state(&pack, &exercise) == State::Passed {
        return Ok(());
    }
    if !reveal {
        return Err(Failure::usage(format!("the model answer of `{exercise}` is locked until you pass"))
            .hint(format!("`patterns-tui hint {exercise}` helps without giving it away"))
            .hint("--reveal shows it all the same"));
    }
    session.keep(&[Change::Revealed { pack, exercise }]);
    Ok(())
}
