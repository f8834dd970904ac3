//! From box to box: along the lines where there is one, else to the nearest.

use crate::app::area::Area;
use crate::app::diagram::Picture;
use crate::pack::Pattern;

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// What the pattern needs.
    Up,
    /// What needs the pattern.
    Down,
    /// In its layer.
    Left,
    /// In its layer.
    Right,
    /// In reading order.
    Next,
    /// In reading order.
    Previous,
    /// In reading order.
    First,
    /// In reading order.
    Last,
}

/// The box that one comes to; the same where there is none.
pub(super) fn step(picture: &Picture, map: &[Pattern], from: usize, way: Way) -> usize {
    let order = picture.layers.concat();
    let Some(at) = order.iter().position(|node| *node == from) else { return from };
    let Some(layer) = picture.layers.iter().position(|layer| layer.contains(&from)) else { return from };
    let beside = |by: isize| {
        let row = &picture.layers[layer];
        let at = row.iter().position(|node| *node == from)?;
        row.get(at.checked_add_signed(by)?).copied()
    };
    let to = match way {
        Way::Up => {
            let needs = map.get(from).map_or(&[][..], |pattern| &pattern.needs);
            let next = layer.checked_sub(1).and_then(|above| picture.layers.get(above));
            nearest(picture, from, needs).or_else(|| nearest(picture, from, next?))
        }
        Way::Down => {
            let needing = |(at, pattern): (usize, &Pattern)| pattern.needs.contains(&from).then_some(at);
            let below: Vec<usize> = map.iter().enumerate().filter_map(needing).collect();
            nearest(picture, from, &below).or_else(|| nearest(picture, from, picture.layers.get(layer + 1)?))
        }
        Way::Left => beside(-1),
        Way::Right => beside(1),
        Way::Next => order.get(at + 1).copied(),
        Way::Previous => at.checked_sub(1).map(|before| order[before]),
        Way::First => order.first().copied(),
        Way::Last => order.last().copied(),
    };
    to.unwrap_or(from)
}

/// The one of these that stands nearest: in the nearest layer, then in the nearest columns.
fn nearest(picture: &Picture, from: usize, among: &[usize]) -> Option<usize> {
    let middle = |area: Area| area.x + area.width / 2;
    let own = picture.boxes.get(from)?;
    among.iter().copied().filter(|to| *to < picture.boxes.len()).min_by_key(|to| {
        let other = picture.boxes[*to];
        (other.y.abs_diff(own.y), middle(other).abs_diff(middle(*own)))
    })
}
