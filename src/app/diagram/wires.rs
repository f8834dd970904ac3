//! The lines in the rows between two layers: where they leave and enter, and in which row they go sideways.

use crate::app::diagram::columns::{Span, Spans};
use crate::app::diagram::layers::{Layers, Slot};

/// Up to so many rows every order of them is tried.
const TRIED: usize = 5;

/// The rows between two layers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    /// How many.
    pub(super) rows: u16,
    nets: Vec<Net>,
}

/// The lines that leave one slot.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Net {
    source: usize,
    exit: u16,
    /// Where they enter the layer below: a node, or the line's own passage.
    entries: Vec<(Slot, u16)>,
    track: u16,
}

/// One line's way through a gap: down from a column, sideways in a row, down in another column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leg {
    exit: u16,
    track: u16,
    entry: u16,
}

impl Leg {
    /// The column in which it goes on below.
    pub(super) const fn exit_below(self) -> u16 {
        self.entry
    }
}

impl Gap {
    /// The way of a source's line to a node, or to its passage in the layer below.
    pub(super) fn leg(&self, source: usize, to: Option<usize>) -> Leg {
        let slot = to.map_or(Slot::Pass(source), Slot::Node);
        let net = self.nets.iter().find(|net| net.source == source);
        let entry = net.and_then(|net| net.entries.iter().find(|(of, _)| *of == slot));
        let (net, (_, entry)) = net.zip(entry).expect("every line has a leg in each gap that it crosses");
        Leg { exit: net.exit, track: net.track, entry: *entry }
    }
}

impl Net {
    /// The columns that its part that goes sideways takes; none where it goes straight down.
    fn reach(&self) -> Option<(u16, u16)> {
        let columns = || self.entries.iter().map(|(_, column)| *column).chain([self.exit]);
        let (left, right) = (columns().min()?, columns().max()?);
        (left < right).then_some((left, right))
    }

    /// How often it crosses another, given the rows of both.
    fn crosses(&self, other: &Self) -> usize {
        let Some((left, right)) = other.reach() else { return 0 };
        let within = |column: u16| usize::from(left < column && column < right);
        if other.track < self.track {
            within(self.exit)
        } else {
            self.entries.iter().map(|(_, column)| within(*column)).sum()
        }
    }
}

/// Lays the lines between a layer and the one above it.
pub(super) fn gap(layers: &Layers, spans: &Spans, below: usize) -> Gap {
    let (row, own) = (&layers.rows[below - 1], &spans[below - 1]);
    let mut nets: Vec<Net> = row
        .iter()
        .zip(own)
        .filter(|(slot, _)| layers.next(below - 1, **slot).next().is_some())
        .map(|(slot, span)| Net { source: slot.source(), exit: span.exit(), entries: Vec::new(), track: 0 })
        .collect();
    for (slot, span) in layers.rows[below].iter().zip(&spans[below]) {
        match *slot {
            Slot::Pass(source) => enter(&mut nets, &[source], *slot, &[span.x]),
            Slot::Node(node) => {
                let mut sources: Vec<usize> = nets
                    .iter()
                    .map(|net| net.source)
                    .filter(|from| layers.below[*from].contains(&node))
                    .collect();
                sources.sort_by_key(|source| exit_of(&nets, *source));
                let columns = entries(&nets, &sources, *span);
                enter(&mut nets, &sources, *slot, &columns);
            }
        }
    }
    let tracks = tracks(&mut nets);
    Gap { rows: tracks.max(1), nets }
}

fn exit_of(nets: &[Net], source: usize) -> u16 {
    nets.iter().find(|net| net.source == source).map_or(0, |net| net.exit)
}

fn enter(nets: &mut [Net], sources: &[usize], slot: Slot, columns: &[u16]) {
    for (source, column) in sources.iter().zip(columns) {
        if let Some(net) = nets.iter_mut().find(|net| net.source == *source) {
            net.entries.push((slot, *column));
        }
    }
}

/// The columns in which lines enter a box: straight below where they come from or spread; never two in one, and never
/// in a column in which another line begins.
fn entries(nets: &[Net], sources: &[usize], span: Span) -> Vec<u16> {
    let inside = span.x + 1..span.x + span.width.max(3) - 1;
    let exits: Vec<u16> = sources.iter().map(|source| exit_of(nets, *source)).collect();
    // A line goes straight down only where that leaves those beside it room for white space between them.
    let straight = |(at, exit): (usize, &u16)| {
        let (left, right) = (at as u16 * 2, (exits.len() - at) as u16 * 2 - 1);
        (inside.start + left <= *exit && exit + right <= inside.end + 1).then_some(*exit)
    };
    let mut columns: Vec<Option<u16>> = exits.iter().enumerate().map(straight).collect();
    for at in 0..columns.len() {
        if columns[at].is_some() {
            continue;
        }
        let after = columns[..at].iter().flatten().max().map_or(inside.start, |last| last + 1);
        let before = columns[at..].iter().flatten().min().copied().unwrap_or(inside.end);
        let alike = columns[at..].iter().take_while(|column| column.is_none()).count() as u16;
        let ideal = after + before.saturating_sub(after) / (alike + 1);
        let free =
            |column: &u16| !columns.contains(&Some(*column)) && nets.iter().all(|net| net.exit != *column);
        let nearest =
            |range: std::ops::Range<u16>| range.filter(&free).min_by_key(|column| column.abs_diff(ideal));
        columns[at] = nearest(after..before).or_else(|| nearest(inside.clone()));
    }
    columns.iter().map(|column| column.unwrap_or(span.exit())).collect()
}

/// Gives each net that goes sideways a row in which it meets no other, and tells how many rows there are.
fn tracks(nets: &mut [Net]) -> u16 {
    let mut order: Vec<usize> = (0..nets.len()).filter(|at| nets[*at].reach().is_some()).collect();
    order.sort_by_key(|at| (nets[*at].reach(), nets[*at].source));
    let mut ends: Vec<u16> = Vec::new();
    for at in order {
        let Some((left, right)) = nets[at].reach() else { continue };
        let free = ends.iter().position(|end| end + 1 < left).unwrap_or(ends.len());
        if free == ends.len() {
            ends.push(right);
        }
        ends[free] = right;
        nets[at].track = free as u16;
    }
    if ends.len() <= TRIED {
        reorder(nets, ends.len());
    }
    ends.len() as u16
}

/// Orders the rows so that lines cross seldom.
fn reorder(nets: &mut [Net], count: usize) {
    let assigned: Vec<u16> = nets.iter().map(|net| net.track).collect();
    let mut best = (usize::MAX, assigned.clone());
    for order in orders(count) {
        for (net, track) in nets.iter_mut().zip(&assigned) {
            net.track = order.get(usize::from(*track)).copied().unwrap_or(0);
        }
        let crossings = nets.iter().flat_map(|a| nets.iter().map(|b| a.crosses(b))).sum();
        if crossings < best.0 {
            best = (crossings, nets.iter().map(|net| net.track).collect());
        }
    }
    nets.iter_mut().zip(best.1).for_each(|(net, track)| net.track = track);
}

/// Every order of the first numbers.
fn orders(count: usize) -> Vec<Vec<u16>> {
    (0..count as u16).fold(vec![Vec::new()], |shorter, next| {
        let with = |order: &Vec<u16>| -> Vec<Vec<u16>> {
            (0..=order.len())
                .map(|at| {
                    let mut longer = order.clone();
                    longer.insert(at, next);
                    longer
                })
                .collect()
        };
        shorter.iter().flat_map(with).collect()
    })
}

/// Adds the cells of a leg to a way, in a gap that begins at row `top`.
pub(super) fn walk(way: &mut Vec<(u16, u16)>, leg: Leg, top: u16, rows: u16) {
    let turn = top + leg.track;
    way.extend((top..=turn).map(|y| (leg.exit, y)));
    if leg.entry > leg.exit {
        way.extend((leg.exit + 1..=leg.entry).map(|x| (x, turn)));
    } else {
        way.extend((leg.entry..leg.exit).rev().map(|x| (x, turn)));
    }
    way.extend((turn + 1..top + rows).map(|y| (leg.entry, y)));
}
