//! From texts to a pack: all of it, or every mistake in it.

use crate::pack::model::Pack;
use crate::pack::problem::{Problem, Problems};
use crate::pack::source::Source;

/// Loads a pack; nothing is half-loaded, and all mistakes are told at once.
pub fn load(source: &Source) -> Result<Pack, Problems> {
    let (pack, problems) = inspect(source);
    pack.ok_or(problems)
}

/// Loads a pack and gives the warnings too; there is a pack if and only if no problem is an error.
pub fn inspect(source: &Source) -> (Option<Pack>, Problems) {
    let mut problems = Problems::default();
    let _texts = source.read(&mut problems);
    problems.push(Problem::error("pack.toml", "cannot be loaded yet"));
    problems.sort();
    (None, problems)
}

/// The pack that the binary carries.
pub fn builtin() -> Result<Pack, Problems> {
    load(&Source::Builtin)
}
