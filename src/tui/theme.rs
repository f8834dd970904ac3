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

const MUTED: Ink = ink(0x8a_919e, 0x6a_717c, Color::Reset, Color::Reset);
const ACCENT: Ink = ink(0x82_aaff, 0x22_57c5, Color::Cyan, Color::Blue);
const SUCCESS: Ink = ink(0x8c_cf7e, 0x2d_7d1f, Color::Green, Color::Green);
const FAILURE: Ink = ink(0xf2_777a, 0xc0_262c, Color::LightRed, Color::Red);
const WARNING: Ink = ink(0xe5_b567, 0x9a_6000, Color::Yellow, Color::Magenta);
const NOTE: Ink = ink(0x6c_b6eb, 0x1f_6fa8, Color::Cyan, Color::Blue);
const CODE: Ink = ink(0x9f_cfd0, 0x0b_6a78, Color::Cyan, Color::Blue);
const KEYWORD: Ink = ink(0xc7_92ea, 0x8a_2fb0, Color::Magenta, Color::Magenta);
const CONSTANT: Ink = ink(0xe5_a56b, 0xa3_500a, Color::Yellow, Color::Red);
const STRING: Ink = ink(0xa5_d68a, 0x2d_7d1f, Color::Green, Color::Green);
const TYPE: Ink = ink(0x8f_d3e8, 0x0f_6c8c, Color::Cyan, Color::Blue);
const FUNCTION: Ink = ink(0x82_aaff, 0x22_57c5, Color::Reset, Color::Reset);
const MACRO: Ink = ink(0x7f_cfc6, 0x0f_766e, Color::Cyan, Color::Blue);
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
            Tint::Selection => (0x35_4468, 0xc6_d8fb),
            Tint::CurrentLine => (0x26_2a33, 0xf0_f2f6),
            Tint::Match => (0x4d_4320, 0xfb_e9a9),
            Tint::CurrentMatch => (0x7d_6518, 0xf5_c542),
            Tint::Added => (0x1e_3323, 0xdf_f3dc),
            Tint::Removed => (0x3d_2226, 0xfb_dfe0),
            Tint::Error | Tint::Warning => return Self::tint_without_backgrounds(tint),
        };
        Style::new().bg(self.fit(rgb(if self.light { light } else { dark })))
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
        let color = match self.depth {
            Depth::None => return Style::new(),
            Depth::Sixteen => {
                if self.light {
                    ink.basic_light
                } else {
                    ink.basic_dark
                }
            }
            Depth::Palette | Depth::True => self.fit(if self.light { ink.light } else { ink.dark }),
        };
        if color == Color::Reset { Style::new() } else { Style::new().fg(color) }
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
mod tests {
    use ratatui::style::{Color, Modifier};

    use super::{Depth, Theme, Tint, nearest};
    use crate::text::{AnsiColor, Role, Style, Syntax};

    const ROLES: [Role; 10] = [
        Role::Muted,
        Role::Accent,
        Role::Heading(1),
        Role::Code,
        Role::Success,
        Role::Failure,
        Role::Warning,
        Role::Syntax(Syntax::Type),
        Role::Ansi(AnsiColor::Rgb(1, 2, 3)),
        Role::Ansi(AnsiColor::Indexed(200)),
    ];

    #[test]
    fn the_palette_entry_is_the_nearest() {
        assert_eq!(nearest((255, 0, 0)), 196);
        assert_eq!(nearest((0, 0, 0)), 16);
        assert_eq!(nearest((128, 128, 128)), 244);
    }

    #[test]
    fn without_colour_only_attributes_remain() {
        let theme = Theme { light: false, depth: Depth::None };
        for role in ROLES {
            assert_eq!(theme.style(role).fg, None, "{role:?}");
        }
        assert_eq!(theme.tint(Tint::Selection).bg, None);
        assert!(theme.style(Style::of(Role::Text).bold()).add_modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn a_programs_bright_colours_are_readable_on_light() {
        let theme = Theme { light: true, depth: Depth::True };
        let color = |index| theme.style(Role::Ansi(AnsiColor::Indexed(index))).fg;
        assert_eq!(color(14), Some(Color::Rgb(0x0f, 0x76, 0x6e)));
        assert_eq!(color(15), None, "white is the text's own");
        let dark = Theme { light: false, depth: Depth::True };
        assert_eq!(dark.style(Role::Ansi(AnsiColor::Indexed(14))).fg, Some(Color::Indexed(14)));
    }

    #[test]
    fn no_depth_is_exceeded() {
        for light in [false, true] {
            let sixteen = Theme { light, depth: Depth::Sixteen };
            let palette = Theme { light, depth: Depth::Palette };
            for role in ROLES {
                let exceeds = |color| matches!(color, Some(Color::Rgb(..) | Color::Indexed(16..)));
                assert!(!exceeds(sixteen.style(role).fg), "{role:?}");
                assert!(!matches!(palette.style(role).fg, Some(Color::Rgb(..))), "{role:?}");
            }
        }
    }
}
