//! The shape of an SPDX licence expression. Which licences there are is not known here: their list grows.

/// Whether a text has the shape of a licence expression: names joined by `AND` and `OR`, exceptions behind `WITH`, and
/// brackets.
pub(super) fn is_expression(text: &str) -> bool {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let mut open = 0_usize;
    let mut awaited = Awaited::Licence;
    for word in spaced.split_whitespace() {
        awaited = match (awaited, word) {
            (Awaited::Licence, "(") => {
                open += 1;
                Awaited::Licence
            }
            (Awaited::Exception | Awaited::Operator, ")") if open > 0 => {
                open -= 1;
                Awaited::Operator
            }
            (Awaited::Exception | Awaited::Operator, "AND" | "OR" | "and" | "or") => Awaited::Licence,
            (Awaited::Exception, "WITH" | "with") => Awaited::NameOfException,
            (Awaited::Licence, name) if is_name(name) => Awaited::Exception,
            (Awaited::NameOfException, name) if is_name(name) => Awaited::Operator,
            _ => return false,
        };
    }
    open == 0 && matches!(awaited, Awaited::Exception | Awaited::Operator)
}

/// What may come next.
#[derive(Debug, Clone, Copy)]
enum Awaited {
    /// A name or an opening bracket.
    Licence,
    /// An operator, or an exception to the licence before.
    Exception,
    NameOfException,
    /// An operator, or the end.
    Operator,
}

/// As in `MIT`, `GPL-2.0+` or `DocumentRef-a:LicenseRef-b`.
fn is_name(word: &str) -> bool {
    let is_operator = ["and", "or", "with"].contains(&word.to_lowercase().as_str());
    let name = word.strip_suffix('+').unwrap_or(word);
    let is_id =
        |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    !is_operator && name.split(':').count() <= 2 && name.split(':').all(is_id)
}

#[cfg(test)]
mod tests {
    use super::is_expression;

    #[test]
    fn expressions_are_told_from_sentences() {
        for sound in [
            "MIT",
            "MIT OR Apache-2.0",
            "GPL-2.0+ WITH Classpath-exception-2.0 AND (MIT or BSD-3-Clause)",
            "DocumentRef-a:LicenseRef-own",
            "((0BSD))",
        ] {
            assert!(is_expression(sound), "{sound}");
        }
        for odd in [
            "",
            "Whatever Or Not",
            "All rights reserved",
            "MIT/Apache-2.0",
            "MIT OR",
            "WITH MIT",
            "MIT WITH",
            "(MIT",
            "MIT)",
            "() MIT",
            "MIT WITH (x)",
            "MIT MIT",
            "©",
        ] {
            assert!(!is_expression(odd), "{odd}");
        }
    }
}
