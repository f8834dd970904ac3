//! The starter's comments in an answer: they say where the work of a step is, nothing of how two answers differ.

use std::collections::HashSet;

/// An answer's lines without the starter's comments that the model answer has not, and without the second of two blank lines
/// around one; `mark` begins a comment.
///
/// ```
/// use patterns_tui::text::remarks::without_remarks;
///
/// let (starter, model) = ("// Step 1: add\n", "// why\n1 + 1\n");
/// assert_eq!(without_remarks("// Step 1: add\n// why\n2".split('\n'), starter, model, "//"), "// why\n2");
/// ```
pub fn without_remarks<'t>(
    own: impl IntoIterator<Item = &'t str>,
    starter: &str,
    model: &str,
    mark: &str,
) -> String {
    let remarks = remarks(starter, model, mark);
    let mut kept: Vec<&str> = Vec::new();
    let mut closes_up = false;
    for line in own {
        let remark = remarks.contains(line.trim());
        let doubles =
            closes_up && line.trim().is_empty() && kept.last().is_none_or(|last| last.trim().is_empty());
        if !remark && !doubles {
            kept.push(line);
        }
        closes_up = remark;
    }
    kept.join("\n")
}

/// What begins a comment in a file of this name.
pub fn comment_mark(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("toml" | "sh" | "yaml" | "yml") => "#",
        Some("sql") => "--",
        _ => "//",
    }
}

fn remarks<'s>(starter: &'s str, model: &str, mark: &str) -> HashSet<&'s str> {
    let models: HashSet<&str> = model.lines().map(str::trim).collect();
    let is_remark = |line: &&str| {
        let comment = line.strip_prefix(mark);
        comment.is_some_and(|text| !text.starts_with(['/', '!'])) && !models.contains(line)
    };
    starter.lines().map(str::trim).filter(is_remark).collect()
}
