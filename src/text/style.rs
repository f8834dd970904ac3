//! Styled text by meaning: the lines that both fronts draw.

/// What a piece of text is; each front maps it to a look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Text,
    /// Secondary text.
    Muted,
    /// The one accent colour: what is chosen, what is primary.
    Accent,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Code within prose.
    Code,
    /// A link.
    Link,
    /// Quoted prose.
    Quote,
    /// Passed, done.
    Success,
    /// Failed, an error.
    Failure,
    /// A warning.
    Warning,
    /// A remark, a tip.
    Note,
    /// A token of source code.
    Syntax(Syntax),
    /// A colour that a program chose with an SGR sequence.
    Ansi(AnsiColor),
}

/// The kinds of token that highlighting tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Syntax {
    Attribute,
    Comment,
    Constant,
    Function,
    Keyword,
    Lifetime,
    Macro,
    Number,
    Operator,
    String,
    Type,
}

/// A foreground colour as SGR names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnsiColor {
    /// One of the 256 palette entries; 0 to 15 are the terminal's own.
    Indexed(u8),
    /// 24-bit colour.
    Rgb(u8, u8, u8),
}

/// How a piece of text is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "independent attributes, as in SGR")]
pub struct Style {
    /// What it is.
    pub role: Role,
    /// Strong emphasis.
    pub bold: bool,
    /// Emphasis.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck out.
    pub strike: bool,
}

impl Style {
    /// A style of this role without attributes.
    pub const fn of(role: Role) -> Self {
        Self { role, bold: false, italic: false, underline: false, strike: false }
    }

    /// The same, bold.
    #[must_use]
    pub const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    /// The same, italic.
    #[must_use]
    pub const fn italic(mut self) -> Self {
        self.italic = true;
        self
    }

    /// The same, underlined.
    #[must_use]
    pub const fn underline(mut self) -> Self {
        self.underline = true;
        self
    }
}

impl From<Role> for Style {
    fn from(role: Role) -> Self {
        Self::of(role)
    }
}

/// A run of text in one style. It holds no control character: whoever makes one from foreign text sanitises first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// How it is meant.
    pub style: Style,
}

impl Span {
    /// A span of `text` in `style`.
    pub fn new(text: impl Into<String>, style: impl Into<Style>) -> Self {
        Self { text: text.into(), style: style.into() }
    }

    /// Ordinary text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Style::default())
    }
}

/// One line of styled text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its runs, left to right.
    pub spans: Vec<Span>,
}

impl Line {
    /// A line of one run.
    pub fn of(text: impl Into<String>, style: impl Into<Style>) -> Self {
        Self { spans: vec![Span::new(text, style)] }
    }

    /// The text alone.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

impl From<Vec<Span>> for Line {
    fn from(spans: Vec<Span>) -> Self {
        Self { spans }
    }
}
