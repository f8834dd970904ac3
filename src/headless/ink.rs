//! What each meaning looks like on the command line: the terminal's own colours, by SGR sequence.

use std::fmt::Write as _;

use crate::text::{AnsiColor, Line, Role, Span, Style, Syntax};

/// A line with its colours and attributes, or as plain text.
pub fn paint(line: &Line, colored: bool) -> String {
    line.spans.iter().map(|span| if colored { paint_span(span) } else { span.text.clone() }).collect()
}

fn paint_span(span: &Span) -> String {
    let codes = codes(span.style);
    if codes.is_empty() || span.text.is_empty() {
        return span.text.clone();
    }
    format!("\x1b[{codes}m{}\x1b[0m", span.text)
}

fn codes(style: Style) -> String {
    let mut codes = role(style.role);
    let bold = style.bold && codes != "1";
    let attributes = [(bold, "1"), (style.italic, "3"), (style.underline, "4"), (style.strike, "9")];
    for (_, code) in attributes.into_iter().filter(|(on, _)| *on) {
        let separator = if codes.is_empty() { "" } else { ";" };
        let _ = write!(codes, "{separator}{code}");
    }
    codes
}

fn role(role: Role) -> String {
    match role {
        Role::Text | Role::Syntax(Syntax::Lifetime | Syntax::Operator) => "",
        Role::Muted | Role::Quote | Role::Syntax(Syntax::Comment) => "2",
        Role::Heading(_) => "1",
        Role::Success | Role::Syntax(Syntax::String) => "32",
        Role::Failure => "31",
        Role::Warning | Role::Syntax(Syntax::Number | Syntax::Constant | Syntax::Attribute) => "33",
        Role::Accent | Role::Note | Role::Code | Role::Syntax(Syntax::Type) => "36",
        Role::Link | Role::Syntax(Syntax::Function | Syntax::Macro) => "34",
        Role::Syntax(Syntax::Keyword) => "35",
        Role::Ansi(color) => return ansi(color),
    }
    .to_owned()
}

fn ansi(color: AnsiColor) -> String {
    match color {
        AnsiColor::Indexed(n @ 0..=7) => format!("{}", 30 + n),
        AnsiColor::Indexed(n @ 8..=15) => format!("{}", 82 + n),
        AnsiColor::Indexed(n) => format!("38;5;{n}"),
        AnsiColor::Rgb(r, g, b) => format!("38;2;{r};{g};{b}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_has_no_sequences() {
        let line = Line::of("failed", Style::of(Role::Failure).bold());
        assert_eq!(paint(&line, false), "failed");
        assert_eq!(paint(&line, true), "\x1b[31;1mfailed\x1b[0m");
        assert_eq!(
            paint(&Line::of("Title", Style::of(Role::Heading(1)).bold()), true),
            "\x1b[1mTitle\x1b[0m"
        );
    }

    #[test]
    fn colours_of_programs_are_kept() {
        let bright = Line::of("x", Role::Ansi(AnsiColor::Indexed(9)));
        assert_eq!(paint(&bright, true), "\x1b[91mx\x1b[0m");
        let palette = Line::of("x", Role::Ansi(AnsiColor::Indexed(200)));
        assert_eq!(paint(&palette, true), "\x1b[38;5;200mx\x1b[0m");
    }
}
