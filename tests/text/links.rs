//! Links arrive. Those between chapters are the loader's to check.

use std::path::Path;

use patterns_tui::text::markdown::{BlockKind, Inline, parse, plain};

use crate::assert_none;
use crate::documents::{self, Document, PACK, each_block, each_inline, root};

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let mut complaints = Vec::new();
    for document in documents::of_repository() {
        for target in targets(&document) {
            let broken = if is_web(&target) { malformed(&target) } else { astray(&document, &target) };
            complaints.extend(broken.map(|why| format!("{}: `{target}` {why}", document.file.display())));
        }
    }
    assert_none(&complaints);
}

#[test]
fn every_link_of_the_pack_leads_to_a_section_or_is_a_whole_address() {
    let mut complaints = Vec::new();
    for document in documents::chapters().into_iter().chain(documents::of_exercises()) {
        for target in targets(&document) {
            let of_chapter = document.file.starts_with("content/chapters");
            let broken = match is_web(&target) {
                true => malformed(&target),
                false if of_chapter => None,
                false => no_section(&target),
            };
            complaints.extend(broken.map(|why| format!("{}: `{target}` {why}", document.file.display())));
        }
    }
    assert_none(&complaints);
}

fn targets(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    each_inline(&document.parse(), &mut |inline| {
        if let Inline::Link { target, .. } | Inline::Image { target, .. } = inline {
            found.push(target.clone());
        }
    });
    found
}

fn is_web(target: &str) -> bool {
    target.contains("://") || target.starts_with("mailto:")
}

/// Why an address cannot be one.
fn malformed(target: &str) -> Option<&'static str> {
    if target.starts_with("mailto:") {
        return (!target.contains('@')).then_some("names nobody");
    }
    let Some(rest) = target.strip_prefix("https://").or_else(|| target.strip_prefix("http://")) else {
        return Some("is of no kind that a browser opens");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let labels = || name.split('.');
    let plain =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if name != "localhost" && (labels().count() < 2 || !labels().all(plain)) {
        return Some("has no host");
    }
    target
        .contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`{}".contains(c))
        .then_some("holds what no address holds")
}

/// Why a relative link of a document leads nowhere.
fn astray(document: &Document, target: &str) -> Option<&'static str> {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let from = document.file.parent().unwrap_or(Path::new(""));
    let file = if path.is_empty() { document.file.clone() } else { from.join(path) };
    if !root().join(&file).exists() {
        return Some("leads to no file");
    }
    let known = || anchors(&std::fs::read_to_string(root().join(&file)).unwrap_or_default());
    (!anchor.is_empty() && !known().iter().any(|one| one == anchor)).then_some("names no heading there")
}

/// The anchors by which a forge links to the headings of a document.
fn anchors(text: &str) -> Vec<String> {
    let mut anchors = Vec::new();
    each_block(&parse(text).blocks, &mut |block| {
        if let BlockKind::Heading { text, .. } = &block.kind {
            let title = plain(text).to_lowercase();
            let kept = title.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            anchors.push(kept.map(|c| if c == ' ' { '-' } else { c }).collect());
        }
    });
    anchors
}

/// Why a link of an exercise leads to no section of the pack.
fn no_section(target: &str) -> Option<&'static str> {
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let Some(chapter) = file.strip_suffix(".md").and_then(|slug| PACK.chapter(slug)) else {
        return Some("leads to no chapter");
    };
    let found = anchor.is_empty() || chapter.sections.iter().any(|section| section.anchor == anchor);
    (!found).then_some("leads to no section")
}

#[test]
fn what_is_no_address_is_told_from_one() {
    for good in ["https://doc.rust-lang.org/book/#x", "http://localhost:8080/a?b=c", "mailto:a@b.org"] {
        assert_eq!(malformed(good), None, "{good}");
    }
    for bad in
        ["https:///path", "https://nohost", "https://a.b/<x>", "ftp://a.b", "mailto:nobody", "https://a..b/"]
    {
        assert!(malformed(bad).is_some(), "{bad}");
    }
}
