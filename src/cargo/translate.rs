//! From rustc's diagnostics to ours: paths relative to the crate, places in its own files, fixes to apply.

use crate::cargo::diagnostic::{Diagnostic, Level, SourceSpan, Suggestion};
use crate::cargo::message::{Rustc, Span};

/// Turns a diagnostic of rustc's about this package into ours; `None` for its remarks on the build as a whole.
pub(super) fn diagnostic(message: Rustc, package: &str) -> Option<Diagnostic> {
    let level = level(&message.level)?;
    let is_summary = message.spans.is_empty()
        && message.code.is_none()
        && (message.message.starts_with("aborting due to") || message.message.ends_with("emitted"));
    if is_summary {
        return None;
    }
    let prefix = format!("{package}/");
    let suggestions = message.children.iter().filter_map(|child| suggestion(child, &prefix)).collect();
    let (code, explanation) = message.code.map(|code| (code.code, code.explanation)).unzip();
    Some(Diagnostic {
        level,
        code,
        spans: message.spans.into_iter().map(|span| place(span, &prefix)).collect(),
        suggestions,
        rendered: relative(&message.rendered.unwrap_or_else(|| message.message.clone()), package),
        message: message.message,
        explanation: explanation.flatten(),
    })
}

fn level(name: &str) -> Option<Level> {
    match name {
        "warning" => Some(Level::Warning),
        "note" => Some(Level::Note),
        "help" => Some(Level::Help),
        "failure-note" => None,
        // Anything else, such as an internal error of the compiler, stops the build.
        _ => Some(Level::Error),
    }
}

/// A place in the crate's own files where there is one: of what a macro from elsewhere expanded to, the call.
fn place(mut span: Span, prefix: &str) -> SourceSpan {
    let (primary, label) = (span.is_primary, span.label.take());
    while !own(&span, prefix)
        && let Some(expansion) = span.expansion.take()
    {
        span = expansion.span;
    }
    let file = span.file_name.replace('\\', "/");
    SourceSpan {
        file: file.strip_prefix(prefix).unwrap_or(&file).to_owned(),
        line_start: span.line_start,
        line_end: span.line_end,
        column_start: span.column_start,
        column_end: span.column_end,
        primary,
        label,
    }
}

fn own(span: &Span, prefix: &str) -> bool {
    span.file_name.replace('\\', "/").starts_with(prefix)
}

fn suggestion(child: &Rustc, prefix: &str) -> Option<Suggestion> {
    let changes = child.spans.iter().filter(|span| span.suggested_replacement.is_some());
    if changes.clone().count() == 0 || !changes.clone().all(|span| own(span, prefix)) {
        return None;
    }
    let sure =
        changes.clone().all(|span| span.suggestion_applicability.as_deref() == Some("MachineApplicable"));
    let mut edits: Vec<_> = changes
        .map(|span| (place(span.clone(), prefix), span.suggested_replacement.clone().unwrap_or_default()))
        .collect();
    edits.sort_by_key(|(span, _)| std::cmp::Reverse((span.file.clone(), span.line_start, span.column_start)));
    Some(Suggestion { message: child.message.clone(), edits, machine_applicable: sure })
}

/// The drawn text names files from the workspace's root, and as the system writes paths; a person knows them from the crate's, and as they
/// are written everywhere else here.
fn relative(rendered: &str, package: &str) -> String {
    // Some advice names a file amid its words, in quotes: only one in `src` is taken for a file there.
    let leads =
        [("--> ", ""), ("::: ", ""), ("--> \x1b[0m", ""), ("::: \x1b[0m", ""), ("`", "src"), ("\"", "src")];
    leads
        .into_iter()
        .fold(rendered.to_owned(), |text, (lead, below)| below_package(&text, lead, package, below))
}

/// Writes what stands in this directory of the package, after these letters, as a path within the package.
fn below_package(text: &str, lead: &str, package: &str, directory: &str) -> String {
    let is_separator = ['/', '\\'];
    let mut relative = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(lead) {
        let (before, after) = rest.split_at(at + lead.len());
        relative.push_str(before);
        rest = after;
        let within = after.strip_prefix(package).and_then(|path| path.strip_prefix(is_separator));
        let is_there = |path: &&str| {
            directory.is_empty()
                || path.strip_prefix(directory).is_some_and(|below| below.starts_with(is_separator))
        };
        if let Some(path) = within.filter(is_there) {
            let (path, further) = path.split_at(path.find([':', '`', '"', '\n']).unwrap_or(path.len()));
            relative.push_str(&path.replace('\\', "/"));
            rest = further;
        }
    }
    relative + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_file_is_named_from_the_crate_on_every_system() {
        let drawn = " --> add/src/lib.rs:2:9\n 2 | let a = \"add/tests\";\n ::: add/src/a b.rs:1:1\n = help: create `add/src/other.rs`\n";
        let expected = " --> src/lib.rs:2:9\n 2 | let a = \"add/tests\";\n ::: src/a b.rs:1:1\n = help: create `src/other.rs`\n";
        assert_eq!(relative(drawn, "add"), expected);
        let windows = r#" --> add\src\lib.rs:2:9 and "add\src\other\mod.rs" or \n of "add\n""#;
        assert_eq!(
            relative(windows, "add"),
            r#" --> src/lib.rs:2:9 and "src/other/mod.rs" or \n of "add\n""#
        );
        assert_eq!(relative("--> \x1b[0madd/src/lib.rs:1:1", "add"), "--> \x1b[0msrc/lib.rs:1:1");
        assert_eq!(relative(" --> added/src/lib.rs:1:1", "add"), " --> added/src/lib.rs:1:1");
    }
}
