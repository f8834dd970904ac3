//! Where the picture stands on the screen, and which part of it is in view.

use std::sync::Arc;

use crate::app::area::{Area, Frame};
use crate::app::diagram::{Node, Picture};
use crate::app::model::Model;
use crate::app::screen::map::{at_hand, label, standing};
use crate::text::width::width;

/// Where the parts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The picture, or the part of it that fits.
    pub picture: Area,
    /// What is said of the chosen pattern.
    pub details: Area,
    /// The scrollbar.
    pub track: Area,
}

/// Rows of what is said of the chosen pattern.
const DETAILS: u16 = 2;
/// The borders of a box, and in it the mark of the chosen one, that of how far it is, and white space; one more column of that
/// where there is a count.
const AROUND: usize = 5;
/// Rows of a box with a border, and of one where there is little room.
const TALL: u16 = 3;
const LOW: u16 = 1;
/// The widest that the picture grows to straighten its lines.
const WIDEST: u16 = 110;

/// Where the parts stand on this screen.
pub fn areas(model: &Model) -> Areas {
    let (canvas, track, details) = parts(model);
    let size = model.map.as_ref().map_or((0, 0), |map| (map.picture.width, map.picture.height));
    Areas { picture: canvas.centered(size.0, size.1), details, track }
}

/// The room for the picture, the scrollbar and the details.
fn parts(model: &Model) -> (Area, Area, Area) {
    let (rest, details) = Frame::of(model.size).body.split_bottom(DETAILS);
    let (rest, track) = rest.split_right(1);
    // A row of white space before the details, where the picture does not need it.
    let rest = if rest.height > 24 { rest.split_bottom(1).0 } else { rest };
    (rest.split_left(1).1, track, details)
}

/// Lays the picture out for the terminal's size: with tall boxes and counts in them, where all of it fits with them.
pub(super) fn lay_out(model: &mut Model) {
    let (room, ..) = parts(model);
    let Some(map) = &model.map else { return };
    let Some(pack) = at_hand(model, map) else { return };
    let draw = |(height, counts): (u16, bool)| {
        let node = |pattern| {
            let (name, count) = label(pattern, standing(model, pack, pattern), counts);
            Node {
                width: (width(&name) + width(&count) + AROUND + usize::from(counts)) as u16,
                needs: pattern.needs.clone(),
            }
        };
        let nodes: Vec<Node> = pack.map.iter().map(node).collect();
        (counts, Picture::of(&nodes, height, room.width.min(WIDEST)))
    };
    let fits = |(_, picture): &(bool, Picture)| picture.width <= room.width && picture.height <= room.height;
    let forms = [(TALL, true), (LOW, true), (TALL, false), (LOW, false)];
    let fitting = forms.into_iter().map(draw).find(fits);
    let (counts, picture) = fitting.unwrap_or_else(|| draw((LOW, false)));
    if let Some(map) = &mut model.map {
        map.picture = Arc::new(picture);
        map.counts = counts;
    }
    scroll(model, 0);
}

/// Brings the chosen box into view.
pub(super) fn show_chosen(model: &mut Model) {
    let area = areas(model).picture;
    let Some(map) = &mut model.map else { return };
    let Some(own) = map.picture.boxes.get(map.chosen) else { return };
    let shown =
        |first: u16, room: u16, from: u16, to: u16| first.clamp(to.saturating_sub(room).min(from), from);
    map.scroll = (
        shown(map.scroll.0, area.width, own.x, own.right()),
        shown(map.scroll.1, area.height, own.y, own.bottom()),
    );
}

/// Scrolls by rows.
pub(super) fn scroll(model: &mut Model, by: i16) {
    let area = areas(model).picture;
    if let Some(map) = &mut model.map {
        let most = |whole: u16, shown: u16| whole.saturating_sub(shown);
        map.scroll.0 = map.scroll.0.min(most(map.picture.width, area.width));
        map.scroll.1 = map.scroll.1.saturating_add_signed(by).min(most(map.picture.height, area.height));
    }
}

/// Rows of a page, less two that stay in view.
pub(super) fn page(model: &Model) -> i16 {
    i16::try_from(areas(model).picture.height).unwrap_or(i16::MAX).saturating_sub(2).max(1)
}

/// The pattern whose box stands at a cell of the screen.
pub(super) fn pattern_at(model: &Model, column: u16, row: u16) -> Option<usize> {
    let area = areas(model).picture;
    let map = model.map.as_ref().filter(|_| area.contains(column, row))?;
    let (x, y) = (column - area.x + map.scroll.0, row - area.y + map.scroll.1);
    map.picture.boxes.iter().position(|own| own.contains(x, y))
}
