//! "Did you mean": the known name that is nearest to what was written.

/// Advice for an unknown name: the nearest known one, or else all of them.
pub(super) fn suggest(written: &str, known: &[&str]) -> String {
    match nearest(written, known) {
        Some(name) => format!("did you mean `{name}`?"),
        None if known.is_empty() => "there is none to choose from".to_owned(),
        None if known.len() > 12 => format!("there are {} of them, none is spelled like this", known.len()),
        None => format!(
            "known are {}",
            known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// What is longer than this, in bytes, is no slip of the finger, and would take long to compare.
const LONGEST: usize = 120;

/// Of so many names the nearest is looked for; whoever has more did not write them by hand.
const MOST: usize = 500;

/// The nearest name, if it is near enough to be meant.
fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    if written.len() > LONGEST {
        return None;
    }
    let limit = written.chars().count().max(3) / 3;
    known
        .iter()
        .take(MOST)
        .filter(|name| name.len() <= LONGEST)
        .map(|name| (distance(&written.to_lowercase(), &name.to_lowercase()), *name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// How many letters must be added, removed, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        let known = ["implement", "repair", "test", "quiz"];
        for (written, meant) in
            [("implment", "implement"), ("reapir", "repair"), ("Quiz", "quiz"), ("tset", "test")]
        {
            assert_eq!(suggest(written, &known), format!("did you mean `{meant}`?"));
        }
    }

    #[test]
    fn a_wild_guess_gets_the_list() {
        assert_eq!(suggest("banana", &["none", "service"]), "known are `none`, `service`");
        assert_eq!(suggest("x", &[]), "there is none to choose from");
    }
}
