//! Any Markdown document as a pack: chapters to read, no exercises.

use std::collections::{BTreeMap, BTreeSet};

use semver::{Version, VersionReq};

use crate::import::front_matter;
use crate::import::outline::{self, Definition, Part};
use crate::pack::{Chapter, Pack, is_unsafe_char};

/// What a document's id begins with. No pack's does by chance, so a document never shares a pack's progress.
const PREFIX: &str = "doc-";

/// Whether a pack was made of a document.
pub fn is_document(pack: &Pack) -> bool {
    pack.exercises.is_empty() && pack.id.starts_with(PREFIX)
}

/// Makes a pack of a document. `name` is the file's name without its ending; the pack's id and, where the document has
/// no title, its title come from it. Nothing is refused: bytes that are no text are shown as such.
pub fn document(name: &str, bytes: &[u8]) -> Pack {
    let source = readable(bytes);
    let (front, source) = front_matter::split(&source);
    let outline = outline::outline(source);
    let mut slugs = BTreeSet::new();
    let mut chapters: Vec<Chapter> =
        outline.parts.iter().map(|part| chapter(part, &outline.definitions, &mut slugs)).collect();
    if chapters.is_empty() {
        chapters.push(Chapter::from_markdown(&slug(name), source));
    }
    let title = outline.title.or_else(|| front_matter::title(front)).unwrap_or_else(|| name.to_owned());
    for chapter in &mut chapters {
        if chapter.title.is_empty() {
            chapter.title.clone_from(&title);
        }
    }
    Pack {
        id: format!("{PREFIX}{}", slug(name)),
        title,
        version: Version::new(0, 0, 0),
        language: String::new(),
        authors: Vec::new(),
        license: String::new(),
        requires: VersionReq::STAR,
        chapters,
        exercises: Vec::new(),
        map: Vec::new(),
        sets: BTreeMap::new(),
    }
}

/// The document's text with plain line ends and without what could command a terminal.
fn readable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
    text.chars().map(|c| if is_unsafe_char(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn chapter(part: &Part<'_>, definitions: &[Definition<'_>], slugs: &mut BTreeSet<String>) -> Chapter {
    let mut source = part.promoted();
    // A reference may be defined anywhere in the document: each chapter needs those of its own that stand in others.
    let wanted = if definitions.is_empty() { BTreeSet::new() } else { outline::labels(&source) };
    let elsewhere = definitions
        .iter()
        .filter(|definition| !part.bytes.contains(&definition.at) && wanted.contains(&definition.label));
    for (number, definition) in elsewhere.enumerate() {
        source.push_str(if number == 0 { "\n\n" } else { "\n" });
        source.push_str(definition.line);
    }
    let wanted = slug(&part.title);
    let mut unique = wanted.clone();
    let mut number = 1;
    while !slugs.insert(unique.clone()) {
        number += 1;
        unique = format!("{wanted}-{number}");
    }
    let mut chapter = Chapter::from_markdown(&unique, source);
    chapter.title.clone_from(&part.title);
    chapter
}

/// A title as a slug: lower-case ASCII letters and digits with single hyphens, beginning with a letter.
fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    let slug: String = slug.chars().take(48).collect();
    let slug = slug.trim_end_matches('-');
    if slug.starts_with(|c: char| c.is_ascii_lowercase()) {
        slug.to_owned()
    } else {
        format!("document-{slug}").trim_end_matches('-').to_owned()
    }
}

#[cfg(test)]
mod tests;
