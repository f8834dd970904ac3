//! The cells of a frame and how text gets onto them: always clipped, measured in columns, cut with a mark.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Color;
use unicode_segmentation::UnicodeSegmentation;

use crate::app::area::Area;
use crate::text::{Line, Role, Style, width};
use crate::tui::marks::{self, Marks};
use crate::tui::theme::{Theme, Tint};

/// A frame being drawn. Nothing drawn outside of the screen has any effect.
#[derive(Debug)]
pub struct Canvas<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// What meanings look like.
    pub theme: Theme,
    /// The marks in use.
    pub marks: &'static Marks,
    /// Where the terminal's cursor stands, as column and row; hidden where there is none.
    pub cursor: Option<(u16, u16)>,
}

impl Canvas<'_> {
    /// Draws text in at most `width` columns, cut with a mark where it is longer; returns the column after it.
    pub fn text(&mut self, x: u16, y: u16, width: u16, text: &str, style: impl Into<Style>) -> u16 {
        let area = Area::new(x, y, width, 1);
        x + self.runs(area, std::iter::once((text, style.into())), 0)
    }

    /// Draws text that ends at the area's right edge, in its first row; returns its first column.
    pub fn text_right(&mut self, area: Area, text: &str, style: impl Into<Style>) -> u16 {
        let x = area.x + area.width.saturating_sub(text.graphemes(true).map(columns).sum());
        self.text(x, area.y, area.width, text, style);
        x
    }

    /// Draws a line in the area's first row, scrolled `offset` columns to the left; returns the columns used.
    pub fn line(&mut self, area: Area, line: &Line, offset: usize) -> u16 {
        self.runs(area, line.spans.iter().map(|span| (span.text.as_str(), span.style)), offset)
    }

    /// Draws lines one below the other, each scrolled `offset` columns to the left.
    pub fn lines<'l>(&mut self, area: Area, lines: impl IntoIterator<Item = &'l Line>, offset: usize) {
        for (row, line) in (area.y..area.bottom()).zip(lines) {
            self.line(Area { y: row, height: 1, ..area }, line, offset);
        }
    }

    /// Lays a tint over an area.
    pub fn tint(&mut self, area: Area, tint: Tint) {
        self.buffer.set_style(rect(area), self.theme.tint(tint));
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Area) {
        let area = self.buffer.area.intersection(rect(area));
        for position in area.positions() {
            self.buffer[position].reset();
        }
    }

    /// Draws a horizontal rule along the area's first row.
    pub fn rule(&mut self, area: Area) {
        for x in area.x..area.right() {
            self.cell(x, area.y, self.marks.horizontal, Role::Muted);
        }
    }

    /// Draws a vertical rule down the area's first column.
    pub fn upright(&mut self, area: Area) {
        for y in area.y..area.bottom() {
            self.cell(area.x, y, self.marks.vertical, Role::Muted);
        }
    }

    /// Draws how much of something is done along the area's first row.
    pub fn progress(&mut self, area: Area, done: usize, total: usize, style: impl Into<Style>) {
        let style = style.into();
        let full = (usize::from(area.width) * done.min(total)).checked_div(total).unwrap_or(0);
        let full = if done > 0 { full.max(1) } else { full } as u16;
        for column in 0..area.width {
            let (mark, style) = if column < full {
                (self.marks.filled, style)
            } else {
                (self.marks.hollow, Role::Muted.into())
            };
            self.cell(area.x + column, area.y, mark, style);
        }
    }

    /// Draws where the rows from `first` on stand among `total`, down the area's first column; nothing if all fit.
    pub fn scrollbar(&mut self, area: Area, first: usize, total: usize) {
        let shown = usize::from(area.height);
        if total <= shown || shown == 0 {
            return;
        }
        let length = (shown * shown / total).max(1);
        let room = shown - length;
        let start = (first * room).div_ceil(total - shown).min(room);
        for row in start..start + length {
            self.cell(area.x, area.y + row as u16, self.marks.thumb, Role::Muted);
        }
    }

    /// Lets what is drawn in an area step back behind what is drawn over it.
    pub fn recede(&mut self, area: Area) {
        let look = ratatui::style::Style::reset().patch(self.theme.style(Role::Muted));
        self.buffer.set_style(rect(area).intersection(self.buffer.area), look);
    }

    /// Empties an area and what stands close to its sides, draws a border around it with a title in it, and returns what is
    /// inside.
    pub fn popup(&mut self, area: Area, title: &str) -> Area {
        let screen = self.buffer.area;
        let margin = |room: u16| if room < SCRAP { room } else { 1 };
        let left = area.x.saturating_sub(margin(area.x.saturating_sub(screen.x)));
        let after = area.right() + margin(screen.right().saturating_sub(area.right()));
        self.clear(Area { x: left, width: after.saturating_sub(left), ..area });
        let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
        self.rule(Area { height: 1, ..area });
        self.rule(Area { y: bottom, height: 1, ..area });
        self.upright(Area { width: 1, ..area });
        self.upright(Area { x: right, width: 1, ..area });
        let [top_left, top_right, bottom_left, bottom_right] = self.marks.corners;
        for (x, y, mark) in [
            (area.x, area.y, top_left),
            (right, area.y, top_right),
            (area.x, bottom, bottom_left),
            (right, bottom, bottom_right),
        ] {
            self.cell(x, y, mark, Role::Muted);
        }
        if area.width > 6 {
            self.text(
                area.x + 2,
                area.y,
                area.width - 4,
                &format!(" {title} "),
                Style::of(Role::Accent).bold(),
            );
        }
        Area::new(area.x + 2, area.y + 1, area.width.saturating_sub(4), area.height.saturating_sub(2))
    }

    /// Draws one mark in one cell.
    pub fn cell(&mut self, x: u16, y: u16, mark: &str, style: impl Into<Style>) {
        let look = self.theme.style(style);
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(mark).set_style(look).set_diff_option(CellDiffOption::None);
        }
    }

    /// Points at what is chosen, or at the part that listens, where colours alone would not tell.
    pub fn pointer(&mut self, x: u16, y: u16) {
        self.cell(x, y, self.marks.chosen, Role::Accent);
    }

    /// Replaces the signs that are drawn with by their plain-ASCII twins, wherever they come from.
    pub fn plain(&mut self) {
        for cell in &mut self.buffer.content {
            if let Some(twin) = marks::twin(cell.symbol()) {
                cell.set_symbol(twin);
            }
        }
    }

    /// Gives text and background their colours where they were left to the terminal.
    pub fn ground(&mut self) {
        let ground = self.theme.ground();
        for cell in &mut self.buffer.content {
            if let (Color::Reset, Some(text)) = (cell.fg, ground.fg) {
                cell.fg = text;
            }
            if let (Color::Reset, Some(paper)) = (cell.bg, ground.bg) {
                cell.bg = paper;
            }
        }
    }

    /// Draws runs of text in one row, leaving out `offset` columns; returns the columns used.
    fn runs<'t>(&mut self, area: Area, runs: impl Iterator<Item = (&'t str, Style)>, offset: usize) -> u16 {
        let visible = rect(area).intersection(self.buffer.area);
        if visible.is_empty() {
            return 0;
        }
        let end = visible.right() - area.x;
        let mut left_out = 0;
        let mut column = 0;
        let mut last = 0;
        for (text, style) in runs {
            let look = self.theme.style(style);
            for glyph in text.graphemes(true) {
                let width = columns(glyph);
                if width == 0 {
                    continue;
                }
                if left_out < offset {
                    left_out += usize::from(width);
                    // A wide glyph cut in half by the left edge leaves an empty cell.
                    column += left_out.saturating_sub(offset) as u16;
                    continue;
                }
                if column + width > end {
                    // The mark covers the last column; a wide glyph there loses its other half too.
                    if column == end && last > 1 {
                        self.cell(area.x + end - last, area.y, " ", Role::Text);
                    }
                    self.cell(area.x + end - 1, area.y, self.marks.cut, Role::Muted);
                    return end;
                }
                self.glyph(area.x + column, area.y, glyph, width, look);
                column += width;
                last = width;
            }
        }
        column
    }

    fn glyph(&mut self, x: u16, y: u16, glyph: &str, width: u16, look: ratatui::style::Style) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(glyph).set_style(look).set_diff_option(CellDiffOption::None);
            // The drawing library counts half-width sound marks twice, and would leave out what stands behind them.
            if let Some(forced) = NonZeroU16::new(width).filter(|_| cell.cell_width() != width) {
                cell.set_diff_option(CellDiffOption::ForcedWidth(forced));
            }
        }
        for covered in x + 1..x + width {
            if let Some(cell) = self.buffer.cell_mut((covered, y)) {
                cell.reset();
            }
        }
    }
}

/// Fewer columns than this beside a popup show torn letters and nothing that could be read.
const SCRAP: u16 = 10;

/// How many columns a glyph takes; none for one with a control character, which is never drawn.
fn columns(glyph: &str) -> u16 {
    if glyph.contains(char::is_control) { 0 } else { width::of(glyph) as u16 }
}

/// An area as the drawing library has it.
pub fn rect(area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height)
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::{Buffer, CellWidth};
    use ratatui::layout::Rect;

    use super::Canvas;
    use crate::app::area::Area;
    use crate::app::editor::grapheme;
    use crate::text::{Line, Role, width};
    use crate::tui::marks::UNICODE;
    use crate::tui::theme::{Depth, Theme};

    fn row(width: u16, draw: impl FnOnce(&mut Canvas<'_>)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        let theme = Theme { light: false, depth: Depth::True };
        draw(&mut Canvas { buffer: &mut buffer, theme, marks: &UNICODE, cursor: None });
        (0..width).map(|x| buffer[(x, 0)].symbol().to_owned()).collect()
    }

    #[test]
    fn long_text_is_cut_with_a_mark_and_short_text_is_not() {
        assert_eq!(
            row(8, |c| {
                c.text(0, 0, 5, "abcdefgh", Role::Text);
            }),
            "abcd…   "
        );
        assert_eq!(
            row(8, |c| {
                c.text(0, 0, 5, "at 10 cost", Role::Text);
            }),
            "at 1…   ",
            "a space where the mark comes takes nothing else away"
        );
        assert_eq!(
            row(8, |c| {
                c.text(0, 0, 6, "at 10 cost", Role::Text);
            }),
            "at 10…  "
        );
        assert_eq!(
            row(8, |c| {
                c.text(0, 0, 5, "abcde", Role::Text);
            }),
            "abcde   "
        );
    }

    #[test]
    fn every_glyph_is_as_wide_when_it_is_drawn_as_when_it_is_measured() {
        let marks = ["ﾊﾟ", "ｶﾞ", "ﾟ", "\u{ff9e}", "か\u{3099}"];
        let signs = ["❤\u{fe0f}", "1\u{fe0f}\u{20e3}", "🇩🇪", "👩‍👩‍👧", "e\u{301}", "模", "ﬀ", "a", "👍🏽"];
        for glyph in marks.into_iter().chain(signs) {
            let cells = width::width(glyph);
            assert_eq!(grapheme::width(glyph, 0), cells, "{glyph:?} in the editor");
            let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
            let theme = Theme { light: false, depth: Depth::True };
            let mut canvas = Canvas { buffer: &mut buffer, theme, marks: &UNICODE, cursor: None };
            assert_eq!(
                usize::from(canvas.text(0, 0, cells as u16 + 1, &format!("{glyph}|"), Role::Text)),
                cells + 1
            );
            assert_eq!((buffer[(0, 0)].symbol(), usize::from(buffer[(0, 0)].cell_width())), (glyph, cells));
            let shown: Vec<_> =
                Buffer::empty(buffer.area).diff(&buffer).iter().map(|(x, ..)| usize::from(*x)).collect();
            assert!(shown.contains(&cells), "{glyph:?} hides what follows it: {shown:?}");
        }
    }

    #[test]
    fn a_wide_glyph_is_never_halved() {
        assert_eq!(
            row(5, |c| {
                c.text(0, 0, 3, "漢字", Role::Text);
            }),
            "漢 …  "
        );
        assert_eq!(
            row(4, |c| {
                c.text(0, 0, 4, "漢字模", Role::Text);
            }),
            "漢  …"
        );
        let line = Line::of("漢字", Role::Text);
        assert_eq!(
            row(4, |c| {
                c.line(Area::new(0, 0, 4, 1), &line, 1);
            }),
            " 字  "
        );
    }

    #[test]
    fn no_scraps_of_words_stand_beside_a_popup() {
        let beside = |left: u16, right: u16| {
            let width = left + 6 + right;
            let drawn = row(width, |c| {
                c.text(0, 0, width, &"x".repeat(usize::from(width)), Role::Text);
                c.popup(Area::new(left, 0, 6, 1), "");
            });
            drawn.chars().filter(|&sign| sign == 'x').count()
        };
        assert_eq!(beside(5, 9), 0);
        assert_eq!(beside(12, 12), 22, "one column of air on both sides");
    }

    #[test]
    fn nothing_outside_of_the_screen_has_an_effect() {
        let drawn = row(4, |c| {
            c.text(2, 0, 50, "abcdef", Role::Text);
            c.text(0, 9, 50, "abcdef", Role::Text);
            c.rule(Area::new(0, 5, 99, 1));
            c.popup(Area::new(3, 0, 40, 40), "t");
            c.scrollbar(Area::new(9, 9, 1, 5), 3, 100);
        });
        assert_eq!(drawn.chars().count(), 4);
    }
}
