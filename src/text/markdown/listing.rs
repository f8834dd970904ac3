//! What is special to the code blocks of a document on Rust.

/// The text of a hidden line of a Rust listing: one that mdBook and rustdoc compile but do not show. Such a line is a
/// `#` alone or begins with `# `; the text comes back without the mark and what stands before it.
pub fn hidden(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix('#')?;
    if rest.trim_end().is_empty() { Some("") } else { rest.strip_prefix(' ') }
}

#[cfg(test)]
mod tests {
    use super::hidden;

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
