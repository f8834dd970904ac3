//! The part of a buffer that is in view.

use crate::app::editor::buffer::Buffer;
use crate::app::editor::grapheme;
use crate::app::editor::position::Position;

/// How many lines are kept in view above and below the cursor, where there is room.
const MARGIN: usize = 3;

/// How many cells are kept in view beside the cursor.
const SIDE_MARGIN: usize = 4;

/// The part of a buffer that is in view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Viewport {
    /// The first line in view.
    pub top: usize,
    /// The first cell in view.
    pub left: usize,
    /// How many lines are in view.
    pub rows: usize,
    /// How many cells of text are in view.
    pub columns: usize,
    /// How many cells behind the cursor are to be seen with it, as long as it stands here.
    pub(super) ahead: Option<(Position, usize)>,
}

impl Viewport {
    /// Brings the cursor into view: up and down with as little scrolling as may be, sideways from the lines' beginning if the
    /// cursor can be seen there.
    pub fn follow(&mut self, buffer: &Buffer) {
        let before = self.left;
        self.left = 0;
        self.reach(buffer);
        if self.left > 0 {
            self.left = before;
            self.reach(buffer);
        }
    }

    /// Scrolls as little as brings the cursor into view: nothing moves away under a pointer that drags.
    pub fn reach(&mut self, buffer: &Buffer) {
        // Before anything is in view, nothing says how far to scroll.
        if self.rows == 0 || self.columns == 0 {
            return;
        }
        let cursor = buffer.cursor();
        let margin = MARGIN.min(self.rows.saturating_sub(1) / 2);
        let lowest = (cursor.line + margin + 1).saturating_sub(self.rows);
        self.top = self.top.clamp(lowest, lowest.max(cursor.line.saturating_sub(margin)));
        self.top = self.top.min((buffer.lines().len() + margin).saturating_sub(self.rows)).min(cursor.line);

        let cell = buffer.cell_of(cursor);
        let line = buffer.text().line(cursor.line);
        // Behind the end of a line there is nothing to be seen.
        let behind = grapheme::cell_of(line, line.len()).saturating_sub(cell);
        let margin = SIDE_MARGIN.min(self.columns.saturating_sub(1) / 2).min(behind);
        let least = (cell + margin + 1).saturating_sub(self.columns);
        let ahead = self.ahead.filter(|(at, _)| *at == cursor).map_or(0, |(_, cells)| cells.min(behind));
        // The cursor is seen in any case.
        let with_ahead = (cell + ahead + margin + 1).saturating_sub(self.columns);
        let least = least.max(with_ahead.min(cell.saturating_sub(margin)));
        self.left = self.left.clamp(least, least.max(cell.saturating_sub(margin)));
    }

    /// Scrolls by so many lines without moving the cursor.
    pub fn scroll(&mut self, lines: isize, buffer: &Buffer) {
        self.top = self.top.saturating_add_signed(lines).min(buffer.lines().len().saturating_sub(1));
    }

    /// Scrolls sideways by so many cells, to the right no further than the lines in view reach.
    pub fn scroll_sideways(&mut self, cells: isize, buffer: &Buffer) {
        let lines = buffer.lines().iter().skip(self.top).take(self.rows);
        let widest = lines.map(|line| grapheme::cell_of(line, line.len())).max().unwrap_or_default();
        let most = (widest + SIDE_MARGIN).saturating_sub(self.columns).max(self.left);
        self.left = self.left.saturating_add_signed(cells).min(most);
    }

    /// Brings the cursor's line to the middle of the view, from its beginning if the cursor can be seen there.
    pub fn center(&mut self, buffer: &Buffer) {
        self.top = buffer.cursor().line.saturating_sub(self.rows / 2);
        self.left = 0;
        self.follow(buffer);
    }
}
