//! What a compiler drew, in fewer columns: words are wrapped below where they begin, code stays in its lines.

use std::ops::Range;

use crate::text::style::{Line, Span, Style};
use crate::text::width::{ELLIPSIS, append, line_width, prefix, width, window};
use crate::text::wrap::wrap;

/// With less room than this beside an underline, what is said of it goes below.
const LEAST: usize = 32;

/// What the lines of a message after its first are indented by, as `rustc` does it itself.
const HANGING: usize = 2;

/// How many cells of code are kept beside what is underlined.
const BESIDE: usize = 4;

/// What an underline is drawn with, and the lines that lead from it to what is said of it.
const UNDERLINE: &str = " |^~-_+/\\";

/// The lines of a compiler's message within `cells`. Only a line of code may be longer: whoever draws it cuts it, but not
/// before what is underlined.
pub fn fit(mut lines: Vec<Line>, cells: usize) -> Vec<Line> {
    for excerpt in lines.chunk_by_mut(|one, next| bar(one).is_some() && bar(one) == bar(next)) {
        if excerpt.iter().any(|line| line_width(line) > cells) {
            close_up(excerpt);
            slide(excerpt, cells);
        }
    }
    lines.into_iter().flat_map(|line| fit_line(line, cells)).collect()
}

/// Leaves out the cells between the bar and code that are empty in all lines of an excerpt, but for one.
fn close_up(excerpt: &mut [Line]) {
    let Some(bar) = excerpt.first().and_then(bar) else { return };
    let empty = |line: &Line| {
        let behind = line.text().split_off(bar);
        let words = behind.trim_start_matches(' ');
        (!words.is_empty()).then(|| behind.len() - words.len())
    };
    let common = excerpt.iter().filter_map(empty).min().unwrap_or(0).saturating_sub(1);
    for line in excerpt.iter_mut().filter(|_| common > 0) {
        let code = window(line, bar + common, usize::MAX).spans;
        line.spans = [window(line, 0, bar).spans, code].concat();
    }
}

/// Leaves out the beginning of an excerpt's code where what is underlined would not be seen.
fn slide(excerpt: &mut [Line], cells: usize) {
    let Some((bar, marked)) = excerpt.first().and_then(bar).zip(marked(excerpt)) else { return };
    if marked.end <= cells {
        return;
    }
    let longest = excerpt.iter().filter(|line| is_code(line)).map(line_width).max().unwrap_or_default();
    let wanted = (marked.end + BESIDE).min(longest.max(marked.end)) - cells;
    let shift = wanted.min(marked.start.saturating_sub(bar + BESIDE));
    for line in excerpt.iter_mut().filter(|_| shift > 0) {
        *line = if is_code(line) { cut_code(line, bar + 1, shift) } else { cut_said(line, bar + 1, shift) };
    }
}

/// The cells of an excerpt that are underlined: as wrong, as new, or else as what belongs to it; where lines are replaced, those in
/// which the new ones differ.
fn marked(excerpt: &[Line]) -> Option<Range<usize>> {
    let texts: Vec<String> = excerpt.iter().filter(|line| !is_code(line)).map(Line::text).collect();
    let underlined = |sign: &[char]| {
        let ranges = texts.iter().filter_map(|text| {
            let (bar, _) = frame(text)?;
            let end = text[bar..].find(|c| !UNDERLINE.contains(c)).map_or(text.len(), |at| bar + at);
            let from = text[bar..end].find(sign)?;
            let to = text[bar..end].rfind(sign)?;
            Some(width(&text[..bar + from])..width(&text[..=bar + to]))
        });
        ranges.reduce(|one, other| one.start.min(other.start)..one.end.max(other.end))
    };
    underlined(&['^', '~'])
        .or_else(|| underlined(&['+']))
        .or_else(|| underlined(&['-']))
        .or_else(|| replaced(excerpt))
}

/// The cells in which a line that the compiler suggests differs from the one whose place it takes.
fn replaced(excerpt: &[Line]) -> Option<Range<usize>> {
    let behind = |sign: char| {
        let text = excerpt
            .iter()
            .filter(|line| is_code(line))
            .map(Line::text)
            .find(|text| frame(text).is_some_and(|(bar, _)| text[..bar].ends_with(sign)))?;
        let (bar, _) = frame(&text)?;
        Some((width(&text[..bar]), text[bar..].to_owned()))
    };
    let ((bar, old), (_, new)) = (behind('-')?, behind('+')?);
    let same = old.chars().zip(new.chars()).take_while(|(old, new)| old == new);
    let start: usize = same.map(|(c, _)| c.len_utf8()).sum();
    let rest = old[start..].chars().rev().zip(new[start..].chars().rev());
    let end: usize = rest.take_while(|(old, new)| old == new).map(|(c, _)| c.len_utf8()).sum();
    Some(bar + width(&new[..start])..bar + width(&new[..new.len() - end]))
}

/// A line of code without `shift` cells from `at` on, which a mark stands for.
fn cut_code(line: &Line, at: usize, shift: usize) -> Line {
    let mut cut = window(line, 0, at);
    let left_out = window(line, at, shift + 1);
    if left_out.text().trim().is_empty() {
        cut.spans.extend(window(line, at + shift, usize::MAX).spans);
    } else {
        let style = left_out.spans.last().map(|span| span.style).unwrap_or_default();
        cut.spans.push(Span::new(ELLIPSIS, style));
        cut.spans.extend(window(line, at + shift + 1, usize::MAX).spans);
    }
    cut
}

/// What is said of code, moved with it, but for the words: they stay.
fn cut_said(line: &Line, at: usize, shift: usize) -> Line {
    let text = line.text();
    let words = frame(&text).and_then(|(bar, _)| label(&text, bar)).unwrap_or(usize::MAX);
    let mut cut = window(line, 0, at);
    cut.spans.extend(window(line, at + shift.min(words.saturating_sub(at)), usize::MAX).spans);
    cut
}

fn is_code(line: &Line) -> bool {
    frame(&line.text()).is_some_and(|(_, code)| code)
}

/// The cells up to the bar that stands before code.
fn bar(line: &Line) -> Option<usize> {
    frame(&line.text()).map(|(bar, _)| bar)
}

fn fit_line(line: Line, cells: usize) -> Vec<Line> {
    if line_width(&line) <= cells {
        return vec![line];
    }
    let text = line.text();
    match frame(&text) {
        Some((_, true)) => vec![line],
        Some((bar, false)) => match label(&text, bar) {
            Some(at) => labelled(&line, bar, at, cells),
            None => vec![line],
        },
        None => hang(&line, indent(&text).min(cells / 2), &Line::default(), cells),
    }
}

/// The cells up to the bar that stands before code, and whether code stands behind it or only what is said of it.
fn frame(text: &str) -> Option<(usize, bool)> {
    let number = text.trim_start_matches(' ');
    let behind = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = behind.len() < number.len();
    let sign = behind.trim_start_matches(' ');
    let bar = text.len() - sign.len() + 1;
    match sign.chars().next()? {
        '|' => Some((bar, numbered)),
        // A line that the compiler suggests.
        '+' | '-' | '~' if numbered => Some((bar, true)),
        _ => None,
    }
}

/// The cell at which the words behind an underline begin.
fn label(text: &str, bar: usize) -> Option<usize> {
    let at = text[bar..].find(|c: char| !UNDERLINE.contains(c))?;
    Some(width(&text[..bar + at]))
}

/// The cells at which a line of prose goes on in the next: below its own words.
fn indent(text: &str) -> usize {
    let words = text.trim_start_matches(' ');
    let before = text.len() - words.len();
    match words.strip_prefix("= ").and_then(|note| note.split_once(": ")) {
        Some((kind, _)) => before + "= ".len() + width(kind) + ": ".len(),
        None if before == 0 => HANGING,
        None => before,
    }
}

/// Words behind an underline, or below it where there is little room.
fn labelled(line: &Line, bar: usize, at: usize, cells: usize) -> Vec<Line> {
    let gutter = window(line, 0, bar);
    if at + LEAST <= cells {
        return hang(line, at, &gutter, cells);
    }
    let below = (bar + 1 + HANGING).min(cells / 2);
    let words = wrap(&window(line, at, usize::MAX).spans, cells - below);
    let underline = width(window(line, 0, at).text().trim_end());
    let mut lines = vec![window(line, 0, underline)];
    lines.extend(words.into_iter().map(|words| behind(&gutter, below, &words)));
    lines
}

/// Wraps what stands from a cell on; the lines that follow have the same beginning, filled up to there.
fn hang(line: &Line, at: usize, beginning: &Line, cells: usize) -> Vec<Line> {
    // A wide letter may stand across that cell.
    let whole = width(prefix(&line.text(), at));
    let first = window(line, 0, whole);
    let mut words = wrap(&window(line, whole, usize::MAX).spans, cells - at).into_iter();
    let head = words.next().map(|words| behind(&first, whole, &words));
    head.into_iter().chain(words.map(|words| behind(beginning, at, &words))).collect()
}

fn behind(beginning: &Line, cells: usize, words: &Line) -> Line {
    let missing = cells.saturating_sub(line_width(beginning));
    let mut line = beginning.clone();
    append(&mut line.spans, &" ".repeat(missing), Style::default());
    for span in &words.spans {
        append(&mut line.spans, &span.text, span.style);
    }
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fit;
    use crate::text::ansi;
    use crate::text::style::Line;
    use crate::text::width::line_width;

    fn fitted(drawn: &str, cells: usize) -> String {
        let lines = fit(ansi::lines(drawn), cells);
        lines.iter().map(|line| line.text() + "\n").collect()
    }

    #[test]
    fn a_message_keeps_its_shape_in_fewer_columns() {
        let drawn = "\x1b[1merror[E0277]\x1b[0m: the trait bound `Cart: PricingStrategy` is not satisfied here\n  \
                     --> src/lib.rs:140:9\n    |\n140 |     charge(&cart, RegularPricing::for_customers_of(region))\n    \
                     |     ------ ^^^^^ the trait `PricingStrategy` is not implemented for `Cart`\n    |     \
                     |\n    |     required by a bound introduced by this call of a function with a long name\n    \
                     = note: the trait is implemented for `RegularPricing` and for nothing else\n";
        insta::assert_snapshot!(fitted(drawn, 48), @r"
        error[E0277]: the trait bound `Cart:
          PricingStrategy` is not satisfied here
          --> src/lib.rs:140:9
            |
        140 | charge(&cart, RegularPricing::for_customers_of(region))
            | ------ ^^^^^
            |   the trait `PricingStrategy` is not
            |   implemented for `Cart`
            | |
            | required by a bound introduced by this
            | call of a function with a long name
            = note: the trait is implemented for
                    `RegularPricing` and for nothing
                    else
        ");
    }

    #[test]
    fn words_go_below_an_underline_that_leaves_them_no_room() {
        let drawn = format!(
            "7 | {}\n  | {}^^^^^ expected `f64`, found `u32` in this place\n",
            "x".repeat(60),
            " ".repeat(30)
        );
        insta::assert_snapshot!(fitted(&drawn, 40), @r"
        7 | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
          |                               ^^^^^
          |   expected `f64`, found `u32` in
          |   this place
        ");
    }

    #[test]
    fn code_that_is_too_wide_gives_up_the_white_space_before_it() {
        let drawn = "3 |         let found = values.iter().sum();\n  |             ^^^^^ never used\n\n4 |     let narrow = 1;\n";
        assert_eq!(
            fitted(drawn, 36),
            "3 | let found = values.iter().sum();\n  |     ^^^^^ never used\n\n4 |     let narrow = 1;\n"
        );
        assert_eq!(fitted(drawn, 60), drawn);
    }

    /// As `rustc` draws it.
    const FAR: &str = r"error[E0425]: cannot find value `reson` in this scope
 --> src/lib.rs:5:75
  |
5 |         self.map_err(|_error_that_is_not_told| AppError::ValidationFailed(reson.into()))
  |                                                                           ^^^^^ not found in this scope
  |
help: a local variable with a similar name exists
  |
5 |         self.map_err(|_error_that_is_not_told| AppError::ValidationFailed(reason.into()))
  |                                                                             +
";

    #[test]
    fn what_is_underlined_far_to_the_right_is_in_view() {
        insta::assert_snapshot!(fitted(FAR, 60), @r"
        error[E0425]: cannot find value `reson` in this scope
         --> src/lib.rs:5:75
          |
        5 | …_that_is_not_told| AppError::ValidationFailed(reson.into()))
          |                                                ^^^^^
          |   not found in this scope
          |
        help: a local variable with a similar name exists
          |
        5 | …or_that_is_not_told| AppError::ValidationFailed(reason.into()))
          |                                                    +
        ");
    }

    #[test]
    fn what_a_suggestion_replaces_far_to_the_right_is_in_view() {
        let sum = "let total = first_price_of_all + second_price_of_all +";
        let drawn = format!("5 -     {sum} thrd;\n5 +     {sum} third;\n");
        insta::assert_snapshot!(fitted(&drawn, 40), @r"
        5 - …_all + second_price_of_all + thrd;
        5 + …_all + second_price_of_all + third;
        ");
    }

    #[test]
    fn words_left_of_what_is_underlined_stay() {
        let drawn = format!("7 | {}\n  | ---- here\n  | {}^^^^\n", "x".repeat(60), " ".repeat(50));
        insta::assert_snapshot!(fitted(&drawn, 40), @r"
        7 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
          | here
          |                             ^^^^
        ");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_only_code_is_too_long(
            drawn in "( {0,5}[0-9]{0,2} ?[|+=]? ?[\\^-]{0,3} ?([a-z模:]{0,9} ?){0,9}\n){0,4}",
            cells in 12_usize..50,
        ) {
            let before = ansi::lines(&drawn);
            let after = fit(before.clone(), cells);
            let letters = |lines: &[Line]| -> String {
                let all = lines.iter().map(Line::text).collect::<String>();
                all.chars().filter(|c| c.is_alphanumeric()).collect()
            };
            // Of code that is too wide the beginning may be left out.
            let cut = before.iter().any(|line| super::is_code(line) && line_width(line) > cells);
            prop_assert!(cut || letters(&after) == letters(&before), "{:?}", after);
            let is_code = |line: &Line| line.text().contains(['|', '+', '-']);
            prop_assert!(after.iter().all(|line| line_width(line) <= cells || is_code(line)), "{:?}", after);
        }
    }
}
