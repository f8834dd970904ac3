//! Lines keep within the width that the reader shows them in.

use patterns_tui::text::markdown::{BlockKind, Inline, hidden, plain};
use patterns_tui::text::width::width;

use crate::assert_none;
use crate::documents::{self, Document, each_block};

/// The columns of code and diagrams: what the reader has for them on a terminal of 80.
const CODE: usize = 74;
/// The columns of a table on such a terminal.
const TABLE: usize = 76;
/// Between two columns of a table.
const GAP: usize = 2;

#[test]
fn code_and_diagrams_keep_within_their_width() {
    let mut complaints = Vec::new();
    for document in documents::chapters().into_iter().chain(documents::of_exercises()) {
        for block in document.code_blocks() {
            let is_rust = block.info.starts_with("rust");
            for (at, line) in block.text.lines().enumerate() {
                let shown = !is_rust || hidden(line).is_none();
                if shown && width(line) > CODE {
                    let place = format!("{}:{}", document.file.display(), block.line + at);
                    complaints.push(format!("{place}: {} columns, {CODE} is the most: {line}", width(line)));
                }
            }
        }
    }
    assert_none(&complaints);
}

#[test]
fn tables_are_shown_as_tables() {
    let mut complaints = Vec::new();
    for document in documents::chapters().into_iter().chain(documents::of_exercises()) {
        each_block(&document.parse().blocks, &mut |block| {
            if let BlockKind::Table { header, rows, .. } = &block.kind {
                let wide = narrowest(header, rows);
                if wide > TABLE {
                    let line = document.text[..block.source.start].matches('\n').count() + 1;
                    let place = format!("{}:{line}", document.file.display());
                    complaints
                        .push(format!("{place}: a table of {wide} columns at least, {TABLE} is the most"));
                }
            }
        });
    }
    assert_none(&complaints);
}

/// The columns that a table needs if no word of it is to be broken.
fn narrowest(header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> usize {
    let longest = |cell: &Vec<Inline>| plain(cell).split_whitespace().map(width).max().unwrap_or(0);
    let cells = |column: usize| {
        header.get(column).into_iter().chain(rows.iter().filter_map(move |row| row.get(column)))
    };
    let columns = (0..header.len()).map(|column| cells(column).map(longest).max().unwrap_or(0));
    columns.sum::<usize>() + GAP * header.len().saturating_sub(1)
}

#[test]
fn what_is_too_wide_is_noticed() {
    let document = |long: usize| Document {
        file: "x.md".into(),
        text: format!("| a b | c |\n|---|---|\n| {} | two words |\n", "x".repeat(long)),
    };
    let wide = |document: &Document| match &document.parse().blocks[0].kind {
        BlockKind::Table { header, rows, .. } => narrowest(header, rows),
        _ => 0,
    };
    assert_eq!((wide(&document(69)), wide(&document(70))), (TABLE, TABLE + 1));
}
