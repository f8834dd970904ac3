//! The columns in which boxes and passing lines stand: as near as possible to what they are joined with.

use crate::app::diagram::Node;
use crate::app::diagram::layers::{Layers, Slot};

/// The columns of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// The first.
    pub(super) x: u16,
    /// How many.
    pub(super) width: u16,
}

/// The columns of every slot, layer by layer.
pub(super) type Spans = Vec<Vec<Span>>;

/// Between two slots. A passing line can give way by one column and still has white space beside it.
pub(super) const GAP: i32 = 2;
/// How often the layers are gone through.
const SWEEPS: usize = 12;

impl Span {
    /// Where a line leaves at the bottom.
    pub(super) const fn exit(self) -> u16 {
        self.x + self.width / 2
    }
}

/// Gives each slot its columns.
pub(super) fn place(layers: &Layers, nodes: &[Node], room: u16) -> Spans {
    let widths: Vec<Vec<i32>> =
        layers.rows.iter().map(|row| row.iter().map(|slot| width(*slot, nodes)).collect()).collect();
    let narrowest = widths.iter().map(|row| packed(row)).max().unwrap_or(0);
    let room = narrowest.max(i32::from(room));
    let mut rows: Vec<Vec<i32>> = widths.iter().map(|row| settle(&centred(row, room), row, room)).collect();
    for sweep in 0..SWEEPS {
        let count = rows.len();
        let order: Vec<usize> =
            if sweep % 2 == 0 { (0..count).collect() } else { (0..count).rev().collect() };
        for layer in order {
            let wanted = wanted(layers, &rows, &widths, layer, sweep % 2 == 0);
            rows[layer] = settle(&wanted, &widths[layer], room);
        }
    }
    let left = rows.iter().flatten().min().copied().unwrap_or(0);
    let span = |(x, width): (&i32, &i32)| Span { x: (x - left) as u16, width: *width as u16 };
    let mut spans: Spans =
        rows.iter().zip(&widths).map(|(row, widths)| row.iter().zip(widths).map(span).collect()).collect();
    give_way(layers, &mut spans);
    spans
}

fn width(slot: Slot, nodes: &[Node]) -> i32 {
    match slot {
        Slot::Node(node) => nodes[node].columns(),
        Slot::Pass(_) => 1,
    }
}

fn packed(widths: &[i32]) -> i32 {
    widths.iter().sum::<i32>() + GAP * (widths.len() as i32 - 1).max(0)
}

fn centred(widths: &[i32], room: i32) -> Vec<i32> {
    let mut x = (room - packed(widths)) / 2;
    let place = |width: &i32| {
        let here = x;
        x += width + GAP;
        here
    };
    widths.iter().map(place).collect()
}

/// Where each slot of a layer would stand if it were alone: amid those that it is joined with above or below.
fn wanted(layers: &Layers, rows: &[Vec<i32>], widths: &[Vec<i32>], layer: usize, above: bool) -> Vec<i32> {
    let centre = |layer: usize, at: usize| rows[layer][at] + widths[layer][at] / 2;
    let mut near: Vec<Vec<i32>> = vec![Vec::new(); rows[layer].len()];
    if above && layer > 0 {
        for (at, slot) in layers.rows[layer - 1].iter().enumerate() {
            layers.next(layer - 1, *slot).for_each(|to| near[to].push(centre(layer - 1, at)));
        }
    } else if !above {
        for (at, slot) in layers.rows[layer].iter().enumerate() {
            near[at].extend(layers.next(layer, *slot).map(|to| centre(layer + 1, to)));
        }
    }
    let amid = |(at, near): (usize, &Vec<i32>)| match near.len() as i32 {
        0 => rows[layer][at],
        count => near.iter().sum::<i32>().div_euclid(count) - widths[layer][at] / 2,
    };
    near.iter().enumerate().map(amid).collect()
}

/// The places nearest to those that are wanted at which nothing overlaps and all stands within the room.
fn settle(wanted: &[i32], widths: &[i32], room: i32) -> Vec<i32> {
    // Less what stands left of each, the places need only not decrease: runs that do are levelled to their mean.
    let mut left = Vec::with_capacity(widths.len());
    let mut sum = 0;
    for width in widths {
        left.push(sum);
        sum += width + GAP;
    }
    let mut runs: Vec<(i32, i32)> = Vec::new();
    for (wanted, left) in wanted.iter().zip(&left) {
        runs.push((wanted - left, 1));
        while let [.., before, last] = runs[..]
            && before.0.div_euclid(before.1) > last.0.div_euclid(last.1)
        {
            runs.truncate(runs.len() - 2);
            runs.push((before.0 + last.0, before.1 + last.1));
        }
    }
    let most = (room - packed(widths)).max(0);
    let levels = runs.iter().flat_map(|(sum, count)| {
        let level = sum.div_euclid(*count).clamp(0, most);
        std::iter::repeat_n(level, *count as usize)
    });
    levels.zip(&left).map(|(level, left)| level + left).collect()
}

/// Moves a passing line by one column where another line would end in the very column in which it begins.
fn give_way(layers: &Layers, spans: &mut Spans) {
    for below in 1..layers.rows.len() {
        for at in 0..layers.rows[below].len() {
            let Slot::Pass(source) = layers.rows[below][at] else { continue };
            let mut exits = layers.rows[below - 1].iter().zip(&spans[below - 1]);
            let x = spans[below][at].x;
            if exits.any(|(slot, span)| slot.source() != source && span.exit() == x) {
                spans[below][at].x += 1;
            }
        }
    }
}
