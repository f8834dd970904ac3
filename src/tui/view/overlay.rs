//! What stands above a screen, drawn.

use crate::app::Model;
use crate::app::area::Frame;
use crate::app::screen::overlay::Overlay;
use crate::tui::view::Canvas;

/// Draws an overlay.
pub fn draw(_model: &Model, overlay: &Overlay, frame: Frame, canvas: &mut Canvas<'_>) {
    match overlay {
        Overlay::Help { .. } => {
            canvas.popup(frame.body, "Keys");
        }
    }
}
