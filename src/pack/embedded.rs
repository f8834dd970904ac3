//! The files that the binary carries: the built-in pack and the sandbox template.

use crate::pack::model::DependencySet;
use crate::pack::shared_text::SharedText;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The files under an embedded directory, by path relative to it.
pub(super) fn files_under(directory: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().filter_map(move |(path, text)| {
        let path = path.strip_prefix(directory)?.strip_prefix('/')?;
        Some((path, *text))
    })
}

/// A dependency set of the sandbox template: `none`, `service` or `extended`. Its manifest is named `workspace.toml` there, since
/// cargo leaves a directory with a `Cargo.toml` out of the package it publishes.
pub fn template_set(name: &str) -> Option<DependencySet> {
    let text = |file: &str| {
        let path = format!("sandbox-template/{name}/{file}");
        let at = FILES.binary_search_by(|(known, _)| known.cmp(&path.as_str())).ok()?;
        Some(SharedText::embedded(FILES[at].1))
    };
    Some(DependencySet { manifest: text("workspace.toml")?, lock: text("Cargo.lock")? })
}

/// The names of the sandbox template's sets, in order.
pub fn template_sets() -> impl Iterator<Item = &'static str> {
    files_under("sandbox-template").filter_map(|(path, _)| path.strip_suffix("/Cargo.lock"))
}

/// The crates that a set of the template brings, by the names that code uses.
pub(super) fn template_crates(name: &str) -> Vec<String> {
    let Some(set) = template_set(name) else { return Vec::new() };
    let manifest: toml::Table = set.manifest.parse().unwrap_or_default();
    let dependencies = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let names = dependencies.and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
    names.map(|name| name.replace('-', "_")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_has_a_light_a_service_and_an_extended_set() {
        assert_eq!(template_sets().collect::<Vec<_>>(), ["extended", "none", "service"]);
        for name in template_sets() {
            let set = template_set(name).unwrap();
            assert!(set.manifest.contains("[workspace]"), "{name}");
            assert!(set.lock.contains("name = \"warm\""), "{name}");
        }
        assert_eq!(template_set("../content"), None);
    }

    #[test]
    fn the_crates_of_a_set_are_known() {
        assert_eq!(template_crates("none"), Vec::<String>::new());
        let service = template_crates("service");
        assert!(service.iter().any(|name| name == "axum_test"), "{service:?}");
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(FILES.is_sorted_by_key(|(path, _)| *path));
        assert!(files_under("content").any(|(path, _)| path == "pack.toml"));
    }
}
