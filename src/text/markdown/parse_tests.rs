//! Tests of the parser.

use proptest::prelude::*;

use super::{parse, plain};
use crate::text::markdown::{Alert, Block, BlockKind, Inline};

fn kinds(source: &str) -> Vec<BlockKind> {
    parse(source).blocks.into_iter().map(|block| block.kind).collect()
}

fn headings(source: &str) -> Vec<(u8, String, String)> {
    let blocks = parse(source).blocks.into_iter();
    let heading = |block: Block| match block.kind {
        BlockKind::Heading { level, anchor, text } => Some((level, anchor, plain(&text))),
        _ => None,
    };
    blocks.filter_map(heading).collect()
}

#[test]
fn headings_have_anchors() {
    let found =
        headings("# Top\n\n## Strategy pattern {#strategy}\n\n### The `problem`\n\n### The problem\n");
    let expected = [
        (1, "top", "Top"),
        (2, "strategy", "Strategy pattern"),
        (3, "strategy-the-problem", "The problem"),
        (3, "strategy-the-problem-1", "The problem"),
    ];
    assert_eq!(found, expected.map(|(level, anchor, title)| (level, anchor.to_owned(), title.to_owned())));
}

#[test]
fn code_knows_where_it_stands() {
    let source = "text\n\n```rust id=a, run\nfn main() {}\n\n// ü\n```\n\n```\n```\n";
    let blocks = parse(source).blocks;
    let BlockKind::Code { info, text, body } = &blocks[1].kind else { panic!("{blocks:?}") };
    assert_eq!((info.as_str(), text.as_str()), ("rust id=a, run", "fn main() {}\n\n// ü\n"));
    assert_eq!(&source[body.clone()], text);
    let BlockKind::Code { text, body, .. } = &blocks[2].kind else { panic!("{blocks:?}") };
    assert!(text.is_empty() && source[body.clone()].is_empty());
    assert_eq!(&source[body.start..], "```\n");
}

#[test]
fn carriage_returns_do_not_reach_the_code() {
    let blocks = kinds("```rust\r\na\r\nb\r\n```\r\n");
    let BlockKind::Code { text, .. } = &blocks[0] else { panic!("{blocks:?}") };
    assert_eq!(text, "a\nb\n");
}

#[test]
fn items_hold_blocks_tight_or_loose() {
    for source in ["- [x] *done*\n  - inner\n- [ ] open\n", "- [x] *done*\n\n  - inner\n\n- [ ] open\n"] {
        let blocks = kinds(source);
        let [BlockKind::List { start: None, items }] = blocks.as_slice() else { panic!("{blocks:?}") };
        assert_eq!(items.iter().map(|item| item.task).collect::<Vec<_>>(), [Some(true), Some(false)]);
        assert!(matches!(&items[0].blocks[0].kind, BlockKind::Paragraph(text) if plain(text) == "done"));
        assert!(matches!(&items[0].blocks[1].kind, BlockKind::List { items, .. } if items[0].task.is_none()));
    }
}

#[test]
fn tables_quotes_footnotes_and_rules() {
    let blocks =
        kinds("| a | b |\n|---|--:|\n| 1 | 2 |\n\n> [!WARNING]\n> Mind.\n\nSee[^1].\n\n[^1]: Note.\n\n---\n");
    let [BlockKind::Table { header, rows, .. }, BlockKind::Quote { alert, blocks: quoted }, rest @ ..] =
        &blocks[..]
    else {
        panic!("{blocks:?}")
    };
    assert_eq!((header.len(), rows.len(), plain(&rows[0][1]).as_str()), (2, 1, "2"));
    assert_eq!((*alert, quoted.len()), (Some(Alert::Warning), 1));
    let [BlockKind::Paragraph(text), BlockKind::Footnote { label, .. }, BlockKind::Rule] = rest else {
        panic!("{rest:?}")
    };
    assert_eq!((&text[1], label.as_str()), (&Inline::FootnoteReference("1".to_owned()), "1"));
}

#[test]
fn links_and_html() {
    let blocks = kinds("[to](a.md#b) <me@x.org> a<br>b<!-- no --> <b>\n");
    let [BlockKind::Paragraph(text)] = &blocks[..] else { panic!("{blocks:?}") };
    assert_eq!(plain(text), "to me@x.org a b <b>");
    assert!(matches!(&text[0], Inline::Link { target, .. } if target == "a.md#b"));
    assert!(matches!(&text[2], Inline::Link { target, .. } if target == "mailto:me@x.org"));
}

#[test]
fn nesting_without_end_is_flattened() {
    let quotes = format!("{}text", "> ".repeat(3_000));
    let lists = format!("{}text", "- ".repeat(3_000));
    let strong = format!("{}text{}", "*_".repeat(3_000), "_*".repeat(3_000));
    let links = format!("{}text{}", "![".repeat(3_000), "](a)".repeat(3_000));
    for source in [quotes, lists, strong, links] {
        assert_eq!(parse(&source).blocks.len(), 1);
    }
}

proptest! {
    #[test]
    fn any_text_parses(source in "\\PC{0,200}") {
        parse(&source);
    }

    #[test]
    fn any_markup_parses(source in "([-#>*_`~|:\\[\\]()!^<&\\\\ \\t\\r\\n{}=+0-9a.x\u{0}]|\\[\\^a\\]|```|\\[ \\]){0,120}") {
        let markdown = parse(&source);
        for block in markdown.blocks {
            prop_assert!(source.get(block.source).is_some());
        }
    }
}
