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
    fn error_codes() {
        assert!(is_error_code("E0038"));
        for bad in ["", "E38", "e0038", "0038", "E00380"] {
            assert!(!is_error_code(bad), "{bad}");
        }
    }
}
