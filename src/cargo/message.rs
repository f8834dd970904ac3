//! cargo's messages in JSON, one a line: the parts that this program reads.

use serde::Deserialize;

/// One line of `--message-format=json`.
#[derive(Debug, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub(super) enum Message {
    CompilerArtifact(Artifact),
    CompilerMessage(CompilerMessage),
    #[serde(other)]
    Other,
}

#[derive(Debug, Deserialize)]
pub(super) struct Artifact {
    pub(super) package_id: String,
    pub(super) target: Target,
    pub(super) executable: Option<std::path::PathBuf>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Target {
    pub(super) name: String,
    pub(super) kind: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CompilerMessage {
    pub(super) package_id: String,
    pub(super) message: Rustc,
}

/// A diagnostic as rustc writes it.
#[derive(Debug, Deserialize)]
pub(super) struct Rustc {
    pub(super) message: String,
    pub(super) code: Option<Code>,
    pub(super) level: String,
    pub(super) spans: Vec<Span>,
    pub(super) children: Vec<Self>,
    pub(super) rendered: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Code {
    pub(super) code: String,
    pub(super) explanation: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Span {
    pub(super) file_name: String,
    pub(super) line_start: usize,
    pub(super) line_end: usize,
    pub(super) column_start: usize,
    pub(super) column_end: usize,
    pub(super) is_primary: bool,
    pub(super) label: Option<String>,
    pub(super) suggested_replacement: Option<String>,
    pub(super) suggestion_applicability: Option<String>,
    pub(super) expansion: Option<Box<Expansion>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Expansion {
    pub(super) span: Span,
}

/// The name of the package in a package id, as in `path+file:///w/ex#0.0.0`, `…/index#serde@1.0.0` or `…/x#name@0.1.0`.
pub(super) fn package_name(id: &str) -> &str {
    let (place, fragment) = id.rsplit_once('#').unwrap_or(("", id));
    match fragment.split_once('@') {
        Some((name, _)) => name,
        None => place.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(fragment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_package_id_gives_the_name() {
        assert_eq!(package_name("path+file:///w/my-ex#0.0.0+p.learner"), "my-ex");
        assert_eq!(package_name("path+file:///w/dir#ex@0.0.0"), "ex");
        assert_eq!(
            package_name("registry+https://github.com/rust-lang/crates.io-index#serde@1.0.1"),
            "serde"
        );
        assert_eq!(package_name("odd"), "odd");
    }
}
