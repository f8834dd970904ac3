//! Links within a pack lead to a chapter and a section that exist.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::pack::chapter::Outline;
use crate::pack::fields::Text;
use crate::pack::problem::{Problem, Problems};
use crate::pack::source::Texts;

/// Checks the links of every chapter.
pub(super) fn check(outlines: &[Outline], texts: &Texts, problems: &mut Problems) {
    let chapters = outlines.iter().map(|outline| (outline.chapter.slug.as_str(), outline)).collect();
    for outline in outlines {
        let file = format!("chapters/{}.md", outline.chapter.slug);
        let text = Text { file: &file, text: &outline.chapter.source };
        for (target, block) in &outline.links {
            if problems.is_full() {
                return;
            }
            if let Err(Astray { message, meant }) = resolve(target, outline, &chapters, texts) {
                let problem = text.error(bytes_of(target, text.text, block), message);
                let help = meant.map(|(written, known)| problems.suggest(written, &known));
                problems.push(Problem { help, ..problem });
            }
        }
        images(outline, text, texts, problems);
    }
}

/// So many images of a chapter are looked for.
const LOOKED_AT: usize = 200;

/// Images stand somewhere: in the web, or in a file of the pack's.
fn images(outline: &Outline, text: Text<'_>, texts: &Texts, problems: &mut Problems) {
    // Nobody reads them all, and to find the line of each takes a look at the whole text.
    for (target, block) in outline.images.iter().take(LOOKED_AT) {
        let path = target.strip_prefix("./").unwrap_or(target);
        // What lies outside of the directories of a pack is the author's own business.
        let is_elsewhere = target.contains(':') || path.starts_with("..");
        if !is_elsewhere && !texts.contains_key(&format!("chapters/{path}")) {
            let problem =
                text.error(bytes_of(target, text.text, block), format!("there is no image `{target}`"));
            let help = "a terminal shows its description only, and a pack holds texts: give its address in the web, or leave it out";
            problems.push(problem.warning().help(help));
        }
    }
}

/// The chapters by their slugs.
type Chapters<'a> = BTreeMap<&'a str, &'a Outline>;

/// What is wrong with a link.
struct Astray<'a> {
    message: String,
    /// What was written, and what may have been meant.
    meant: Option<(&'a str, Vec<&'a str>)>,
}

fn resolve<'a>(
    target: &'a str,
    from: &'a Outline,
    chapters: &Chapters<'a>,
    texts: &Texts,
) -> Result<(), Astray<'a>> {
    if ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
        return Ok(());
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let to = if path.is_empty() {
        from
    } else {
        let slug = path.strip_suffix(".md");
        let found = slug.and_then(|slug| chapters.get(slug));
        found.ok_or_else(|| no_chapter(path, slug.unwrap_or(path), chapters, texts))?
    };
    if anchor.is_empty() || to.anchors.contains(anchor) {
        return Ok(());
    }
    let message = format!("`{}.md` has no section `{anchor}`", to.chapter.slug);
    Err(Astray { message, meant: Some((anchor, to.anchors.iter().map(String::as_str).collect())) })
}

fn no_chapter<'a>(path: &str, slug: &'a str, chapters: &Chapters<'a>, texts: &Texts) -> Astray<'a> {
    if texts.contains_key(&format!("chapters/{path}")) {
        let message = format!("the chapter `{slug}` is not listed in pack.toml");
        return Astray { message, meant: None };
    }
    let message = format!("the link `{path}` leads to no chapter");
    Astray { message, meant: Some((slug, chapters.keys().copied().collect())) }
}

/// Where a link's target stands in its block; the whole block if it is written in another way.
fn bytes_of(target: &str, text: &str, block: &Range<usize>) -> Range<usize> {
    text[block.clone()].find(target).map_or(block.clone(), |at| {
        let start = block.start + at;
        start..start + target.len()
    })
}
