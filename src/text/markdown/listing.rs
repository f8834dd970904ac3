//! What a code block says of itself, and what is special to those of Rust.

/// The language that an info string begins with; empty where there is none.
pub fn language(info: &str) -> &str {
    let end = info.find(|c: char| c.is_whitespace() || c == ',' || c == '{').unwrap_or(info.len());
    &info[..end]
}

/// The text of a hidden line of a Rust listing: one that mdBook and rustdoc compile but do not show. Such a line is a
/// `#` alone or begins with `# `; the text comes back without the mark and what stands before it.
pub fn hidden(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix('#')?;
    if rest.trim_end().is_empty() { Some("") } else { rest.strip_prefix(' ') }
}

#[cfg(test)]
mod tests {
    use super::{hidden, language};

    #[test]
    fn a_language_ends_where_something_else_is_said() {
        for info in ["rust", "rust,ignore", "rust id=a", "rust{1,3}"] {
            assert_eq!(language(info), "rust", "{info}");
        }
        assert_eq!(language(""), "");
    }

    #[test]
    fn a_hash_and_a_space_hide_a_line() {
        assert_eq!(hidden("# use std::fmt;"), Some("use std::fmt;"));
        assert_eq!(hidden("    # fn f() {"), Some("fn f() {"));
        assert_eq!(hidden("#"), Some(""));
        assert_eq!(hidden("#   indented"), Some("  indented"));
    }

    #[test]
    fn attributes_and_code_are_shown() {
        for line in ["#[derive(Debug)]", "#![allow(unused)]", "let x = 1; # no", "", "##"] {
            assert_eq!(hidden(line), None, "{line}");
        }
    }
}
