//! What holds where the learner writes the tests: the suite alone is edited, and each wrong implementation has its test.

use std::collections::BTreeSet;

use crate::pack::exercise::judged::Checking;
use crate::pack::model::{ACCEPTS, CATCHES};
use crate::pack::problem::Problem;

/// Checks the steps and the files of an exercise whose tests the learner writes.
pub(super) fn check(checking: &mut Checking<'_>) {
    let (manifest, root) = (checking.manifest, checking.root);
    let wrong = manifest.wrong.iter().map(|wrong| format!("{CATCHES}{}", wrong.name.get_ref()));
    let known: Vec<String> = std::iter::once(ACCEPTS.to_owned()).chain(wrong).collect();
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let allowed: BTreeSet<&str> = names.iter().copied().collect();
    for test in manifest.steps.iter().flat_map(|step| &step.tests) {
        if !allowed.contains(test.get_ref().as_str()) && !checking.problems.is_full() {
            let message = format!("`{}` is neither `{ACCEPTS}` nor names a wrong answer", test.get_ref());
            let help = checking.problems.suggest(test.get_ref(), &names);
            checking.error(test.span(), message, Some(help));
        }
    }
    let unlisted: Vec<_> = known.iter().filter(|name| !checking.listed.contains(name.as_str())).collect();
    for name in unlisted {
        let at = manifest.steps.last().map_or(manifest.places.end.clone(), |step| step.span.clone());
        let help = Some("add it to the `tests` of a step".to_owned());
        checking.error(at, format!("no step has the test `{name}`"), help);
    }
    for edit in manifest.edit.iter().filter(|edit| !edit.get_ref().starts_with("tests/")) {
        let message = format!("`{}` is not in tests/, where alone the learner writes here", edit.get_ref());
        checking.error(edit.span(), message, Some("as in `edit = [\"tests/suite.rs\"]`".to_owned()));
    }
    if let Some((path, text)) = checking.files.tests.iter().next() {
        let message = "where the learner writes the tests, there are no others";
        let problem = Problem::error(format!("{root}tests/{path}"), message).at_top(text);
        checking.problems.push(problem.help("the suite stands in starter/tests/"));
    }
}
