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
        rendered: relative(&message.rendered.unwrap_or_else(|| message.message.clone()), &prefix),
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

/// The drawn text names files from the workspace's root; a person knows them from the crate's.
fn relative(rendered: &str, prefix: &str) -> String {
    let text = ["--> ", "::: "].iter().fold(rendered.to_owned(), |text, arrow| {
        let text = text.replace(&format!("{arrow}\x1b[0m{prefix}"), &format!("{arrow}\x1b[0m"));
        text.replace(&format!("{arrow}{prefix}"), arrow)
    });
    // Some advice names a file amid its words, in quotes.
    ["`", "\""]
        .iter()
        .fold(text, |text, quote| text.replace(&format!("{quote}{prefix}src/"), &format!("{quote}src/")))
}
