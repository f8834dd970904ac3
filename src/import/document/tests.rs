//! Documents opened as packs.

use proptest::prelude::*;

use super::*;

fn titles(source: &str) -> Vec<String> {
    document("notes", source.as_bytes()).chapters.into_iter().map(|chapter| chapter.title).collect()
}

#[test]
fn below_a_single_title_the_second_headings_are_chapters() {
    let source = "# All\n\n## Contents\n\n1. [A](#a)\n   - [B](#b)\n2. [B](#b)\n\n---\n\n## A\n\n### One\n\n#### Deep\n\n```rust\n## no heading\nfn main() {}\n```\n\nB\n-\n\ntext\n\n### Two\n";
    let pack = document("My Notes", source.as_bytes());
    assert_eq!((pack.id.as_str(), pack.title.as_str()), ("doc-my-notes", "All"));
    let [a, b] = &pack.chapters[..] else { panic!("{:?}", pack.chapters) };
    assert_eq!((a.slug.as_str(), a.title.as_str(), b.slug.as_str()), ("a", "A", "b"));
    let sections: Vec<_> = a.sections.iter().map(|s| (s.level, s.title.as_str())).collect();
    assert_eq!(sections, [(2, "One"), (3, "Deep")]);
    assert_eq!(a.listings[0].code, "## no heading\nfn main() {}\n");
    assert!(a.listings[0].run);
    assert_eq!(b.sections.len(), 1);
    assert!(b.source.starts_with("B\n=\n"), "{}", b.source);
}

#[test]
fn several_first_headings_are_chapters() {
    assert_eq!(titles("before\n\n# A\n\n## x\n\n# B\n\n## y\n"), ["Introduction", "A", "B"]);
}

#[test]
fn what_stands_before_the_first_chapter_is_kept() {
    assert_eq!(titles("# All\n\nWhy.\n\n## A\n\n## B\n"), ["All", "A", "B"]);
}

#[test]
fn a_document_with_one_heading_or_none_is_one_chapter() {
    for (source, title) in [("", "notes"), ("text", "notes"), ("# T\n\ntext", "T"), ("## T\n\n### x\n", "T")]
    {
        assert_eq!(titles(source), [title], "{source:?}");
    }
}

#[test]
fn front_matter_is_no_chapter_and_gives_the_title_where_no_heading_does() {
    let of = |text: &str| document("n", format!("---\ntitle: Front\ndraft: true\n---\n{text}").as_bytes());
    let pack = of("\n# A\n\n# B\n");
    let titles: Vec<_> = pack.chapters.iter().map(|chapter| chapter.title.as_str()).collect();
    assert_eq!((pack.title.as_str(), titles), ("Front", vec!["A", "B"]));
    let pack = of("text\n");
    assert_eq!((pack.title.as_str(), pack.chapters[0].title.as_str()), ("Front", "Front"));
    assert_eq!(pack.chapters[0].source.as_ref(), "text\n");
    assert_eq!(of("# A\n\ntext\n").title, "A");
}

#[test]
fn chapters_of_one_title_are_told_apart() {
    let pack = document("n", b"# A\n\n# A\n\n# \xc3\xa4\n");
    let slugs: Vec<_> = pack.chapters.iter().map(|chapter| chapter.slug.as_str()).collect();
    assert_eq!(slugs, ["a", "a-2", "document"]);
}

#[test]
fn a_reference_defined_at_the_end_works_in_every_chapter() {
    let pack = document("n", b"# A\n\n[x]\n\n# B\n\n[x]: https://example.org\n");
    assert!(pack.chapters[0].source.ends_with("\n\n[x]: https://example.org"));
    let other = document("n", b"# A\n\n[go on][Two  words] [z]\n\n# B\n\n[two words]: https://two.org\n[other]: https://other.org\n");
    let source = &other.chapters[0].source;
    assert!(source.ends_with("\n\n[two words]: https://two.org"), "{source}");
    assert_eq!(pack.chapters[1].source.matches("[x]:").count(), 1);
}

#[test]
fn bytes_that_are_no_text_do_no_harm() {
    let pack = document("n", b"\xef\xbb\xbf# A\xff\x1b[31m\r\n\r\ntext");
    assert_eq!(pack.chapters[0].title, "A\u{fffd}\u{fffd}[31m");
    assert!(!pack.chapters[0].source.contains('\r'));
}

proptest! {
    #[test]
    fn any_document_becomes_a_pack(source in "(#{1,3} |[-=>`~ \n\\[\\]:]|a|é|\\[x\\]: y\n){0,60}") {
        let pack = document("n", source.as_bytes());
        prop_assert!(!pack.chapters.is_empty());
        prop_assert!(pack.chapters.iter().all(|chapter| !chapter.title.is_empty() && !chapter.slug.is_empty()));
    }
}
