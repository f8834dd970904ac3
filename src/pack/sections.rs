//! The sections that a manifest may name.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::pack::chapter::Outline;
use crate::pack::fields::Text;
use crate::pack::model::SectionRef;
use crate::pack::problem::Problems;
use crate::pack::suggest::suggest;

/// The anchors of the sections of each chapter.
#[derive(Debug)]
pub(super) struct Sections<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Sections<'a> {
    /// Those of these chapters.
    pub(super) fn of(outlines: &'a [Outline]) -> Self {
        let chapters = outlines.iter().map(|outline| &outline.chapter);
        let sections = chapters.map(|chapter| {
            let anchors = chapter.sections.iter().map(|section| section.anchor.as_str());
            (chapter.slug.as_str(), anchors.collect())
        });
        Self(sections.collect())
    }

    /// Reports a section that does not exist.
    pub(super) fn check(&self, section: &Spanned<SectionRef>, text: Text<'_>, problems: &mut Problems) {
        let SectionRef { chapter, anchor } = section.get_ref();
        let mut refuse = |message, help| problems.push(text.error(section.span(), message).help(help));
        match self.0.get(chapter.as_str()) {
            None => {
                let known: Vec<&str> = self.0.keys().copied().collect();
                refuse(format!("there is no chapter `{chapter}`"), suggest(chapter, &known));
            }
            Some(known) if !known.contains(&anchor.as_str()) => {
                refuse(format!("the chapter `{chapter}` has no section `{anchor}`"), suggest(anchor, known));
            }
            Some(_) => {}
        }
    }
}
