//! Tests of texts that are made to take long: each takes a fraction of a second, where doing things twice took minutes.

use std::time::{Duration, Instant};

use crate::text::ansi::{self, Limit, Live};
use crate::text::{diff, markdown, prose};

/// Much longer than any takes on a busy machine, much shorter than what is to be noticed.
const PATIENCE: Duration = Duration::from_secs(15);

fn in_time<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    assert!(start.elapsed() < PATIENCE, "{what} took {:?}", start.elapsed());
    done
}

#[test]
fn any_document_is_laid_out_in_time() {
    let rows = |cell: &str, columns: usize, rows: usize| {
        let row = |cell: &str| format!("{}|\n", format!("|{cell}").repeat(columns));
        format!("{}{}{}", row("a"), row("-"), row(cell).repeat(rows))
    };
    let footnotes: String =
        (0..20_000).fold(String::new(), |all, n| all + &format!("x[^{n}]\n\n[^{n}]: t\n\n"));
    let documents = [
        ("one word", "x".repeat(1 << 20)),
        ("one word of wide letters", "é".repeat(1 << 19)),
        ("marks on one letter", format!("a{}", "\u{301}".repeat(1 << 19))),
        ("quotes in quotes", "> ".repeat(100_000)),
        ("lists in lists", "- ".repeat(100_000)),
        ("brackets", format!("{}{}", "[".repeat(50_000), "]".repeat(50_000))),
        ("links", "[a](b) ".repeat(50_000)),
        ("emphasis without end", "*a _b ".repeat(100_000)),
        ("a table of many rows", rows("c d e", 2, 5_000)),
        ("a table of many columns", rows("c", 10_000, 1)),
        ("a table of a long word", rows(&"w".repeat(1 << 19), 2, 1)),
        ("footnotes", footnotes),
        ("headings of one name", "# A\n\n".repeat(30_000)),
        ("code of nothing but tabs", format!("```\n{}\n```\n", "\t".repeat(1 << 20))),
    ];
    for (what, source) in documents {
        let parsed = in_time(what, || markdown::parse(&source));
        in_time(what, || prose::lay_out(&parsed, 80, 80));
    }
}

#[test]
fn a_table_is_laid_out_in_time_where_no_terminal_bounds_it() {
    let row = |cell: &str| format!("{}|\n", format!("|{cell}").repeat(2_000));
    let parsed = markdown::parse(&format!("{}{}{}", row("a"), row("-"), row(&"w".repeat(4_000))));
    in_time("a wide table", || prose::lay_out(&parsed, 84, u16::MAX));
}

#[test]
fn any_output_is_read_in_time() {
    for erase in ["\x1b[1K", "\x1b[2K"] {
        let lines = in_time("erasing", || ansi::lines("x".repeat(60_000) + &erase.repeat(50_000)));
        assert!(lines[0].text().trim().is_empty());
    }
    let mut live = Live::new(Limit::default());
    in_time("letter by letter", || (0..60_000).for_each(|_| live.push(b"x")));
    assert_eq!(live.lines()[0].text().len(), 60_000);
}

#[test]
fn texts_without_order_are_compared_in_time() {
    let text =
        |step: usize| (0..30_000).fold(String::new(), |all, n| all + &format!("{}\n", n * step % 30_011));
    let (old, new) = (text(1), text(7_919));
    assert!(!in_time("comparing", || diff::lines(&old, &new, 3)).is_empty());
}
