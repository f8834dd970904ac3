//! Inlines as runs of text, each with its style and its link.

use crate::text::control::clean;
use crate::text::markdown::{Inline, plain};
use crate::text::prose::footnotes::Footnotes;
use crate::text::style::{Role, Style};
use crate::text::width::width;
use crate::text::wrap::{Run, append, wrap_runs};

/// Code of at most this width is not broken at its spaces: about a third of a line.
const LONGEST_WORD: usize = 26;

/// What stands for a space at which a line is not to be broken, until it is broken.
const HELD_SPACE: &str = "\u{a0}";

/// Breaks runs into lines of at most `cells`.
pub(super) fn broken(runs: &[Run<About>], cells: usize) -> Vec<Vec<Run<About>>> {
    let lines = wrap_runs(runs.iter().map(|(text, about)| (text.as_str(), *about)), cells);
    lines.into_iter().map(released).collect()
}

/// Runs that may be broken at every space: a narrow column would break code within its words otherwise.
pub(super) fn released(mut runs: Vec<Run<About>>) -> Vec<Run<About>> {
    for (text, _) in &mut runs {
        *text = text.replace(HELD_SPACE, " ");
    }
    runs
}

/// What is known of a run: how it is meant, and where it leads, as a number among the page's targets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct About {
    pub(super) style: Style,
    pub(super) link: Option<usize>,
}

/// Turns inlines into runs and gathers the targets of their links.
#[derive(Debug)]
pub(super) struct Inliner<'a> {
    pub(super) runs: Vec<Run<About>>,
    targets: &'a mut Vec<String>,
    footnotes: &'a mut Footnotes,
}

impl<'a> Inliner<'a> {
    pub(super) fn new(targets: &'a mut Vec<String>, footnotes: &'a mut Footnotes) -> Self {
        Self { runs: Vec::new(), targets, footnotes }
    }

    pub(super) fn push(&mut self, inlines: &[Inline], about: About) {
        for inline in inlines {
            self.inline(inline, about);
        }
    }

    fn inline(&mut self, inline: &Inline, about: About) {
        let style = about.style;
        let styled = |style: Style| About { style, ..about };
        match inline {
            Inline::Text(text) => self.text(text, about),
            Inline::Code(code) => self.code(code, styled(Style { role: Role::Code, ..style })),
            Inline::Emphasis(inner) => self.push(inner, styled(style.italic())),
            Inline::Strong(inner) => self.push(inner, styled(style.bold())),
            Inline::Strike(inner) => self.push(inner, styled(Style { strike: true, ..style })),
            Inline::Link { target, text } => self.link(target, text, style),
            Inline::Image { target, text } => self.image(target, text, about),
            Inline::FootnoteReference(label) => self.reference(label, style),
            Inline::HardBreak => append(&mut self.runs, "\n", about),
            Inline::SoftBreak => append(&mut self.runs, " ", about),
        }
    }

    fn code(&mut self, code: &str, about: About) {
        let code = clean(code);
        let is_word = width(&code) <= LONGEST_WORD;
        let code = if is_word { code.replace(' ', HELD_SPACE) } else { code.into_owned() };
        append(&mut self.runs, &code, about);
    }

    fn text(&mut self, text: &str, about: About) {
        append(&mut self.runs, &clean(text), about);
    }

    fn link(&mut self, target: &str, text: &[Inline], style: Style) {
        let about =
            About { style: Style { role: Role::Link, ..style }.underline(), link: Some(self.target(target)) };
        let before = self.runs.len();
        self.push(text, about);
        if self.runs.len() == before {
            self.text(target, about);
        }
    }

    fn image(&mut self, target: &str, text: &[Inline], about: About) {
        let description = plain(text);
        let shown = if description.is_empty() { target } else { &description };
        let link = about.link.or_else(|| Some(self.target(target)));
        let about = About { style: Style { role: Role::Muted, ..about.style }.italic(), link };
        self.text(&format!("[image: {shown}]"), about);
    }

    fn reference(&mut self, label: &str, style: Style) {
        let number = self.footnotes.refer(label);
        let link = Some(self.target(&format!("#fn-{label}")));
        self.text(&format!("[{number}]"), About { style: Style { role: Role::Link, ..style }, link });
    }

    fn target(&mut self, target: &str) -> usize {
        self.targets.push(target.to_owned());
        self.targets.len() - 1
    }
}
