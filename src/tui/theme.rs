//! What each meaning looks like: the only place where colours are named.

use ratatui::style::{Color, Modifier, Style};

use crate::settings::ColorChoice;
use crate::text::{AnsiColor, Role, Syntax};

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    /// None: attributes only.
    #[default]
    None,
    /// The terminal's own sixteen.
    Sixteen,
    /// The palette of 256.
    Palette,
    /// 24 bits.
    True,
}

/// What lies behind text, or under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tint {
    /// The chosen row of a list.
    Chosen,
    /// Selected text.
    Selection,
    /// The editor's line at hand.
    CurrentLine,
    /// A match of what was searched for.
    Match,
    /// The match at hand.
    CurrentMatch,
    /// An added line of a comparison.
    Added,
    /// A removed line of a comparison.
    Removed,
    /// A place that the compiler calls an error.
    Error,
    /// A place that the compiler warns of.
    Warning,
}

/// A palette at a colour depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Dark text on a light background.
    pub light: bool,
    /// How many colours there are.
    pub depth: Depth,
}

/// A colour of the app: 24 bits on dark and on light, and the nearest of the terminal's own sixteen on both.
struct Ink {
    dark: (u8, u8, u8),
    light: (u8, u8, u8),
    basic_dark: Color,
    basic_light: Color,
}

const fn ink(dark: u32, light: u32, basic_dark: Color, basic_light: Color) -> Ink {
    Ink { dark: rgb(dark), light: rgb(light), basic_dark, basic_light }
}

const fn rgb(hex: u32) -> (u8, u8, u8) {
    ((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// What stands behind everything, where the app paints it.
const PAPER: Ink = ink(0x1b_1e25, 0xff_ffff, Color::Black, Color::White);
const TEXT: Ink = ink(0xd8_dce4, 0x1f_2328, Color::Gray, Color::Black);
const MUTED: Ink = ink(0x97_9eaa, 0x5d_6470, Color::Reset, Color::Reset);
const ACCENT: Ink = ink(0x82_aaff, 0x22_57c5, Color::Cyan, Color::Blue);
const SUCCESS: Ink = ink(0x8c_cf7e, 0x26_7019, Color::Green, Color::Green);
const FAILURE: Ink = ink(0xf2_777a, 0xc0_262c, Color::LightRed, Color::Red);
const WARNING: Ink = ink(0xe5_b567, 0x9a_6000, Color::Yellow, Color::Magenta);
const NOTE: Ink = ink(0x6c_b6eb, 0x1f_6fa8, Color::Cyan, Color::Blue);
const CODE: Ink = ink(0x9f_cfd0, 0x0b_6a78, Color::Cyan, Color::Blue);
const KEYWORD: Ink = ink(0xc7_92ea, 0x8a_2fb0, Color::Magenta, Color::Magenta);
const CONSTANT: Ink = ink(0xe5_a56b, 0x9a_4a00, Color::Yellow, Color::Red);
const STRING: Ink = ink(0xa5_d68a, 0x26_7019, Color::Green, Color::Red);
const TYPE: Ink = ink(0x8f_d3e8, 0x0f_6c8c, Color::Cyan, Color::Blue);
const FUNCTION: Ink = ink(0x82_aaff, 0x22_57c5, Color::Reset, Color::Reset);
const MACRO: Ink = ink(0x7f_cfc6, 0x0d_6a63, Color::Cyan, Color::Blue);
const ATTRIBUTE: Ink = ink(0xb8_a965, 0x7a_6a00, Color::Yellow, Color::Magenta);
const OPERATOR: Ink = ink(0xa9_b1bd, 0x4a_5160, Color::Reset, Color::Reset);

impl Depth {
    /// What the terminal shows, given what the person wants.
    pub fn of(choice: ColorChoice) -> Self {
        let found = supports_color::on(supports_color::Stream::Stdout).map(|level| {
            if level.has_16m {
                Self::True
            } else if level.has_256 {
                Self::Palette
            } else {
                Self::Sixteen
            }
        });
        match choice {
            ColorChoice::Auto => found.unwrap_or_default(),
            ColorChoice::Always => found.unwrap_or(Self::Palette),
            ColorChoice::Never => Self::None,
        }
    }
}

impl Theme {
    /// How a piece of text looks.
    pub fn style(self, style: impl Into<crate::text::Style>) -> Style {
        let style = style.into();
        let mut look = self.role(style.role);
        for (on, modifier) in [
            (style.bold, Modifier::BOLD),
            (style.italic, Modifier::ITALIC),
            (style.underline, Modifier::UNDERLINED),
            (style.strike, Modifier::CROSSED_OUT),
        ] {
            if on {
                look = look.add_modifier(modifier);
            }
        }
        look
    }

    /// What lies behind text of this kind; it is laid over what is drawn.
    pub fn tint(self, tint: Tint) -> Style {
        if matches!(self.depth, Depth::None | Depth::Sixteen) {
            return Self::tint_without_backgrounds(tint);
        }
        let (dark, light) = match tint {
            Tint::Chosen => (0x2a_3142, 0xdc_e6f8),
            Tint::Selection => (0x2f_3d5e, 0xc6_d8fb),
            Tint::CurrentLine => (0x26_2a33, 0xf0_f2f6),
            Tint::Match => (0x4d_4320, 0xfb_e9a9),
            // Too bright for most colours of text, so it brings its own.
            Tint::CurrentMatch => {
                return Style::new().fg(self.fit(rgb(0x1f_2328))).bg(self.fit(rgb(0xf5_c542)));
            }
            Tint::Added => (0x1e_3323, 0xdf_f3dc),
            Tint::Removed => (0x3d_2226, 0xfb_dfe0),
            Tint::Error | Tint::Warning => return Self::tint_without_backgrounds(tint),
        };
        Style::new().bg(self.fit(rgb(if self.light { light } else { dark })))
    }

    /// Text and background where the app does not leave them to the terminal, whose own may be the other way round.
    pub fn ground(self) -> Style {
        match (self.color(&TEXT), self.color(&PAPER)) {
            (Some(text), Some(paper)) => Style::new().fg(text).bg(paper),
            _ => Style::new(),
        }
    }

    fn tint_without_backgrounds(tint: Tint) -> Style {
        match tint {
            Tint::Chosen => Style::new().add_modifier(Modifier::BOLD),
            Tint::Selection | Tint::CurrentMatch => Style::new().add_modifier(Modifier::REVERSED),
            Tint::Match | Tint::Error | Tint::Warning => Style::new().add_modifier(Modifier::UNDERLINED),
            Tint::CurrentLine | Tint::Added | Tint::Removed => Style::new(),
        }
    }

    fn role(self, role: Role) -> Style {
        match role {
            Role::Text => Style::new(),
            Role::Muted => self.muted(),
            Role::Accent => self.paint(&ACCENT),
            Role::Heading(1 | 2) => self.paint(&ACCENT).add_modifier(Modifier::BOLD),
            Role::Heading(_) => Style::new().add_modifier(Modifier::BOLD),
            // The only role in running text that nothing but its colour would tell.
            Role::Code if self.depth == Depth::None => Style::new().add_modifier(Modifier::BOLD),
            Role::Code => self.paint(&CODE),
            Role::Link => self.paint(&ACCENT).add_modifier(Modifier::UNDERLINED),
            Role::Quote => self.muted().add_modifier(Modifier::ITALIC),
            Role::Success => self.paint(&SUCCESS),
            Role::Failure => self.paint(&FAILURE),
            Role::Warning => self.paint(&WARNING),
            Role::Note => self.paint(&NOTE),
            Role::Syntax(token) => self.token(token),
            Role::Ansi(color) => self.ansi(color),
        }
    }

    fn token(self, token: Syntax) -> Style {
        match token {
            Syntax::Comment => self.muted().add_modifier(Modifier::ITALIC),
            Syntax::Keyword => self.paint(&KEYWORD),
            Syntax::Constant | Syntax::Number => self.paint(&CONSTANT),
            Syntax::Lifetime => self.paint(&CONSTANT).add_modifier(Modifier::ITALIC),
            Syntax::String => self.paint(&STRING),
            Syntax::Type => self.paint(&TYPE),
            Syntax::Function => self.paint(&FUNCTION),
            Syntax::Macro => self.paint(&MACRO),
            Syntax::Attribute => self.paint(&ATTRIBUTE),
            Syntax::Operator => self.paint(&OPERATOR),
        }
    }

    /// Dimmed where the sixteen colours hold no grey that is readable on both backgrounds.
    fn muted(self) -> Style {
        match self.depth {
            Depth::None | Depth::Sixteen => Style::new().add_modifier(Modifier::DIM),
            Depth::Palette | Depth::True => self.paint(&MUTED),
        }
    }

    fn paint(self, ink: &Ink) -> Style {
        self.color(ink).map_or(Style::new(), |color| Style::new().fg(color))
    }

    /// The colour of an ink; none where it is that of plain text.
    fn color(self, ink: &Ink) -> Option<Color> {
        let color = match (self.depth, self.light) {
            (Depth::None, _) => Color::Reset,
            (Depth::Sixteen, true) => ink.basic_light,
            (Depth::Sixteen, false) => ink.basic_dark,
            (Depth::Palette | Depth::True, true) => self.fit(ink.light),
            (Depth::Palette | Depth::True, false) => self.fit(ink.dark),
        };
        (color != Color::Reset).then_some(color)
    }

    fn ansi(self, color: AnsiColor) -> Style {
        let color = match (self.depth, color) {
            (Depth::None, _) | (Depth::Sixteen, AnsiColor::Indexed(16..) | AnsiColor::Rgb(..)) => {
                return Style::new();
            }
            (_, AnsiColor::Indexed(index @ 0..16)) if self.light => {
                return readable(index).map_or(Style::new(), |ink| self.paint(ink));
            }
            (_, AnsiColor::Indexed(index)) => Color::Indexed(index),
            (_, AnsiColor::Rgb(r, g, b)) => self.fit((r, g, b)),
        };
        Style::new().fg(color)
    }

    fn fit(self, (r, g, b): (u8, u8, u8)) -> Color {
        if self.depth == Depth::True { Color::Rgb(r, g, b) } else { Color::Indexed(nearest((r, g, b))) }
    }
}

/// What one of a program's sixteen colours is on a light background; white and black are the text's own.
const fn readable(index: u8) -> Option<&'static Ink> {
    match index % 8 {
        1 => Some(&FAILURE),
        2 => Some(&SUCCESS),
        3 => Some(&WARNING),
        4 => Some(&ACCENT),
        5 => Some(&KEYWORD),
        6 => Some(&MACRO),
        _ => None,
    }
}

/// The entry of the 256-colour palette nearest to a colour: of its cube or of its greys.
fn nearest(wanted: (u8, u8, u8)) -> u8 {
    const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let level = |value: u8| (0..6).min_by_key(|&at| LEVELS[at].abs_diff(value)).unwrap_or(0);
    let distance = |other: (u8, u8, u8)| {
        let apart = |one: u8, two: u8| u32::from(one.abs_diff(two)).pow(2);
        apart(other.0, wanted.0) + apart(other.1, wanted.1) + apart(other.2, wanted.2)
    };
    let at = [wanted.0, wanted.1, wanted.2].map(level);
    let cube = (LEVELS[at[0]], LEVELS[at[1]], LEVELS[at[2]]);
    let mean = (u16::from(wanted.0) + u16::from(wanted.1) + u16::from(wanted.2)) / 3;
    let step = (mean.saturating_sub(3) / 10).min(23) as u8;
    let grey = 8 + 10 * step;
    let is_grey = distance((grey, grey, grey)) < distance(cube);
    if is_grey { 232 + step } else { (16 + 36 * at[0] + 6 * at[1] + at[2]) as u8 }
}

#[cfg(test)]
#[path = "theme_tests.rs"]
mod tests;
