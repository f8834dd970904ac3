//! Tests of pages.

use proptest::prelude::*;

use super::{Insertion, Layout, LineKind, Page, lay_out};
use crate::text::control::{Fate, fate};
use crate::text::markdown::parse;
use crate::text::style::{Line, Role};
use crate::text::width::line_width;

fn texts(page: &Page) -> Vec<String> {
    page.lines.iter().map(|line| line.line.text()).collect()
}

fn laid(source: &str, width: u16) -> Vec<String> {
    texts(&lay_out(&parse(source), width, width))
}

#[test]
fn lists_nest_and_align() {
    let source = "- one word and another\n  - inner\n- [x] done\n- [ ] open\n\n9. nine\n10. ten\n";
    let expected =
        ["• one word and", "  another", "  • inner", "✓ done", "○ open", "", " 9. nine", "10. ten"];
    assert_eq!(laid(source, 16), expected);
    let loose = "- one\n\n  more\n- two\n";
    assert_eq!(laid(loose, 16), ["• one", "", "  more", "", "• two"]);
}

#[test]
fn quotes_have_a_bar_and_alerts_a_title() {
    assert_eq!(
        laid("text\n\n> one\n>\n> two\n\nend\n", 40),
        ["text", "", "┃ one", "┃", "┃ two", "", "end"].map(|line| if line == "┃" { "┃ " } else { line })
    );
    let page = lay_out(&parse("> [!WARNING]\n> Mind.\n"), 40, 40);
    assert_eq!(texts(&page), ["┃ Warning", "┃ Mind."]);
    assert_eq!(page.lines[0].line.spans[1].style.role, Role::Warning);
}

#[test]
fn code_is_never_wrapped_and_hides_hidden_lines() {
    let source = "a\n\n```rust file=a.rs, compile_fail=E0038\n# use x::y;\n\nfn main() {\n\tlong_call(1, 2, 3, 4, 5);\n}\n```\n";
    let page = lay_out(&parse(source), 20, 20);
    let expected = [
        "a",
        "",
        "▎ a.rs   does not compile: E0038",
        "▎ fn main() {",
        "▎     long_call(1, 2, 3, 4, 5);",
        "▎ }",
    ];
    assert_eq!(texts(&page), expected);
    let block = &page.blocks[0];
    assert_eq!((block.title, block.lines.clone(), block.indent), (Some(2), 3..6, 2));
    assert_eq!((block.language.as_str(), block.width), ("rust", 29));
    assert_eq!(block.text(), "fn main() {\n    long_call(1, 2, 3, 4, 5);\n}\n");
    assert_eq!(page.lines[4].kind, LineKind::Code { block: 0, row: 1 });
}

#[test]
fn drawings_have_no_title() {
    assert_eq!(laid("```text\n┌─┐\n└─┘\n```\n", 20), ["▎ ┌─┐", "▎ └─┘"]);
}

#[test]
fn short_code_is_not_broken_at_its_spaces_and_can_be_found_as_it_is_written() {
    let lines = laid("write one `dyn Handler<C>` here\n", 20);
    assert_eq!(lines, ["write one", "`dyn Handler<C>` here"].map(|line| line.replace('`', "")));
    let long = laid("a `fn one(two: Three, four: Five)` b\n", 20);
    assert_eq!(long, ["a fn one(two: Three,", "four: Five) b"]);
}

#[test]
fn tables_fit_their_columns() {
    let source = "| name | what it is |\n|---|--:|\n| a | one |\n| longer | two words |\n";
    let expected = ["name    what it is", "──────────────────", "a              one", "longer   two words"];
    assert_eq!(laid(source, 40), expected);
    let narrow =
        ["name    what", "       it is", "────────────", "a        one", "", "longer   two", "       words"];
    assert_eq!(laid(source, 14).iter().map(|line| line.trim_end()).collect::<Vec<_>>().len(), narrow.len());
    assert!(laid(source, 14).iter().all(|line| crate::text::width::width(line) <= 14));
}

#[test]
fn a_table_too_wide_for_the_page_becomes_a_list() {
    let source = "| a | b | c | d |\n|---|---|---|---|\n| longword | longword | longword | longword |\n";
    assert_eq!(laid(source, 20), ["a: longword", "b: longword", "c: longword", "d: longword"]);
}

#[test]
fn links_know_their_cells() {
    let page = lay_out(&parse("see [the other `side`](b.md#c) of\n\n- [it](https://x.org)\n"), 12, 12);
    assert_eq!(texts(&page), ["see the", "other side", "of", "", "• it"]);
    let found: Vec<_> =
        page.links.iter().map(|link| (link.line, link.columns.clone(), link.target.as_str())).collect();
    assert_eq!(found, [(0, 4..7, "b.md#c"), (1, 0..10, "b.md#c"), (4, 2..4, "https://x.org")]);
    assert_eq!(page.link_at(1, 9).map(|link| link.target.as_str()), Some("b.md#c"));
    assert_eq!(page.link_at(2, 0), None);
}

#[test]
fn footnotes_stand_at_the_end_and_can_be_followed() {
    let page = lay_out(&parse("One[^b] two[^a].\n\n[^a]: First.\n[^b]: Second.\n\nEnd.\n"), 20, 20);
    let lines = texts(&page);
    assert_eq!(lines[0], "One[1] two[2].");
    assert_eq!(&lines[lines.len() - 2..], ["[1] Second.", "[2] First."]);
    assert_eq!(page.links[0].target, "#fn-b");
    assert_eq!(page.anchors["fn-b"], lines.len() - 2);
    assert_eq!(page.anchors["fnref-a"], 0);
}

#[test]
fn images_show_their_description_and_comments_nothing() {
    assert_eq!(
        laid("![layers](a.png)\n\n<!-- no -->\n\n<b>as it is</b>\n", 30),
        ["[image: layers]", "", "<b>as it is</b>"]
    );
}

#[test]
fn insertions_stand_at_the_end_of_their_section() {
    let insertion = |anchor: &str, text: &str| Insertion {
        anchor: anchor.to_owned(),
        lines: vec![Line::of(text, Role::Text)],
    };
    let insertions =
        [insertion("a", "1"), insertion("a", "2"), insertion("a-part", "3"), insertion("gone", "4")];
    let source = "# T\n\n## A\n\nx\n\n### Part\n\ny\n\n## B\n\nz\n";
    let layout = Layout { measure: 40, width: 40, ascii: false, insertions: &insertions };
    let page = layout.page(&parse(source));
    let lines: Vec<String> = texts(&page).into_iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["T", "A", "x", "Part", "y", "3", "1", "2", "B", "z", "4"]);
    assert_eq!(
        page.headings.iter().map(|heading| heading.anchor.as_str()).collect::<Vec<_>>(),
        ["t", "a", "a-part", "b"]
    );
}

#[test]
fn ascii_pages_are_ascii() {
    let source = "- a\n- [x] b\n\n> c\n\n---\n\n```rust\nx\n```\n\n|a|\n|-|\n|b|\n";
    let page = Layout { measure: 40, width: 40, ascii: true, insertions: &[] }.page(&parse(source));
    assert!(texts(&page).iter().all(|line| line.is_ascii()));
}

fn markup() -> impl Strategy<Value = String> {
    let block = prop_oneof![
        "[a-zé模\u{202e} ]{0,60}",
        "#{1,6} [a-z ]{1,50}",
        "> ?[a-z ]{1,40}",
        "( ){0,6}[-*+] (\\[x\\] )?[a-z ]{0,40}",
        "[0-9]{1,3}\\. [a-z ]{1,30}",
        "```rust\n# [a-z]{1,5}\n[a-z\t\u{1b}]{0,90}\n```",
        "\\| [a-z ]{0,30} \\| b \\|\n\\|--\\|--\\|\n\\| [a-z模]{0,30} \\| \\[l\\]\\(#a\\) \\|",
        "\\[[a-z ]{0,30}\\]\\(https://x\\.org\\)\\[\\^1\\]",
        "\\[\\^1\\]: [a-z ]{0,30}",
        "---",
    ];
    proptest::collection::vec(block, 0..12).prop_map(|blocks| blocks.join("\n\n"))
}

proptest! {
    #[test]
    fn prose_keeps_to_its_measure(source in markup(), measure in 20_u16..84, more in 0_u16..60) {
        let page = lay_out(&parse(&source), measure, measure + more);
        for line in &page.lines {
            prop_assert!(line.line.text().chars().all(|c| fate(c) == Fate::Kept), "{:?}", line);
            if line.kind == LineKind::Prose {
                prop_assert!(line_width(&line.line) <= usize::from(measure + more), "{:?}", line);
            }
        }
    }

    #[test]
    fn all_the_text_is_there(words in proptest::collection::vec("[a-z]{1,30}", 1..40), width in 20_u16..80) {
        let source = words.join(" ");
        let lines = laid(&source, width);
        prop_assert!(lines.iter().all(|line| line.len() <= usize::from(width)));
        let letters = |text: &str| text.replace(' ', "");
        prop_assert_eq!(letters(&lines.concat()), letters(&source));
    }

    #[test]
    fn any_text_has_a_page(source in "\\PC{0,200}", measure in 0_u16..100, width in 0_u16..100) {
        lay_out(&parse(&source), measure, width);
    }
}
