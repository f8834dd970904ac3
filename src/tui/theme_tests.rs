//! Tests of the theme.

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
    assert_eq!((theme.ground().fg, theme.ground().bg), (None, None));
    assert!(theme.style(Role::Code).add_modifier.contains(Modifier::BOLD), "code in prose is told from it");
    assert!(theme.style(Style::of(Role::Text).bold()).add_modifier.contains(Modifier::BOLD));
}

#[test]
fn a_programs_bright_colours_are_readable_on_light() {
    let theme = Theme { light: true, depth: Depth::True };
    let color = |index| theme.style(Role::Ansi(AnsiColor::Indexed(index))).fg;
    assert_eq!(color(14), Some(Color::Rgb(0x0d, 0x6a, 0x63)));
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

/// Every role whose colour is the theme's own.
fn roles() -> Vec<Role> {
    let syntax = [
        Syntax::Attribute,
        Syntax::Comment,
        Syntax::Constant,
        Syntax::Function,
        Syntax::Keyword,
        Syntax::Lifetime,
        Syntax::Macro,
        Syntax::Number,
        Syntax::Operator,
        Syntax::String,
        Syntax::Type,
    ];
    let mut roles = vec![
        Role::Text,
        Role::Muted,
        Role::Accent,
        Role::Heading(1),
        Role::Heading(3),
        Role::Code,
        Role::Link,
        Role::Quote,
        Role::Success,
        Role::Failure,
        Role::Warning,
        Role::Note,
    ];
    roles.extend(syntax.map(Role::Syntax));
    roles
}

/// The contrast of text on its background, as the WCAG has it: from 1 to 21.
fn contrast(look: ratatui::style::Style) -> f64 {
    let luminance = |color| {
        let (red, green, blue) = seen(color);
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05
    };
    let (text, paper) = (luminance(look.fg.unwrap()), luminance(look.bg.unwrap()));
    text.max(paper) / text.min(paper)
}

/// A colour as terminals show it; of the sixteen, as VGA did and most still do, more or less.
fn seen(color: Color) -> (u8, u8, u8) {
    match color {
        Color::Rgb(red, green, blue) => (red, green, blue),
        Color::Indexed(grey @ 232..) => (8 + 10 * (grey - 232), 8 + 10 * (grey - 232), 8 + 10 * (grey - 232)),
        Color::Indexed(of_cube @ 16..) => {
            let level = |at: u8| [0, 95, 135, 175, 215, 255][usize::from(at % 6)];
            let at = of_cube - 16;
            (level(at / 36), level(at / 6), level(at))
        }
        Color::Black => (0, 0, 0),
        Color::Red => (170, 0, 0),
        Color::Green => (0, 170, 0),
        Color::Yellow => (170, 85, 0),
        Color::Blue => (0, 0, 170),
        Color::Magenta => (170, 0, 170),
        Color::Cyan => (0, 170, 170),
        Color::Gray => (170, 170, 170),
        Color::LightRed => (255, 85, 85),
        Color::White => (255, 255, 255),
        other => panic!("no colour of ours: {other:?}"),
    }
}

#[test]
fn every_role_can_be_read_on_the_background_that_the_app_paints() {
    for (light, depth) in [false, true]
        .into_iter()
        .flat_map(|light| [Depth::Sixteen, Depth::Palette, Depth::True].map(|depth| (light, depth)))
    {
        let theme = Theme { light, depth };
        for role in roles() {
            let least = if depth == Depth::Sixteen { 3.0 } else { 4.5 };
            let found = contrast(theme.ground().patch(theme.style(role)));
            assert!(found >= least, "{role:?} has {found:.2} where light is {light}, at {depth:?}");
        }
    }
}

#[test]
fn every_role_can_be_read_on_every_tint() {
    let tints = [
        Tint::Chosen,
        Tint::Selection,
        Tint::CurrentLine,
        Tint::Match,
        Tint::CurrentMatch,
        Tint::Added,
        Tint::Removed,
    ];
    for (light, depth) in
        [false, true].into_iter().flat_map(|light| [Depth::Palette, Depth::True].map(|depth| (light, depth)))
    {
        let theme = Theme { light, depth };
        for (role, tint) in roles().into_iter().flat_map(|role| tints.map(|tint| (role, tint))) {
            let found = contrast(theme.ground().patch(theme.style(role)).patch(theme.tint(tint)));
            assert!(found >= 3.5, "{role:?} on {tint:?} has {found:.2} where light is {light}, at {depth:?}");
        }
    }
}

#[test]
fn a_long_run_of_text_is_not_green_on_white() {
    let theme = Theme { light: true, depth: Depth::Sixteen };
    assert_ne!(
        theme.style(Role::Syntax(Syntax::String)).fg,
        Some(Color::Green),
        "two to one in many palettes"
    );
}
