//! What a chapter's author wrote and the parser silently made the best of: anchors given twice, fences left open.

use std::ops::Range;

/// The anchor that this heading asks for, where another one has it; `given` is what it got instead.
pub(super) fn taken(source: &str, heading: &Range<usize>, given: &str, title: &str) -> Option<Range<usize>> {
    let (id, at) = source[heading.clone()].lines().find_map(|line| {
        let text = line.trim_end().trim_end_matches('#').trim_end();
        let attributes = text.strip_suffix('}')?.rsplit_once('{')?.1;
        let id = attributes.split_whitespace().find_map(|word| word.strip_prefix('#'))?;
        Some((id, id.as_ptr() as usize - source.as_ptr() as usize))
    })?;
    // Where the braces are part of the title, they ask for nothing.
    let is_title = title.contains(&format!("#{id}"));
    (!is_title && !id.is_empty() && id != given).then(|| at..at + id.len())
}

/// The opening fence of a code block that has no closing one.
pub(super) fn unclosed(source: &str, block: &Range<usize>) -> Option<Range<usize>> {
    let text = &source[block.clone()];
    let first = text.lines().next().unwrap_or_default();
    let indent = first.len() - first.trim_start().len();
    let fence = first.trim_start();
    let mark = fence.chars().next().filter(|mark| "`~".contains(*mark))?;
    let length = fence.len() - fence.trim_start_matches(mark).len();
    if length < 3 {
        return None;
    }
    // In a quotation each line but the first has its marks before it.
    let last = text.trim_end().lines().skip(1).last().unwrap_or_default();
    let last = last.trim_start_matches(['>', ' ', '\t']).trim_end();
    let closes = last.len() >= length && last.trim_start_matches(mark).is_empty();
    let start = block.start + indent;
    (!closes).then_some(start..start + fence.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(text: &str) -> Option<&str> {
        unclosed(text, &(0..text.len())).map(|bytes| &text[bytes])
    }

    #[test]
    fn a_fence_is_closed_by_its_like() {
        for closed in
            ["```\na\n```", "```rust\n```\n", "~~~~ x\n```\n~~~~~", "> ```\n> a\n> ```", "    indented"]
        {
            assert_eq!(opening(closed), None, "{closed}");
        }
        assert_eq!(opening("```rust id=a\nfn f() {}\n"), Some("```rust id=a"));
        assert_eq!(opening("````\n```\n"), Some("````"));
        assert_eq!(opening("  ```"), Some("```"));
    }

    #[test]
    fn an_anchor_is_taken_where_the_heading_got_another() {
        let of = |text: &str, given: &str, title: &str| {
            taken(text, &(0..text.len()), given, title).map(|bytes| text[bytes].to_owned())
        };
        assert_eq!(of("## A {#one}", "one", "A"), None);
        assert_eq!(of("## A {.x #one} ##", "one-1", "A").as_deref(), Some("one"));
        assert_eq!(of("A {#one}\n---", "one-1", "A").as_deref(), Some("one"));
        assert_eq!(of("## A", "a-1", "A"), None);
        assert_eq!(of("## A \\{#one}", "a-one", "A {#one}"), None);
    }
}
