//! "Did you mean": the known name that is nearest to what was written.

/// Advice for an unknown name: the nearest known one, or else all of them.
pub(super) fn suggest(written: &str, known: &[&str]) -> String {
    match nearest(written, known) {
        Some(name) => format!("did you mean `{name}`?"),
        None if known.is_empty() => count(known),
        None if known.len() > 12 => format!("there are {} of them, none is spelled like this", known.len()),
        None => format!(
            "known are {}",
            known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Advice that compares nothing.
pub(super) fn count(known: &[&str]) -> String {
    match known.len() {
        0 => "there is none to choose from".to_owned(),
        1 => "there is one to choose from".to_owned(),
        several => format!("there are {several} to choose from"),
    }
}

/// What is longer than this, in bytes, is no slip of the finger, and would take long to compare.
const LONGEST: usize = 120;

/// Of so many names the nearest is looked for; whoever has more did not write them by hand.
const MOST: usize = 500;

/// Nobody slips more often than this in one name.
const SLIPS: usize = 8;

/// The nearest name, if it is near enough to be meant.
fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    if written.len() > LONGEST {
        return None;
    }
    let letters = |name: &str| name.to_lowercase().chars().collect::<Vec<_>>();
    let written = letters(written);
    let mut limit = (written.len().max(3) / 3).min(SLIPS);
    let mut near = None;
    for name in known.iter().take(MOST).filter(|name| name.len() <= LONGEST) {
        if let Some(distance) = distance(&written, &letters(name), limit) {
            // Of those that are as near, the first in the order of the alphabet.
            near = near.into_iter().chain([(distance, *name)]).min();
            limit = distance;
        }
    }
    near.map(|(_, name)| name)
}

/// How many letters must be added, removed, changed or swapped with their neighbour; `None` where that are more than `limit`. So
/// only what stands near the diagonal is looked at, and names that begin differently are left soon.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let far = limit + 1;
    let (mut before, mut last) = (vec![far; b.len() + 1], (0..=b.len()).collect::<Vec<_>>());
    let mut row = before.clone();
    let mut nearest = 0;
    for i in 1..=a.len() {
        let (first, end) = (i.saturating_sub(limit).max(1), (i + limit).min(b.len()));
        row[first - 1] = if first == 1 { i.min(far) } else { far };
        let nearest_before = nearest;
        nearest = row[first - 1];
        for j in first..=end {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row[j] = best;
            nearest = nearest.min(best);
        }
        if end < b.len() {
            row[end + 1] = far;
        }
        // A swap leads over one row.
        if nearest.min(nearest_before) > limit {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.last().copied().filter(|distance| *distance <= limit)
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
    fn letters_are_counted_up_to_a_limit() {
        let within = |a: &str, b: &str, limit| {
            let [a, b] = [a, b].map(|name| name.chars().collect::<Vec<_>>());
            distance(&a, &b, limit)
        };
        for (a, b, apart) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("abcdef", "bacdfe", 2),
            ("ab", "ab", 0),
        ] {
            assert_eq!(within(a, b, apart), Some(apart), "{a} {b}");
            assert_eq!(within(a, b, 8), Some(apart), "{a} {b}");
            assert!(apart == 0 || within(a, b, apart - 1).is_none(), "{a} {b}");
        }
    }

    #[test]
    fn a_wild_guess_gets_the_list() {
        assert_eq!(suggest("banana", &["none", "service"]), "known are `none`, `service`");
        assert_eq!(suggest("x", &[]), "there is none to choose from");
    }
}
