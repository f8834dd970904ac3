//! From the grammars' scopes to our roles.

use std::sync::LazyLock;

use syntect::parsing::Scope;

use crate::text::style::Syntax;

/// What a token of these scopes is; the innermost scope that says something counts.
pub(super) fn role_of(scopes: &[Scope]) -> Option<Syntax> {
    scopes
        .iter()
        .rev()
        .find_map(|scope| ROLES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, role)| *role))
}

static ROLES: LazyLock<Vec<(Scope, Syntax)>> =
    LazyLock::new(|| TABLE.iter().filter_map(|(name, role)| Some((Scope::new(name).ok()?, *role))).collect());

/// Scopes by their beginnings; of those that fit, the first counts.
const TABLE: &[(&str, Syntax)] = &[
    ("comment", Syntax::Comment),
    ("constant.character.escape", Syntax::Constant),
    ("constant.other.placeholder", Syntax::Constant),
    ("string", Syntax::String),
    ("constant.numeric", Syntax::Number),
    ("constant", Syntax::Constant),
    ("entity.name.function", Syntax::Function),
    ("support.function", Syntax::Function),
    ("variable.function", Syntax::Function),
    ("entity.name.macro", Syntax::Macro),
    ("support.macro", Syntax::Macro),
    ("entity.name.label", Syntax::Lifetime),
    ("storage.modifier.lifetime", Syntax::Lifetime),
    ("entity.name.tag", Syntax::Attribute),
    ("variable.annotation", Syntax::Attribute),
    ("meta.annotation", Syntax::Attribute),
    ("entity.other.attribute-name", Syntax::Attribute),
    ("entity.name", Syntax::Type),
    ("keyword.operator", Syntax::Operator),
    ("keyword", Syntax::Keyword),
    ("storage.type", Syntax::Type),
    ("storage", Syntax::Keyword),
    ("support.type", Syntax::Type),
    ("support.class", Syntax::Type),
    ("variable.language", Syntax::Keyword),
    ("punctuation.separator.type", Syntax::Operator),
];

#[cfg(test)]
mod tests {
    use super::{ROLES, TABLE};

    #[test]
    fn every_row_is_a_scope() {
        assert_eq!(ROLES.len(), TABLE.len());
    }
}
