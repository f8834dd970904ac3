//! The library drawn.

use crate::app::Model;
use crate::app::area::Frame;
use crate::text::{Line, Role, Span, Style};
use crate::tui::view::{Canvas, root};

/// Draws the library.
pub fn draw(model: &Model, frame: Frame, canvas: &mut Canvas<'_>) {
    let left = Line::from(vec![
        Span::new("patterns-tui", Style::of(Role::Text).bold()),
        Span::new(format!(" {} {}", canvas.marks.dot, model.pack().title), Role::Text),
    ]);
    root::header(frame.header, &left, &Line::default(), canvas);
}
