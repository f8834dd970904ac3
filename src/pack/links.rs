//! Links within a pack lead to a chapter and a section that exist.

use std::ops::Range;

use crate::pack::chapter::Outline;
use crate::pack::fields::Text;
use crate::pack::problem::Problems;
use crate::pack::source::Texts;
use crate::pack::suggest::suggest;

/// Checks the links of every chapter.
pub(super) fn check(outlines: &[Outline], texts: &Texts, problems: &mut Problems) {
    for outline in outlines {
        let file = format!("chapters/{}.md", outline.chapter.slug);
        let text = Text { file: &file, text: &outline.chapter.source };
        for (target, block) in &outline.links {
            if problems.is_full() {
                return;
            }
            if let Err((message, help)) = resolve(target, outline, outlines, texts) {
                let problem = text.error(bytes_of(target, text.text, block), message);
                problems.push(match help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
            }
        }
    }
}

/// What is wrong with a link, and what may have been meant.
type Astray = (String, Option<String>);

fn resolve(target: &str, from: &Outline, outlines: &[Outline], texts: &Texts) -> Result<(), Astray> {
    if ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
        return Ok(());
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let to = if path.is_empty() {
        from
    } else {
        let slug = path.strip_suffix(".md");
        let found = outlines.iter().find(|outline| Some(outline.chapter.slug.as_str()) == slug);
        found.ok_or_else(|| no_chapter(path, slug.unwrap_or(path), outlines, texts))?
    };
    if anchor.is_empty() || to.anchors.contains(anchor) {
        return Ok(());
    }
    let known: Vec<&str> = to.anchors.iter().map(String::as_str).collect();
    Err((format!("`{}.md` has no section `{anchor}`", to.chapter.slug), Some(suggest(anchor, &known))))
}

fn no_chapter(path: &str, slug: &str, outlines: &[Outline], texts: &Texts) -> Astray {
    if texts.contains_key(&format!("chapters/{path}")) {
        return (format!("the chapter `{slug}` is not listed in pack.toml"), None);
    }
    let known: Vec<&str> = outlines.iter().map(|outline| outline.chapter.slug.as_str()).collect();
    (format!("the link `{path}` leads to no chapter"), Some(suggest(slug, &known)))
}

/// Where a link's target stands in its block; the whole block if it is written in another way.
fn bytes_of(target: &str, text: &str, block: &Range<usize>) -> Range<usize> {
    text[block.clone()].find(target).map_or(block.clone(), |at| {
        let start = block.start + at;
        start..start + target.len()
    })
}
