//! Chapters read from Markdown, and every mistake in them.

use proptest::prelude::*;

use super::*;

fn read_with_problems(source: &str) -> (Outline, String) {
    let mut problems = Problems::default();
    let outline = read("layers", "chapters/layers.md", &source.into(), &["none", "service"], &mut problems);
    (outline, problems.to_string())
}

#[test]
fn headings_become_sections() {
    let (outline, problems) =
        read_with_problems("# Layers\n\n## Strategy {#strategy}\n\n### The problem\n\n## Cache *aside*\n");
    assert_eq!(problems, "no problems");
    let chapter = outline.chapter;
    assert_eq!(chapter.title, "Layers");
    let sections: Vec<_> =
        chapter.sections.iter().map(|s| (s.level, s.anchor.as_str(), s.title.as_str())).collect();
    assert_eq!(
        sections,
        [
            (2, "strategy", "Strategy"),
            (3, "strategy-the-problem", "The problem"),
            (2, "cache-aside", "Cache aside")
        ]
    );
    assert!(outline.anchors.contains("layers"));
}

#[test]
fn a_listing_knows_what_it_claims_and_where_it_stands() {
    let source = "# L\n\n```text\nx\n```\n\n## S\n\n> ```rust id=price, file=src/a.rs, compile_fail=E0277, set=service\n> # use std::fmt;\n> fn f() {}\n> ```\n\n```rust,run\nfn main() {}\n```\n";
    let (outline, problems) = read_with_problems(source);
    assert_eq!(problems, "no problems");
    let [plain, price, run] = &outline.chapter.listings[..] else { panic!("{outline:?}") };
    assert_eq!((plain.id.as_str(), plain.section.as_str(), &plain.claim), ("layers-1", "", &Claim::Nothing));
    assert_eq!((price.id.as_str(), price.section.as_str(), price.set.as_str()), ("price", "s", "service"));
    assert_eq!(price.claim, Claim::Fails("E0277".to_owned()));
    assert_eq!(price.file.as_deref(), Some("src/a.rs"));
    assert_eq!(price.code, "use std::fmt;\nfn f() {}\n");
    assert_eq!((run.run, &run.claim, run.set.as_str()), (true, &Claim::Compiles, "none"));
    assert_eq!(&source[run.body.clone()], "fn main() {}\n");
}

#[test]
fn a_mistake_in_an_info_string_has_its_exact_column() {
    let (_, problems) =
        read_with_problems("# L\n\n```rust id=a, compil\n```\n\n1. x\n   ~~~rust id=a, set=servic\n   ~~~\n");
    let expected = "\
error: unknown attribute `compil`
 --> chapters/layers.md:3:15
  |
3 | ```rust id=a, compil
  |               ^^^^^^
  = help: did you mean `compile`?

error: unknown dependency set `servic`
 --> chapters/layers.md:7:22
  |
7 |    ~~~rust id=a, set=servic
  |                      ^^^^^^
  = help: did you mean `service`?

error: another listing has the id `a`
 --> chapters/layers.md:7:15
  |
7 |    ~~~rust id=a, set=servic
  |               ^
  = help: give each listing of a chapter an id of its own

3 errors";
    assert_eq!(problems, expected);
}

#[test]
fn a_chapter_without_a_title_is_a_problem() {
    assert!(read_with_problems("Only text.\n").1.contains("the chapter has no title"));
}

#[test]
fn a_foreign_document_is_taken_as_it_is() {
    let chapter = Chapter::from_markdown(
        "doc",
        "text\n\n```rust,no_run,edition2021\nfn main() {}\n```\n\n```Rust\nfn f() {}\n```\n\n    indented\n",
    );
    let listings: Vec<_> = chapter.listings.iter().map(|l| (l.language.as_str(), l.run, &l.claim)).collect();
    let nothing = &Claim::Nothing;
    assert_eq!(listings, [("rust", true, nothing), ("rust", false, nothing), ("", false, nothing)]);
    assert_eq!((chapter.title.as_str(), chapter.sections.len()), ("", 0));
}

#[test]
fn a_foreign_program_gets_the_crates_that_it_names() {
    let source = "```rust\n#[tokio::main]\nasync fn main() {}\n```\n\n```rust\nfn main() {}\n```\n";
    let chapter = Chapter::from_markdown("doc", source);
    let sets: Vec<_> = chapter.listings.iter().map(|l| (l.run, l.set.as_str())).collect();
    assert_eq!(sets, [(true, "service"), (true, "none")]);
}

proptest! {
    #[test]
    fn no_markdown_panics(source in "([#>`~ \\-\n]|rust|é|\\[x\\]\\(#y\\)|\\|){0,60}") {
        let outline = read_with_problems(&source).0;
        for listing in &outline.chapter.listings {
            prop_assert!(source.get(listing.body.clone()).is_some());
        }
        prop_assert_eq!(outline.infos.len(), outline.chapter.listings.len());
    }
}
