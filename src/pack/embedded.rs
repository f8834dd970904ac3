//! The files that the binary carries: the built-in pack and the sandbox template.

use std::sync::Arc;

use crate::pack::model::DependencySet;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The files under an embedded directory, by path relative to it.
pub(super) fn files_under(directory: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES.iter().filter_map(move |(path, bytes)| {
        let path = path.strip_prefix(directory)?.strip_prefix('/')?;
        Some((path, *bytes))
    })
}

/// A dependency set of the sandbox template: `none` or `service`.
pub fn template_set(name: &str) -> Option<DependencySet> {
    let text = |file: &str| {
        let path = format!("sandbox-template/{name}/{file}");
        let at = FILES.binary_search_by(|(known, _)| known.cmp(&path.as_str())).ok()?;
        std::str::from_utf8(FILES[at].1).ok().map(Arc::from)
    };
    Some(DependencySet { manifest: text("Cargo.toml")?, lock: text("Cargo.lock")? })
}

/// The names of the sandbox template's sets, in order.
pub fn template_sets() -> impl Iterator<Item = &'static str> {
    files_under("sandbox-template").filter_map(|(path, _)| path.strip_suffix("/Cargo.lock"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_has_a_light_and_a_service_set() {
        assert_eq!(template_sets().collect::<Vec<_>>(), ["none", "service"]);
        for name in template_sets() {
            let set = template_set(name).unwrap();
            assert!(set.manifest.contains("[workspace]"), "{name}");
            assert!(set.lock.contains("name = \"warm\""), "{name}");
        }
        assert_eq!(template_set("../content"), None);
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(FILES.is_sorted_by_key(|(path, _)| *path));
        assert!(files_under("content").any(|(path, _)| path == "pack.toml"));
    }
}
