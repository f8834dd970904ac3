//! Rectangles of the screen: where panels stand, for drawing and for the mouse alike.

/// A rectangle in cells, from the top left corner of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    /// The rectangle of this place and size.
    pub const fn new(x: u16, y: u16, width: u16, height: u16) -> Self {
        Self { x, y, width, height }
    }

    /// Whether the cell lies in it.
    pub const fn contains(&self, column: u16, row: u16) -> bool {
        column >= self.x && column < self.right() && row >= self.y && row < self.bottom()
    }

    /// The first column right of it.
    pub const fn right(&self) -> u16 {
        self.x.saturating_add(self.width)
    }

    /// The first row below it.
    pub const fn bottom(&self) -> u16 {
        self.y.saturating_add(self.height)
    }

    /// Whether it holds no cell.
    pub const fn is_empty(&self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// An area of at most this size in its middle.
    #[must_use]
    pub fn centered(self, width: u16, height: u16) -> Self {
        let (width, height) = (width.min(self.width), height.min(self.height));
        Self { x: self.x + (self.width - width) / 2, y: self.y + (self.height - height) / 2, width, height }
    }

    /// The upper `rows` rows and the rest.
    pub fn split_top(self, rows: u16) -> (Self, Self) {
        let rows = rows.min(self.height);
        let rest = Self { y: self.y + rows, height: self.height - rows, ..self };
        (Self { height: rows, ..self }, rest)
    }

    /// All but the lower `rows` rows, and these.
    pub fn split_bottom(self, rows: u16) -> (Self, Self) {
        self.split_top(self.height.saturating_sub(rows))
    }

    /// The left `columns` columns and the rest.
    pub fn split_left(self, columns: u16) -> (Self, Self) {
        let columns = columns.min(self.width);
        let rest = Self { x: self.x + columns, width: self.width - columns, ..self };
        (Self { width: columns, ..self }, rest)
    }

    /// All but the right `columns` columns, and these.
    pub fn split_right(self, columns: u16) -> (Self, Self) {
        self.split_left(self.width.saturating_sub(columns))
    }
}

/// The three parts that every screen is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Where one is: one row.
    pub header: Area,
    /// The screen itself.
    pub body: Area,
    /// What can be done: one row.
    pub bar: Area,
}

impl Frame {
    /// The parts of a screen of so many columns and rows.
    pub fn of((width, height): (u16, u16)) -> Self {
        let (header, rest) = Area::new(0, 0, width, height).split_top(1);
        let (body, bar) = rest.split_bottom(1);
        Self { header, body, bar }
    }
}

/// The smallest terminal that the screens are drawn on, in columns and rows.
pub const LEAST: (u16, u16) = (40, 10);

/// Whether a terminal of this size is too small for the screens.
pub const fn too_small((width, height): (u16, u16)) -> bool {
    width < LEAST.0 || height < LEAST.1
}
