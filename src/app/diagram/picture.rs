//! The picture: where every box stands and which way every line goes.

use std::collections::BTreeMap;

use crate::app::area::Area;
use crate::app::diagram::columns::{self, Spans};
use crate::app::diagram::layers::{Layers, Slot};
use crate::app::diagram::order;
use crate::app::diagram::wires;

/// A box to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// How many columns what stands in it takes.
    pub width: u16,
    /// The boxes that it hangs from, by their places; never itself, not even by way of others.
    pub needs: Vec<usize>,
}

impl Node {
    /// The columns of its box, which has room for every line that enters it beside those that only pass above it.
    pub(super) fn columns(&self) -> i32 {
        i32::from(self.width).max(2 * self.needs.len() as i32 + 4)
    }
}

/// A graph with a place for everything, from the top left corner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// How many columns it takes.
    pub width: u16,
    /// How many rows it takes.
    pub height: u16,
    /// Where each node's box stands.
    pub boxes: Vec<Area>,
    /// The nodes of each layer, from the left.
    pub layers: Vec<Vec<usize>>,
    /// The cells of the lines, by column and row. Where two lines cross, the upright one passes over the other.
    pub wires: BTreeMap<(u16, u16), Arms>,
    /// The way of each line.
    pub routes: Vec<Route>,
}

/// The way from a box to one that needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The box above.
    pub from: usize,
    /// The box below.
    pub to: usize,
    /// The cells between them, each beside the one before.
    pub cells: Vec<(u16, u16)>,
}

/// The sides on which a cell of a line goes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Arms(u8);

impl Arms {
    /// To the row above.
    pub const UP: Self = Self(1);
    /// To the column at the right.
    pub const RIGHT: Self = Self(2);
    /// To the row below.
    pub const DOWN: Self = Self(4);
    /// To the column at the left.
    pub const LEFT: Self = Self(8);

    /// Those of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has all of these.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// A number from 0 to 15 that tells all combinations apart: 1 for up, 2 for right, 4 for down, 8 for left, added.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Picture {
    /// Draws a graph with boxes of so many rows, in `room` columns where they suffice; what they leave straightens lines.
    pub fn of(nodes: &[Node], box_height: u16, room: u16) -> Self {
        let mut layers = Layers::of(nodes, room);
        order::untangle(&mut layers);
        let spans = columns::place(&layers, nodes, room);
        let gaps: Vec<wires::Gap> =
            (1..layers.rows.len()).map(|below| wires::gap(&layers, &spans, below)).collect();
        let mut picture = Self { boxes: vec![Area::default(); nodes.len()], ..Self::default() };
        let tops = picture.boxes(&layers, &spans, &gaps, box_height);
        picture.lines(&layers, &gaps, &tops, box_height);
        picture
    }

    /// The cells of a line that are seen as its own: not those in which it passes beneath another.
    pub fn seen<'p>(&'p self, route: &'p Route) -> impl Iterator<Item = ((u16, u16), Arms)> + 'p {
        let sideways = |at: usize| {
            let beside = |other: Option<&(u16, u16)>| other.is_some_and(|other| other.1 == route.cells[at].1);
            beside(at.checked_sub(1).map(|before| &route.cells[before])) && beside(route.cells.get(at + 1))
        };
        let cells = route.cells.iter().enumerate();
        let seen = move |(at, cell): (usize, &(u16, u16))| {
            let arms = self.wires.get(cell).copied()?;
            (!sideways(at) || arms.has(Arms::LEFT)).then_some((*cell, arms))
        };
        cells.filter_map(seen)
    }

    /// Places the boxes and gives the first row of each layer.
    fn boxes(&mut self, layers: &Layers, spans: &Spans, gaps: &[wires::Gap], height: u16) -> Vec<u16> {
        let mut tops = Vec::new();
        let mut top = 0;
        for (at, (row, spans)) in layers.rows.iter().zip(spans).enumerate() {
            tops.push(top);
            let mut layer = Vec::new();
            for (slot, span) in row.iter().zip(spans) {
                self.width = self.width.max(span.x + span.width);
                if let Slot::Node(node) = *slot {
                    self.boxes[node] = Area::new(span.x, top, span.width, height);
                    layer.push(node);
                }
            }
            self.layers.push(layer);
            self.height = top + height;
            top = self.height + gaps.get(at).map_or(0, |gap| gap.rows);
        }
        tops
    }

    /// Draws the lines through the gaps and past the boxes.
    fn lines(&mut self, layers: &Layers, gaps: &[wires::Gap], tops: &[u16], height: u16) {
        let mut cells: BTreeMap<(u16, u16), Vec<(usize, Arms)>> = BTreeMap::new();
        for (from, to) in layers.edges() {
            let mut way = Vec::new();
            for (gap, top) in (layers.depth[from]..layers.depth[to]).zip(&tops[layers.depth[from]..]) {
                let last = gap + 1 == layers.depth[to];
                let leg = gaps[gap].leg(from, last.then_some(to));
                wires::walk(&mut way, leg, top + height, gaps[gap].rows);
                if !last {
                    let below = tops[gap + 1];
                    way.extend((below..below + height).map(|y| (leg.exit_below(), y)));
                }
            }
            mark(&mut cells, from, &way);
            self.routes.push(Route { from, to, cells: way });
        }
        self.wires = cells.into_iter().map(|(cell, lines)| (cell, joined(&lines))).collect();
    }
}

/// Notes for each cell of a way on which sides it goes on.
fn mark(cells: &mut BTreeMap<(u16, u16), Vec<(usize, Arms)>>, line: usize, way: &[(u16, u16)]) {
    for (at, cell) in way.iter().enumerate() {
        let before = at.checked_sub(1).map_or(Arms::UP, |before| towards(*cell, way[before]));
        let after = way.get(at + 1).map_or(Arms::DOWN, |after| towards(*cell, *after));
        let lines = cells.entry(*cell).or_default();
        match lines.iter_mut().find(|(of, _)| *of == line) {
            Some((_, arms)) => *arms = arms.and(before).and(after),
            None => lines.push((line, before.and(after))),
        }
    }
}

fn towards(from: (u16, u16), to: (u16, u16)) -> Arms {
    if to.1 < from.1 {
        Arms::UP
    } else if to.1 > from.1 {
        Arms::DOWN
    } else if to.0 < from.0 {
        Arms::LEFT
    } else {
        Arms::RIGHT
    }
}

/// What is seen of the lines in a cell: the upright one alone where two cross.
fn joined(lines: &[(usize, Arms)]) -> Arms {
    let upright = lines.iter().map(|(_, arms)| *arms).find(|arms| *arms == Arms::UP.and(Arms::DOWN));
    let all = || lines.iter().fold(Arms::default(), |all, (_, arms)| all.and(*arms));
    upright.unwrap_or_else(all)
}
