//! A problem as the compiler draws it, without places inside the standard library: no reader can open them.

use crate::app::area::Area;
use crate::cargo::Diagnostic;
use crate::text::{Line, ansi, diagnostic};

/// From so many columns on the chosen problem stands in full beside the list of all.
pub const BESIDE: u16 = 110;

/// In fewer rows it would not come to the code that it is about.
const LEAST: u16 = 4;

/// What begins a place in sources that are not on this machine.
const AWAY: &str = "/rustc/";

/// A problem as the compiler draws it, within `cells`.
pub fn rendered(problem: &Diagnostic, cells: usize) -> Vec<Line> {
    diagnostic::fit(at_hand(ansi::lines(&problem.rendered)), cells)
}

/// The list of so many problems, and what is left below it for the chosen one in full: nothing where that stands beside the list,
/// or where the panel is too low.
pub fn stacked(area: Area, problems: usize) -> (Area, Area) {
    let rows = u16::try_from(problems).unwrap_or(u16::MAX).min((area.height / 3).max(1));
    let below = area.width < BESIDE && area.height >= rows + LEAST;
    area.split_top(if below { rows } else { area.height })
}

/// The lines without places elsewhere and what is said of them alone; a place that more hangs on stays.
fn at_hand(lines: Vec<Line>) -> Vec<Line> {
    let texts: Vec<String> = lines.iter().map(|line| line.text().trim().to_owned()).collect();
    let said = |at: usize| texts.get(at).is_some_and(|text| text.ends_with(" here"));
    let mut shown = vec![true; lines.len()];
    for at in (0..lines.len()).filter(|at| is_away(&texts[*at])) {
        let bar = texts.get(at + 1).is_some_and(|text| text == "|");
        let note = texts.get(at + 2).is_some_and(|text| text.starts_with("= note: "));
        if bar && note && said(at + 2) {
            shown[at..=at + 2].fill(false);
        } else if at > 0 && texts[at - 1].starts_with("note: ") && said(at - 1) && !bar {
            shown[at - 1..=at].fill(false);
        }
    }
    lines.into_iter().zip(shown).filter_map(|(line, shown)| shown.then_some(line)).collect()
}

fn is_away(text: &str) -> bool {
    ["--> ", "::: "].iter().any(|arrow| text.strip_prefix(arrow).is_some_and(|place| place.starts_with(AWAY)))
}

#[cfg(test)]
mod tests {
    use super::at_hand;
    use crate::text::{Line, ansi};

    fn shown(drawn: &str) -> String {
        at_hand(ansi::lines(drawn)).iter().map(Line::text).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_defined_elsewhere_is_left_out_and_its_help_stays() {
        let drawn = "error: cannot find macro `printn` in this scope\n --> src/lib.rs:1:13\n  |\n1 | fn main() { printn!(); }\n  \
                     |             ^^^^^^\n  |\n \x1b[1m--> \x1b[0m/rustc/59807616/library/std/src/macros.rs:138:0\n  |\n  \
                     = note: similarly named macro `println` defined here\nhelp: a macro with a similar name exists\n  |\n\
                     1 | fn main() { println!(); }\n  |                  +\n";
        insta::assert_snapshot!(shown(drawn), @r"
        error: cannot find macro `printn` in this scope
         --> src/lib.rs:1:13
          |
        1 | fn main() { printn!(); }
          |             ^^^^^^
          |
        help: a macro with a similar name exists
          |
        1 | fn main() { println!(); }
          |                  +
        ");
    }

    #[test]
    fn a_note_that_only_names_such_a_place_goes_with_it() {
        let drawn = "  |\nnote: associated function defined here\n --> /rustc/59807616/library/alloc/src/string.rs:437:17\n\
                     help: remove the extra argument\n";
        assert_eq!(shown(drawn), "  |\nhelp: remove the extra argument");
    }

    #[test]
    fn what_says_more_stays_and_so_do_places_at_hand() {
        for drawn in [
            "note: required by a bound in `spawn`\n --> /rustc/59807616/library/std/src/thread.rs:7:0\n  |\n  = note: required by this bound",
            "note: method defined here\n --> src/lib.rs:2:8\n  |\n2 | fn a() {}",
        ] {
            assert_eq!(shown(drawn), drawn);
        }
    }
}
