//! `pack.toml`.

use std::collections::BTreeSet;

use semver::{Version, VersionReq};
use toml::Spanned;

use crate::pack::fields::{self, Fields, Text};
use crate::pack::manifest::map::{PatternManifest, read_map};
use crate::pack::problem::Problems;
use crate::pack::slug::{SLUG_RULE, is_slug};
use crate::pack::spdx;

/// The only format so far.
const FORMAT: u32 = 1;

/// A pack's own manifest.
#[derive(Debug)]
pub(in crate::pack) struct PackManifest {
    /// `None` if anything in it is missing or wrong.
    pub(in crate::pack) head: Option<PackHead>,
    pub(in crate::pack) chapters: Vec<Spanned<String>>,
    pub(in crate::pack) map: Vec<PatternManifest>,
}

/// What a manifest says of the pack as a whole.
#[derive(Debug)]
pub(in crate::pack) struct PackHead {
    pub(in crate::pack) id: String,
    pub(in crate::pack) title: String,
    pub(in crate::pack) version: Version,
    pub(in crate::pack) language: String,
    pub(in crate::pack) authors: Vec<String>,
    pub(in crate::pack) license: String,
    pub(in crate::pack) requires: VersionReq,
}

/// Reads `pack.toml`; `None` if it is no TOML.
pub(in crate::pack) fn read_pack(text: Text<'_>, problems: &mut Problems) -> Option<PackManifest> {
    let table = fields::parse(text, problems)?;
    let mut fields = Fields::new(text, &table, problems);
    check_format(&mut fields);
    let head = head(&mut fields);
    let chapters = chapters(&mut fields);
    let map = read_map(&mut fields);
    fields.finish();
    Some(PackManifest { head, chapters, map })
}

fn head(fields: &mut Fields<'_>) -> Option<PackHead> {
    let id = fields.slug("id", "rust-service-patterns");
    let title = fields.required("title", "Rust service patterns");
    let version = fields.parsed::<Version>("version", "1.0.0");
    let language = language(fields);
    let authors = authors(fields);
    let license = license(fields);
    let requires = requires(fields);
    Some(PackHead {
        id: id?.into_inner(),
        title: title?.into_inner(),
        version: version?.into_inner(),
        language: language?.into_inner(),
        authors: authors.into_iter().map(Spanned::into_inner).collect(),
        license: license?.into_inner(),
        requires: requires?,
    })
}

fn language(fields: &mut Fields<'_>) -> Option<Spanned<String>> {
    let language = fields.required("language", "en")?;
    let mut parts = language.get_ref().split('-');
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
    let is_name =
        |part: &str| part.len() > 1 && is_part(part) && part.chars().all(|c| c.is_ascii_alphabetic());
    if !(parts.next().is_some_and(is_name) && parts.all(is_part)) {
        let help = "write its tag, as in \"en\" or \"pt-BR\"".to_owned();
        fields.error_with_help(
            language.span(),
            format!("`{}` is no language", language.get_ref()),
            Some(help),
        );
    }
    Some(language)
}

fn authors(fields: &mut Fields<'_>) -> Vec<Spanned<String>> {
    let place = fields.place_of("authors").filter(|_| fields.is_array("authors"));
    let authors = fields.required_strings("authors", "Ada Lovelace");
    if let Some(place) = place
        && authors.iter().all(|author| author.get_ref().trim().is_empty())
    {
        let help = "as in `authors = [\"Ada Lovelace\"]`".to_owned();
        fields.error_with_help(place, "`authors` names nobody", Some(help));
    }
    authors
}

fn license(fields: &mut Fields<'_>) -> Option<Spanned<String>> {
    let license = fields.required("license", "MIT OR Apache-2.0")?;
    if !spdx::is_expression(license.get_ref()) {
        let help = "as in \"MIT OR Apache-2.0\"; terms of your own are called \"LicenseRef-…\"".to_owned();
        fields.error_with_help(
            license.span(),
            format!("`{}` is no SPDX expression", license.get_ref()),
            Some(help),
        );
    }
    Some(license)
}

fn check_format(fields: &mut Fields<'_>) {
    if let Some(format) = fields.required_number("format", 1..=u32::MAX, FORMAT)
        && *format.get_ref() != FORMAT
    {
        fields.error_with_help(
            format.span(),
            format!("format {} is not known to this version, which reads format {FORMAT}", format.get_ref()),
            Some("a newer patterns-tui may read it".to_owned()),
        );
    }
}

fn requires(fields: &mut Fields<'_>) -> Option<VersionReq> {
    let requires = fields.parsed::<VersionReq>("requires", ">=0.1")?;
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
    let mut seen = BTreeSet::new();
    let written = fields.required_strings("chapters", "service-layer");
    for slug in written {
        if !is_slug(slug.get_ref()) {
            let message = format!("`{}` cannot be a chapter", slug.get_ref());
            fields.error_with_help(slug.span(), message, Some(SLUG_RULE.to_owned()));
        } else if !seen.insert(slug.get_ref().clone()) {
            fields.error(slug.span(), format!("the chapter `{}` is listed twice", slug.get_ref()));
        } else {
            chapters.push(slug);
        }
    }
    chapters
}
