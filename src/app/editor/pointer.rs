//! How an editor answers the mouse: a click, a double click, a drag, the wheel.

use crate::app::area::Area;
use crate::app::editor::grapheme;
use crate::app::editor::position::Position;
use crate::app::editor::widget::Editor;
use crate::app::message::{Mouse, MouseKind};

/// How many lines a step of the wheel scrolls.
const WHEEL: isize = 3;

impl Editor {
    /// Answers the mouse in a panel that stands at `area`, the gutter included.
    pub fn mouse(&mut self, mouse: Mouse, area: Area) {
        let place = self.place_at(mouse, area);
        if matches!(mouse.kind, MouseKind::Press | MouseKind::DoublePress) {
            self.held = true;
            // Who presses in the text means the text, not the field below it.
            self.prompt = None;
        }
        match mouse.kind {
            MouseKind::Press if mouse.shift => self.buffer.select(self.buffer.selection().anchor, place),
            MouseKind::Press => self.buffer.place(place),
            MouseKind::DoublePress => {
                let word = grapheme::word_at(self.buffer.text().line(place.line), place.column);
                let at = |column| Position::new(place.line, column);
                self.buffer.select(at(word.start), at(word.end));
            }
            MouseKind::Drag if self.held => {
                self.buffer.select(self.buffer.selection().anchor, place);
                self.view.reach(&self.buffer);
            }
            // What was pressed is something else, which may have led here.
            MouseKind::Drag => {}
            MouseKind::Release => self.held = false,
            MouseKind::ScrollUp => self.view.scroll(-WHEEL, &self.buffer),
            MouseKind::ScrollDown => self.view.scroll(WHEEL, &self.buffer),
            MouseKind::ScrollLeft => self.view.scroll_sideways(-WHEEL, &self.buffer),
            MouseKind::ScrollRight => self.view.scroll_sideways(WHEEL, &self.buffer),
        }
        if !matches!(mouse.kind, MouseKind::Drag) {
            self.buffer.part();
        }
    }

    /// The place under the mouse; dragging beyond the panel leads one line beyond what is in view.
    fn place_at(&self, mouse: Mouse, area: Area) -> Position {
        let line = if mouse.row < area.y {
            self.view.top.saturating_sub(1)
        } else {
            self.view.top + usize::from(mouse.row.min(area.bottom()) - area.y)
        };
        let cell = usize::from(mouse.column.saturating_sub(area.x + self.gutter())) + self.view.left;
        if line > self.buffer.text().last() {
            self.buffer.text().end()
        } else {
            self.buffer.at_cell(line, cell)
        }
    }
}
