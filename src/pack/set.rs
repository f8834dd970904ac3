//! Dependency sets: where one comes from, and which of them are built only for those who ask.

use toml::{Table, Value};

use crate::pack::embedded;
use crate::pack::fields::{self, Text};
use crate::pack::model::{Cost, DependencySet, Pack};
use crate::pack::problem::Problems;

impl Pack {
    /// The dependency set of this name: the pack's own, or one that this program brings.
    pub fn set(&self, name: &str) -> Option<DependencySet> {
        self.sets.get(name).cloned().or_else(|| embedded::template_set(name))
    }

    /// What building a set takes that is never built unasked; `None` for all others.
    pub fn opt_in(&self, name: &str) -> Option<Cost> {
        let manifest = self.set(name)?.manifest;
        // Asked for every exercise of a list, and hardly a set has one.
        if !manifest.contains("opt-in") {
            return None;
        }
        cost(&manifest.parse().ok()?).ok().flatten()
    }
}

impl DependencySet {
    /// The checksums of the packages that it takes from the registry, as lines of the lock file.
    pub fn packages_to_fetch(&self) -> impl Iterator<Item = &str> {
        self.lock.lines().filter(|line| line.starts_with("checksum = "))
    }
}

/// Reports what keeps crates from being built with a set of the pack's own.
pub(super) fn check(manifest: Text<'_>, lock: Text<'_>, problems: &mut Problems) {
    if fields::parse(manifest, problems).is_some()
        && let Ok(table) = manifest.text.parse::<Table>()
    {
        if !table.get("workspace").is_some_and(Value::is_table) {
            let problem = manifest.error(0..0, "the manifest of a dependency set has a [workspace]");
            problems.push(problem.help("write `[workspace.dependencies]` in it, and no package"));
        } else if let Err(message) = cost(&table) {
            let at = manifest.text.find("opt-in").unwrap_or_default();
            problems.push(manifest.error(at..at + "opt-in".len(), message));
        }
    }
    if fields::parse(lock, problems).is_some() && !packages(lock.text).any(|name| name == WARM) {
        let help = "it is written for one member of this name, which depends on the whole set";
        problems.push(lock.error(0..0, format!("the lock file has no package `{WARM}`")).help(help));
    }
}

/// The names of the packages in a lock file, as cargo writes them.
pub(super) fn packages(lock: &str) -> impl Iterator<Item = &str> {
    lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
}

/// The member of a set's workspace that depends on all of it.
const WARM: &str = "warm";

/// What a set's manifest says of its cost, in `[workspace.metadata.patterns-tui]`.
pub(super) fn cost(manifest: &Table) -> Result<Option<Cost>, &'static str> {
    let below = |table: Option<&'_ Value>, key: &str| table.and_then(|table| table.get(key)).cloned();
    let metadata = below(manifest.get("workspace"), "metadata");
    let ours = below(metadata.as_ref(), "patterns-tui");
    let Some(said) = below(ours.as_ref(), "opt-in") else { return Ok(None) };
    let number =
        |key: &str| said.get(key).and_then(Value::as_integer).and_then(|number| u32::try_from(number).ok());
    match (number("minutes"), number("mib")) {
        (Some(minutes), Some(mib)) => Ok(Some(Cost { minutes, mib })),
        _ => Err("`opt-in` says what the set takes: opt-in = { minutes = 3, mib = 700 }"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost_in(text: &str) -> Result<Option<Cost>, &'static str> {
        cost(&text.parse().unwrap())
    }

    #[test]
    fn a_set_says_what_it_takes_or_nothing() {
        let head = "[workspace]\nmembers = []\n[workspace.metadata.patterns-tui]\n";
        assert_eq!(cost_in("[workspace]"), Ok(None));
        assert_eq!(cost_in(head), Ok(None));
        let said = cost_in(&format!("{head}opt-in = {{ minutes = 3, mib = 700 }}"));
        assert_eq!(said, Ok(Some(Cost { minutes: 3, mib: 700 })));
        for wrong in
            ["true", "{ minutes = 3 }", "{ minutes = -3, mib = 700 }", "{ minutes = \"3\", mib = 700 }"]
        {
            assert!(cost_in(&format!("{head}opt-in = {wrong}")).is_err(), "{wrong}");
        }
    }
}
