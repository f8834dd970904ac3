//! A wrong implementation that the learner's suite does not catch: how it differs from the right one.

use crate::app::screen::workbench::state::Workbench;
use crate::app::screen::workbench::texts::{changes, page};
use crate::pack::CATCHES;
use crate::text::{Line, Role, Style};

/// How many unchanged lines stand around a difference.
const CONTEXT: usize = 8;

/// The wrong implementation that the chosen test is about, where the suite let it pass.
pub(super) fn chosen(bench: &Workbench) -> Option<&str> {
    let row = bench.panel.tests.get(bench.panel.test).filter(|row| row.failed())?;
    let name = row.name.strip_prefix(CATCHES)?;
    bench.exercise().wrong.iter().find(|wrong| wrong.name == name).map(|wrong| wrong.name.as_str())
}

/// What the wrong implementation of this name does, and how it differs from the right one.
pub(super) fn lines(bench: &Workbench, name: &str, width: u16) -> Vec<Line> {
    let exercise = bench.exercise();
    let Some(wrong) = exercise.wrong.iter().find(|wrong| wrong.name == name) else { return Vec::new() };
    let title = format!("{name} passes your suite. What should have failed?");
    let mut lines = vec![Line::of(title, Style::of(Role::Text).bold())];
    lines.extend(page(&format!("It {}.", wrong.why), width));
    for (path, theirs) in &wrong.files {
        let right = exercise.solution.get(path).map(AsRef::as_ref).unwrap_or_default();
        lines.push(Line::default());
        lines.push(Line::of(format!("{path}   - the right one   + {name}"), Role::Muted));
        lines.extend(changes(right, theirs, CONTEXT));
    }
    lines
}
