//! What some tests cannot run without: who may ask for it, and that skipping them leaves something that judges.

use std::collections::BTreeSet;

use crate::pack::exercise::judged::Checking;
use crate::pack::model::{Kind, Network};

/// Checks what the tests of an exercise need.
pub(super) fn check(checking: &mut Checking<'_>) {
    let manifest = checking.manifest;
    let mut seen = BTreeSet::new();
    for need in &manifest.needs {
        let (env, span) = (need.env.get_ref(), need.env.span());
        if !matches!(manifest.kind, Kind::Implement | Kind::Repair) {
            checking.error(span.clone(), "only tests of the judge's can need something".to_owned(), None);
        } else if manifest.limits.network == Network::None {
            let help = "a server is reached over the loopback network: leave `network` out".to_owned();
            checking.error(span.clone(), format!("the tests need `{env}` and have no network"), Some(help));
        }
        if !seen.insert(env) {
            checking.error(span, format!("`{env}` is asked for twice"), None);
        }
        checking.must_be_listed(&need.tests);
    }
    let skippable: BTreeSet<&str> =
        manifest.needs.iter().flat_map(|need| &need.tests).map(|test| test.get_ref().as_str()).collect();
    for step in manifest.steps.iter().filter(|step| !step.tests.is_empty()) {
        if step.tests.iter().all(|test| skippable.contains(test.get_ref().as_str())) {
            let message = format!("the step \"{}\" has no test that is never skipped", step.title);
            let help = "where every test of it is skipped, it would pass without being judged".to_owned();
            checking.error(step.span.clone(), message, Some(help));
        }
    }
}
