//! The playground drawn.

use crate::app::Model;
use crate::app::area::Frame;
use crate::tui::view::Canvas;

/// What drawing the playground remembers.
#[derive(Debug, Default)]
pub struct Memory {}

/// Draws the playground.
pub fn draw(_model: &Model, _frame: Frame, _canvas: &mut Canvas<'_>, _memory: &mut Memory) {}
