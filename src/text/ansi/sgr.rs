//! What an SGR sequence does to a style.

use vte::Params;

use crate::text::style::{AnsiColor, Role, Style};

/// The style after an SGR sequence. Backgrounds, inversion and blinking have no counterpart and are ignored.
pub(super) fn apply(mut style: Style, params: &Params) -> Style {
    let mut params = params.iter();
    while let Some(param) = params.next() {
        match param {
            [38, rest @ ..] if !rest.is_empty() => color_of(rest, &mut style),
            [38] => {
                let kind = params.next().and_then(|param| param.first().copied());
                let count = match kind {
                    Some(2) => 3,
                    Some(5) => 1,
                    _ => 0,
                };
                let values: Vec<u16> = kind
                    .into_iter()
                    .chain(params.by_ref().take(count).map(|param| param.first().copied().unwrap_or(0)))
                    .collect();
                color_of(&values, &mut style);
            }
            // A background's own parameters must not be taken for attributes.
            [48] => match params.next() {
                Some([2]) => drop(params.by_ref().take(3).count()),
                Some([5]) => drop(params.next()),
                _ => {}
            },
            [code, ..] => attribute(*code, &mut style),
            [] => {}
        }
    }
    style
}

fn attribute(code: u16, style: &mut Style) {
    match code {
        0 => *style = Style::default(),
        1 => style.bold = true,
        2 if style.role == Role::Text => style.role = Role::Muted,
        3 => style.italic = true,
        4 | 21 => style.underline = true,
        9 => style.strike = true,
        22 => {
            style.bold = false;
            if style.role == Role::Muted {
                style.role = Role::Text;
            }
        }
        23 => style.italic = false,
        24 => style.underline = false,
        29 => style.strike = false,
        30..=37 => style.role = Role::Ansi(AnsiColor::Indexed((code - 30) as u8)),
        90..=97 => style.role = Role::Ansi(AnsiColor::Indexed((code - 82) as u8)),
        39 => style.role = Role::Text,
        _ => {}
    }
}

/// The colour that the parameters after 38 name: `5;n`, `2;r;g;b` or, with colons, `2::r:g:b`.
fn color_of(values: &[u16], style: &mut Style) {
    let byte = |value: u16| value.min(255) as u8;
    let color = match *values {
        [5, index] => AnsiColor::Indexed(byte(index)),
        [2, r, g, b] | [2, _, r, g, b, ..] => AnsiColor::Rgb(byte(r), byte(g), byte(b)),
        _ => return,
    };
    style.role = Role::Ansi(color);
}
