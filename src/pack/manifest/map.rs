//! What a manifest says of how the patterns build on each other.

use toml::Spanned;

use crate::pack::fields::Fields;
use crate::pack::manifest::section::read_section;
use crate::pack::model::SectionRef;

/// One entry of `map`.
#[derive(Debug)]
pub(in crate::pack) struct PatternManifest {
    pub(in crate::pack) section: Spanned<SectionRef>,
    /// `None` where it is called as the section is.
    pub(in crate::pack) name: Option<String>,
    pub(in crate::pack) needs: Vec<Spanned<String>>,
}

/// Reads `map`, which may be missing.
pub(super) fn read_map(fields: &mut Fields<'_>) -> Vec<PatternManifest> {
    fields.tables("map", pattern)
}

fn pattern(fields: &mut Fields<'_>) -> Option<PatternManifest> {
    let section = read_section(fields);
    let name = fields.filled("name").map(Spanned::into_inner);
    let needs = fields.strings("needs");
    Some(PatternManifest { section: section?, name, needs })
}
