//! `hint`: the next hint for the step at hand, one at a time.

use crate::failure::{EXIT_OK, Failure};
use crate::headless::at_hand::named_or_at_hand;
use crate::headless::command::Hint;
use crate::headless::prose;
use crate::headless::quiz::how_to_answer;
use crate::headless::session::Session;
use crate::pack::{Exercise, Kind};
use crate::progress::{Change, ExerciseRecord};
use crate::text::{Role, Style, sanitise};

/// Shows one hint more.
pub(super) fn run(hint: &Hint, session: &mut Session) -> Result<u8, Failure> {
    let chosen = named_or_at_hand(hint.exercise.as_deref(), session)?;
    let exercise = chosen.exercise();
    if exercise.kind == Kind::Quiz {
        return Err(Failure::usage(format!(
            "`{}` is a quiz: it has no hints, each answer is explained",
            exercise.id
        ))
        .hint(how_to_answer(exercise)));
    }
    let record = session.record()?;
    let known = record.exercise(&chosen.pack.id, &exercise.id).cloned().unwrap_or_default();
    let at = step_at(exercise, hint.step, &known)?;
    let step = &exercise.steps[at];
    let seen = known.hints.get(&at).copied().unwrap_or(0).min(step.hints.len());
    let shown = if hint.seen { seen } else { (seen + 1).min(step.hints.len()) };

    let title = format!("Step {} of {}: {}", at + 1, exercise.steps.len(), sanitise(&step.title));
    session.console.text(title, Style::of(Role::Heading(2)).bold());
    let first = if hint.seen || shown == seen { 0 } else { shown - 1 };
    for (number, hint) in step.hints.iter().enumerate().take(shown).skip(first) {
        session.console.blank();
        session.console.text(format!("Hint {} of {}", number + 1, step.hints.len()), Role::Muted);
        prose::write(hint, &mut session.console);
    }
    session.console.note(&advice(exercise, hint.step, shown, step.hints.len()));
    if shown > seen {
        let pack = chosen.pack.id.clone();
        session.keep(&[Change::Hinted { pack, exercise: exercise.id.clone(), step: at, shown }]);
    }
    Ok(EXIT_OK)
}

/// The step that was asked for, from 0; else the first of which a test does not pass yet.
fn step_at(exercise: &Exercise, asked: Option<usize>, known: &ExerciseRecord) -> Result<usize, Failure> {
    let steps = exercise.steps.len();
    match asked {
        Some(number) if (1..=steps).contains(&number) => Ok(number - 1),
        Some(number) => Err(Failure::usage(format!("`{}` has no step {number}", exercise.id))
            .hint(format!("its steps are 1 to {steps}"))),
        None if steps == 0 => Err(Failure::usage(format!("`{}` has no steps", exercise.id))),
        None => {
            // A test whose server may not be there keeps no step open.
            let left =
                |test: &String| !known.passing.contains(test) && exercise.needs_of(test).next().is_none();
            let open = |step: &crate::pack::Step| step.tests.iter().any(left);
            Ok(exercise.steps.iter().position(open).unwrap_or(steps - 1))
        }
    }
}

fn advice(exercise: &Exercise, asked: Option<usize>, shown: usize, all: usize) -> String {
    let id = &exercise.id;
    let step = asked.map(|number| format!(" --step {number}")).unwrap_or_default();
    match all - shown {
        _ if all == 0 => "this step has no hints".to_owned(),
        0 => format!("that was the last hint; `patterns-tui solution {id} --reveal` shows the model answer"),
        more => format!("{more} more: `patterns-tui hint {id}{step}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Need;

    #[test]
    fn advice_counts_down() {
        let exercise = exercise();
        assert_eq!(advice(&exercise, None, 1, 3), "2 more: `patterns-tui hint strategy`");
        assert_eq!(advice(&exercise, Some(2), 1, 3), "2 more: `patterns-tui hint strategy --step 2`");
        assert!(advice(&exercise, None, 3, 3).contains("--reveal"));
        assert_eq!(advice(&exercise, None, 0, 0), "this step has no hints");
    }

    #[test]
    fn the_first_open_step_is_at_hand() {
        let exercise = exercise();
        let mut known = ExerciseRecord::default();
        assert_eq!(step_at(&exercise, None, &known).unwrap(), 0);
        let first = exercise.steps[0].tests.iter().cloned();
        known.passing.extend(first);
        assert_eq!(step_at(&exercise, None, &known).unwrap(), 1);
        assert!(step_at(&exercise, Some(99), &known).is_err());
        assert_eq!(step_at(&exercise, Some(1), &known).unwrap(), 0);
    }

    #[test]
    fn a_test_that_may_be_skipped_keeps_no_step_open() {
        let exercise = Exercise {
            needs: vec![Need {
                env: "DATABASE_URL".into(),
                tests: vec![exercise().steps[0].tests[0].clone()],
                how: "start one".into(),
            }],
            ..exercise()
        };
        let mut known = ExerciseRecord::default();
        known.passing.extend(exercise.steps[0].tests.iter().skip(1).cloned());
        assert_eq!(step_at(&exercise, None, &known).unwrap(), 1);
    }

    fn exercise() -> Exercise {
        let pack = crate::pack::builtin().unwrap();
        pack.exercise("strategy").unwrap().clone()
    }
}
