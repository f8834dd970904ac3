//! A section named in a manifest.

use toml::Spanned;

use crate::pack::fields::Fields;
use crate::pack::model::SectionRef;

/// Reads `section`, which must be there.
pub(super) fn read_section(fields: &mut Fields<'_>) -> Option<Spanned<SectionRef>> {
    let text = fields.required("section", "service-layer#strategy")?;
    match text.get_ref().split_once('#') {
        Some((chapter, anchor)) if !chapter.is_empty() && !anchor.is_empty() => {
            let section = SectionRef { chapter: chapter.to_owned(), anchor: anchor.to_owned() };
            Some(Spanned::new(text.span(), section))
        }
        _ => {
            let help = Some("write it as \"chapter#section\"".to_owned());
            fields.error_with_help(text.span(), format!("`{}` names no section", text.get_ref()), help);
            None
        }
    }
}
