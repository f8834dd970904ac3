//! `diff`: the learner's answer against the model answer, as a unified diff.

use similar::TextDiff;

use crate::failure::{EXIT_OK, Failure};
use crate::headless::at_hand::named_or_at_hand;
use crate::headless::session::{Session, with_files};
use crate::headless::solution::unlock;
use crate::text::remarks::{comment_mark, without_remarks};
use crate::text::{Line, Role, sanitise};

/// Prints what the model answer does differently.
pub(super) fn run(exercise: Option<&str>, reveal: bool, session: &mut Session) -> Result<u8, Failure> {
    let chosen = with_files(named_or_at_hand(exercise, session)?)?;
    unlock(&chosen, reveal, session)?;
    let exercise = chosen.exercise();
    let starter_of = |path: &String| exercise.starter.get(path).map(ToString::to_string).unwrap_or_default();
    let (mut differs, mut has_remarks) = (false, false);
    for path in &exercise.edit {
        let is_begun = || session.sandbox.crate_dir(&chosen.pack, exercise).exists();
        let own = match session.sandbox.read(&chosen.pack, exercise, path)? {
            own if own.is_empty() && !is_begun() => starter_of(path),
            own => own,
        };
        let model = exercise.solution.get(path).or_else(|| exercise.starter.get(path));
        let model: &str = model.map_or("", AsRef::as_ref);
        let compared = without_remarks(own.split('\n'), &starter_of(path), model, comment_mark(path));
        has_remarks |= compared != own;
        let diff = TextDiff::from_lines(compared.as_str(), model);
        let text = diff
            .unified_diff()
            .context_radius(3)
            .header(&format!("yours/{path}"), &format!("model/{path}"))
            .to_string();
        differs |= !text.is_empty();
        for line in text.lines() {
            session.console.line(&Line::of(sanitise(line), role_of(line)));
        }
    }
    if !differs {
        let but = if has_remarks { "but for the starter's own comments" } else { "word for word" };
        session.console.note(&format!("your answer is the model answer, {but}"));
    }
    Ok(EXIT_OK)
}

fn role_of(line: &str) -> Role {
    match line.as_bytes() {
        [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => Role::Heading(3),
        [b'+', ..] => Role::Success,
        [b'-', ..] => Role::Failure,
        [b'@', ..] => Role::Accent,
        _ => Role::Text,
    }
}
