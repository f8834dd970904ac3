//! `pack.toml`.

use semver::{Version, VersionReq};
use toml::Spanned;

use crate::pack::fields::{self, Fields, Text};
use crate::pack::problem::Problems;

/// The only format so far.
const FORMAT: u32 = 1;

/// A pack's own manifest.
#[derive(Debug)]
pub(in crate::pack) struct PackManifest {
    pub(in crate::pack) id: String,
    pub(in crate::pack) title: String,
    pub(in crate::pack) version: Version,
    pub(in crate::pack) language: String,
    pub(in crate::pack) authors: Vec<String>,
    pub(in crate::pack) license: String,
    pub(in crate::pack) requires: VersionReq,
    pub(in crate::pack) chapters: Vec<Spanned<String>>,
}

/// Reads `pack.toml`; `None` if anything that a pack needs is missing or wrong.
pub(in crate::pack) fn read_pack(text: Text<'_>, problems: &mut Problems) -> Option<PackManifest> {
    let table = fields::parse(text, problems);
    let mut fields = Fields::new(text, &table, problems);
    check_format(&mut fields);
    let id = slug(&mut fields, "id");
    let title = fields.required("title");
    let version = fields.parsed::<Version>("version");
    let language = fields.required("language");
    let authors = fields.required_strings("authors");
    let license = fields.required("license");
    let requires = requires(&mut fields);
    let chapters = chapters(&mut fields);
    fields.finish();
    Some(PackManifest {
        id: id?.into_inner(),
        title: title?.into_inner(),
        version: version?.into_inner(),
        language: language?.into_inner(),
        authors: authors.into_iter().map(Spanned::into_inner).collect(),
        license: license?.into_inner(),
        requires: requires?,
        chapters,
    })
}

/// Whether `text` is an id: lower-case letters, digits and single hyphens, beginning with a letter.
pub(in crate::pack) fn is_slug(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

fn check_format(fields: &mut Fields<'_>) {
    if let Some(format) = fields.required_number("format", 1..=u32::MAX)
        && *format.get_ref() != FORMAT
    {
        fields.error_with_help(
            format.span(),
            format!("format {} is not known to this version, which reads format {FORMAT}", format.get_ref()),
            Some("a newer patterns-tui may read it".to_owned()),
        );
    }
}

fn slug(fields: &mut Fields<'_>, key: &'static str) -> Option<Spanned<String>> {
    let id = fields.required(key)?;
    if is_slug(id.get_ref()) {
        return Some(id);
    }
    fields.error_with_help(id.span(), format!("`{}` is no {key}", id.get_ref()), Some(SLUG_HELP.to_owned()));
    None
}

fn requires(fields: &mut Fields<'_>) -> Option<VersionReq> {
    let requires = fields.parsed::<VersionReq>("requires")?;
    let own = Version::parse(env!("CARGO_PKG_VERSION")).ok()?;
    if !requires.get_ref().matches(&own) {
        fields.error(
            requires.span(),
            format!("the pack is made for patterns-tui {}, this is {own}", requires.get_ref()),
        );
        return None;
    }
    Some(requires.into_inner())
}

fn chapters(fields: &mut Fields<'_>) -> Vec<Spanned<String>> {
    let mut chapters: Vec<Spanned<String>> = Vec::new();
    for slug in fields.required_strings("chapters") {
        if !is_slug(slug.get_ref()) {
            let help = Some(SLUG_HELP.to_owned());
            fields.error_with_help(slug.span(), format!("`{}` is no chapter's slug", slug.get_ref()), help);
        } else if chapters.iter().any(|known| known.get_ref() == slug.get_ref()) {
            fields.error(slug.span(), format!("the chapter `{}` is listed twice", slug.get_ref()));
        } else {
            chapters.push(slug);
        }
    }
    chapters
}

const SLUG_HELP: &str =
    "a slug has lower-case letters, digits and single hyphens, begins with a letter, and is stable";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for good in ["a", "cache-aside", "http2-server"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in ["", "A", "-a", "a-", "a--b", "1a", "a_b", "ä", "a/b", &"a".repeat(65)] {
            assert!(!is_slug(bad), "{bad}");
        }
    }
}
