//! Anchors of headings: stable, readable, unique in their document.

use std::collections::HashMap;

/// Gives each heading of a document its anchor, in order.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// The anchor of the level-2 heading above.
    section: Option<String>,
    /// The anchors given so far, with the number that the next duplicate is tried with.
    given: HashMap<String, usize>,
}

impl Anchors {
    /// The anchor of a heading that stands at the top level of the document.
    pub(super) fn give(&mut self, level: u8, id: Option<&str>, title: &str) -> String {
        let anchor = self.give_nested(level, id, title);
        match level {
            1 => self.section = None,
            2 => self.section = Some(anchor.clone()),
            _ => {}
        }
        anchor
    }

    /// The anchor of a heading within a quotation or a list, which opens no section.
    pub(super) fn give_nested(&mut self, level: u8, id: Option<&str>, title: &str) -> String {
        let wanted = match (id, &self.section) {
            (Some(id), _) => id.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect(),
            (None, Some(section)) if level > 2 => format!("{section}-{}", slug(title)),
            _ => slug(title),
        };
        self.unique(wanted)
    }

    fn unique(&mut self, wanted: String) -> String {
        if !self.given.contains_key(&wanted) {
            self.given.insert(wanted.clone(), 1);
            return wanted;
        }
        let mut number = self.given[&wanted];
        let mut anchor = format!("{wanted}-{number}");
        while self.given.contains_key(&anchor) {
            number += 1;
            anchor = format!("{wanted}-{number}");
        }
        self.given.insert(wanted, number + 1);
        self.given.insert(anchor.clone(), 1);
        anchor
    }
}

/// A title as GitHub makes an anchor of it: lower case, letters and digits kept, spaces turned to hyphens.
fn slug(title: &str) -> String {
    let kept = title.trim().chars().flat_map(char::to_lowercase).filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    });
    let slug: String = kept.collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::{Anchors, slug};

    #[test]
    fn slugs_are_githubs() {
        assert_eq!(slug("What it costs?"), "what-it-costs");
        assert_eq!(slug("  `Arc<dyn T>` & co. "), "arcdyn-t--co");
        assert_eq!(slug("Über_uns 中文"), "über_uns-中文");
        assert_eq!(slug("???"), "section");
    }

    #[test]
    fn parts_carry_the_anchor_of_their_section() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.give(3, None, "Before"), "before");
        assert_eq!(anchors.give(2, Some("strategy"), "Strategy pattern"), "strategy");
        assert_eq!(anchors.give(3, None, "When not to"), "strategy-when-not-to");
        assert_eq!(anchors.give(4, Some("own"), "Own"), "own");
        assert_eq!(anchors.give(1, None, "Another"), "another");
        assert_eq!(anchors.give(3, None, "Part"), "part");
    }

    #[test]
    fn duplicates_are_numbered_and_never_clash() {
        let mut anchors = Anchors::default();
        let given: Vec<String> =
            ["A", "A 1", "A", "A", "A 1"].map(|title| anchors.give(2, None, title)).into();
        assert_eq!(given, ["a", "a-1", "a-2", "a-3", "a-1-1"]);
    }
}
