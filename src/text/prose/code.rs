//! Code blocks: a title, then each line as it is behind a mark in the gutter.

use std::ops::Range;

use crate::text::control::{clean, clean_code};
use crate::text::markdown::{hidden, language};
use crate::text::prose::page::{CodeBlock, LineKind};
use crate::text::prose::setter::Setter;
use crate::text::style::{Role, Span, Style};
use crate::text::width::width;

/// A tab leads to the next multiple of this many columns.
const TAB: usize = 4;

/// What of an info string a title shows.
struct Info<'a> {
    language: &'a str,
    file: Option<&'a str>,
    fails: Option<&'a str>,
}

impl<'a> Info<'a> {
    /// Attributes stand between commas, as a pack's do; what is written otherwise is none.
    fn of(info: &'a str) -> Self {
        let language = language(info);
        let mut found = Self { language, file: None, fails: None };
        for attribute in info[language.len()..].split(',') {
            let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            match (key.trim(), value.trim()) {
                ("file", file) if !file.is_empty() => found.file = Some(file),
                ("compile_fail", code) => found.fails = Some(code),
                _ => {}
            }
        }
        found
    }

    fn is_rust(&self) -> bool {
        self.language.eq_ignore_ascii_case("rust") || self.language.eq_ignore_ascii_case("rs")
    }

    /// What the title says; nothing for a drawing.
    fn title(&self) -> Option<&'a str> {
        self.file.or((!self.language.is_empty() && self.language != "text").then_some(self.language))
    }
}

impl Setter {
    pub(super) fn code(&mut self, info: &str, text: &str, body: &Range<usize>) {
        let about = Info::of(info);
        let number = self.page.blocks.len();
        let gutter = Span::new(if self.ascii { "| " } else { "▎ " }, Role::Muted);
        let title = about.title().map(|title| {
            let mut spans = vec![gutter.clone(), Span::new(clean(title), Style::of(Role::Muted))];
            if let Some(code) = about.fails {
                let code = if code.is_empty() { String::new() } else { format!(": {}", clean(code)) };
                spans.push(Span::new(format!("   does not compile{code}"), Role::Warning));
            }
            self.line(spans, LineKind::Title { block: number })
        });
        let shown = shown(text, about.is_rust());
        let first = self.next_line();
        let indent = self.margins.width() + width(&gutter.text);
        for (row, line) in shown.iter().enumerate() {
            let mut spans = vec![gutter.clone()];
            if !line.is_empty() {
                spans.push(Span::new(line.as_str(), Role::Text));
            }
            self.line(spans, LineKind::Code { block: number, row });
        }
        self.page.blocks.push(CodeBlock {
            info: info.to_owned(),
            language: about.language.to_lowercase(),
            body: body.clone(),
            title,
            lines: first..first + shown.len(),
            indent,
            width: shown.iter().map(|line| width(line)).max().unwrap_or(0),
            shown,
        });
    }
}

/// The lines that are shown. Hidden ones leave no empty lines behind at the listing's ends.
fn shown(text: &str, rust: bool) -> Vec<String> {
    let visible = |line: &&str| !rust || hidden(line).is_none();
    let mut lines: Vec<&str> = text.lines().filter(visible).collect();
    if rust {
        let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len());
        lines.drain(..first);
        while lines.last().is_some_and(|line| line.trim().is_empty()) {
            lines.pop();
        }
    }
    lines.into_iter().map(|line| clean_code(line, TAB).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::Info;

    #[test]
    fn an_info_string_says_what_the_loader_of_packs_reads_in_it() {
        let told = |info| {
            let Info { language, file, fails } = Info::of(info);
            (language, file, fails)
        };
        assert_eq!(told("rust{1,3}"), ("rust", None, None));
        assert_eq!(
            told("rust id=a, file= a b.rs , compile_fail = E0277"),
            ("rust", Some("a b.rs"), Some("E0277"))
        );
        assert_eq!(told("rust,compile_fail,E0038"), ("rust", None, Some("")));
        assert_eq!(told("file=a.rs"), ("file=a.rs", None, None));
    }
}
