//! One frame: the screen at hand, the bottom line, what stands above them.

use ratatui::buffer::Buffer;

use crate::app::area::{Area, Frame, LEAST, too_small};
use crate::app::keymap::{self, Context};
use crate::app::model::Screen;
use crate::app::{Command, Model};
use crate::text::{Line, Role, Span};
use crate::tui::marks::Marks;
use crate::tui::theme::{Depth, Theme};
use crate::tui::view::{Cache, Canvas, library, map, overlay, playground, reader, statusbar, workbench};

/// Draws the whole screen and returns where the cursor stands, if it is shown.
pub fn draw(model: &Model, depth: Depth, buffer: &mut Buffer, cache: &mut Cache) -> Option<(u16, u16)> {
    cache.unfinished = false;
    let theme = Theme { light: model.look.light, depth };
    let mut canvas = Canvas { buffer, theme, marks: Marks::of(model.look.ascii), cursor: None };
    if too_small(model.size) {
        ask_for_more(model.size, &mut canvas);
    } else {
        draw_screen(model, &mut canvas, cache);
    }
    if model.look.ascii {
        canvas.plain();
    }
    // Who chose a theme may have a terminal of the other kind.
    if model.look.chosen {
        canvas.ground();
    }
    canvas.cursor
}

fn draw_screen(model: &Model, canvas: &mut Canvas<'_>, cache: &mut Cache) {
    let frame = Frame::of(model.size);
    match model.screen {
        Screen::Library => library::draw(model, frame, canvas),
        Screen::Reader => {
            cache.unfinished |= reader::draw(model, frame, canvas, &mut cache.reader);
        }
        Screen::Map => map::draw(model, frame, canvas),
        Screen::Workbench => {
            cache.unfinished |= workbench::draw(model, frame, canvas, &mut cache.workbench);
        }
        Screen::Playground => {
            cache.unfinished |= playground::draw(model, frame, canvas, &mut cache.playground);
        }
    }
    if let Some(shown) = &model.overlay {
        canvas.cursor = None;
        canvas.recede(Area { height: frame.bar.y, ..frame.header });
        overlay::draw(model, shown, canvas);
    }
    statusbar::draw(model, frame.bar, canvas);
}

/// Draws a header line: where one is at the left, how far at the right.
pub fn header(area: Area, left: &Line, right: &Line, canvas: &mut Canvas<'_>) {
    let wide = unicode_width::UnicodeWidthStr::width(right.text().as_str()) as u16;
    let (left_area, right_area) = area.split_right(wide + 1);
    let (_, left_area) = left_area.split_left(1);
    let (left_area, _) = left_area.split_right(1);
    canvas.line(left_area, left, 0);
    canvas.line(right_area, right, 0);
}

fn ask_for_more((width, height): (u16, u16), canvas: &mut Canvas<'_>) {
    let (columns, rows) = LEAST;
    let quit = keymap::key_for(Context::Anywhere, Command::Quit).map_or(String::new(), |key| key.to_string());
    let small = format!("Too small: {width}x{height}");
    let leave = format!("{quit} leaves");
    let mut wanted = match height {
        0 | 1 => vec![format!("Too small; {leave}")],
        _ => vec![small, format!("needs {columns}x{rows}"), "Please enlarge".to_owned(), leave],
    };
    // The way out stays to the last.
    while wanted.len() > usize::from(height).max(2) {
        wanted.remove(wanted.len() - 2);
    }
    let top = height.saturating_sub(wanted.len() as u16) / 2;
    for (row, text) in (top..height).zip(&wanted) {
        let left = (usize::from(width).saturating_sub(text.len()) / 2) as u16;
        canvas.line(
            Area::new(left, row, width.saturating_sub(left), 1),
            &Line::from(vec![Span::new(text.as_str(), Role::Text)]),
            0,
        );
    }
}
