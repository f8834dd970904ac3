//! Ids of packs, chapters, listings and exercises.

/// What an id looks like, as advice.
pub(super) const SLUG_RULE: &str =
    "an id has lower-case letters, digits and single hyphens, and begins with a letter";

/// Whether `text` is an id: lower-case letters, digits and single hyphens, beginning with a letter.
pub(super) fn is_slug(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// Whether no exercise can bear this id, of which the name of its crate is made: the sandbox's own crates, those that every
/// program knows already, and Rust's words have it.
pub fn is_reserved_id(id: &str) -> bool {
    const CRATES: &str = "warm playground std core alloc test proc-macro";
    const WORDS: &str = "abstract as async await become box break const continue crate do dyn else enum extern false \
                         final fn for gen if impl in let loop macro match mod move mut override priv pub ref return \
                         self static struct super trait true try type typeof unsafe unsized use virtual where while \
                         yield";
    CRATES.split(' ').chain(WORDS.split(' ')).any(|reserved| reserved == id)
}

/// Which variables the tests of an exercise may ask for, as advice.
pub(super) const ADDRESS_RULE: &str =
    "tests may see the address of a server, in a variable of capital letters that ends in `_URL`";

/// Whether a pack may ask for this variable of the learner's environment: an address, neither a secret of another kind nor
/// what changes how programs start.
pub(super) fn is_address_variable(name: &str) -> bool {
    name.len() <= 64
        && name.strip_suffix("_URL").is_some_and(|start| {
            start.starts_with(|c: char| c.is_ascii_uppercase())
                && start.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        })
}

/// Whether this is a code of rustc's, as in `E0277`.
pub(super) fn is_error_code(code: &str) -> bool {
    code.strip_prefix('E')
        .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}

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

    #[test]
    fn ids_that_make_no_crate() {
        for reserved in ["warm", "proc-macro", "abstract", "final", "self", "while", "yield"] {
            assert!(is_reserved_id(reserved), "{reserved}");
        }
        assert!(!is_reserved_id("builder") && !is_reserved_id(""));
    }

    #[test]
    fn variables_that_a_pack_may_ask_for() {
        for good in ["DATABASE_URL", "REDIS_URL", "S3_MIRROR_URL"] {
            assert!(is_address_variable(good), "{good}");
        }
        for bad in [
            "",
            "_URL",
            "URL",
            "PATH",
            "LD_PRELOAD",
            "AWS_SECRET_ACCESS_KEY",
            "database_URL",
            "1_URL",
            "A-B_URL",
        ] {
            assert!(!is_address_variable(bad), "{bad}");
        }
    }

    #[test]
    fn error_codes() {
        assert!(is_error_code("E0038"));
        for bad in ["", "E38", "e0038", "0038", "E00380"] {
            assert!(!is_error_code(bad), "{bad}");
        }
    }
}
