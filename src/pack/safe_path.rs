//! Relative paths that are safe on every system: they stay where they are put and name a plain file.

/// The longest name of a file or directory, in bytes.
const MAX_NAME: usize = 100;
/// The longest path, in bytes: with a home directory before it, it must fit into what Windows allows.
const MAX_PATH: usize = 180;
/// Names that Windows gives to devices, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Why a path is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum UnsafePath {
    #[error("the path is empty or has an empty part")]
    Empty,
    #[error("the path leaves the pack")]
    Leaves,
    #[error("the path has a character that file names cannot have everywhere")]
    Character,
    #[error("the path has a part that Windows keeps for devices or cannot store")]
    Reserved,
    #[error("the path or a part of it is too long")]
    Long,
}

/// Accepts only a relative path of plain parts with `/` between them.
pub(super) fn check(path: &str) -> Result<(), UnsafePath> {
    if path.len() > MAX_PATH || path.split('/').any(|part| part.len() > MAX_NAME) {
        return Err(UnsafePath::Long);
    }
    if path.starts_with('/') || path.split('/').any(|part| part == "..") {
        return Err(UnsafePath::Leaves);
    }
    if path.split('/').any(|part| part.is_empty() || part == ".") {
        return Err(UnsafePath::Empty);
    }
    if path.chars().any(|c| !(c.is_alphanumeric() || "/-_.,+@=~()[] ".contains(c))) {
        return Err(UnsafePath::Character);
    }
    if path.split('/').any(is_reserved) {
        return Err(UnsafePath::Reserved);
    }
    Ok(())
}

fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_numbered = |prefix: &str| stem.strip_prefix(prefix).is_some_and(|n| n.len() == 1 && n != "0");
    DEVICES.contains(&stem.as_str()) || is_numbered("com") || is_numbered("lpt") || part.ends_with(['.', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_paths_are_accepted() {
        for path in ["src/lib.rs", "tests/a_b.rs", "Cargo.toml", "src/größe.rs", "communication.rs"] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn others_are_refused_with_the_reason() {
        use UnsafePath::{Character, Empty, Leaves, Long, Reserved};
        let long = "x".repeat(101);
        let cases = [
            ("", Empty),
            ("a//b", Empty),
            ("./a", Empty),
            ("/etc/passwd", Leaves),
            ("../a", Leaves),
            ("a/../../b", Leaves),
            ("C:/x", Character),
            ("a\\b", Character),
            ("a\nb", Character),
            ("a\u{202e}b", Character),
            ("src/con.rs", Reserved),
            ("Com1", Reserved),
            ("a./b", Reserved),
            (long.as_str(), Long),
        ];
        for (path, reason) in cases {
            assert_eq!(check(path), Err(reason), "{path:?}");
        }
    }

    proptest! {
        #[test]
        fn an_accepted_path_stays_below_its_root(path in ".{0,40}") {
            if check(&path).is_ok() {
                let all_plain = std::path::Path::new(&path)
                    .components()
                    .all(|part| matches!(part, std::path::Component::Normal(_)));
                prop_assert!(all_plain);
            }
        }
    }
}
