//! The order within each layer: as few crossings as simple means find.

use crate::app::diagram::layers::{Layers, Slot};

/// How often the layers are gone through.
const SWEEPS: usize = 24;

/// Orders the slots of each layer so that lines cross seldom.
pub(super) fn untangle(layers: &mut Layers) {
    let mut best = layers.rows.clone();
    let mut fewest = all_crossings(layers);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        let count = layers.rows.len();
        if sweep % 2 == 0 {
            (1..count).for_each(|layer| towards_above(layers, layer));
        } else {
            (0..count.saturating_sub(1)).rev().for_each(|layer| towards_below(layers, layer));
        }
        swap_neighbours(layers);
        let crossings = all_crossings(layers);
        if crossings < fewest {
            fewest = crossings;
            best.clone_from(&layers.rows);
        }
    }
    layers.rows = best;
}

/// Sorts a layer by where the lines to it come from.
fn towards_above(layers: &mut Layers, layer: usize) {
    let mut from = vec![Vec::new(); layers.rows[layer].len()];
    for (at, slot) in layers.rows[layer - 1].iter().enumerate() {
        layers.next(layer - 1, *slot).for_each(|to| from[to].push(at));
    }
    sort(&mut layers.rows[layer], &from);
}

/// Sorts a layer by where the lines from it go.
fn towards_below(layers: &mut Layers, layer: usize) {
    let to: Vec<Vec<usize>> =
        layers.rows[layer].iter().map(|slot| layers.next(layer, *slot).collect()).collect();
    sort(&mut layers.rows[layer], &to);
}

/// Sorts by the mean of the neighbours' places; whoever has none keeps its own.
fn sort(row: &mut Vec<Slot>, neighbours: &[Vec<usize>]) {
    // In thousandths, so that the order is the same on every machine.
    let key = |(at, near): (usize, &Vec<usize>)| match near.len() {
        0 => at * 1000,
        count => near.iter().sum::<usize>() * 1000 / count,
    };
    let mut keyed: Vec<(usize, Slot)> =
        neighbours.iter().enumerate().map(key).zip(row.iter().copied()).collect();
    keyed.sort_by_key(|(key, _)| *key);
    *row = keyed.into_iter().map(|(_, slot)| slot).collect();
}

/// Swaps neighbours as long as that takes crossings away.
fn swap_neighbours(layers: &mut Layers) {
    for layer in 0..layers.rows.len() {
        for at in 1..layers.rows[layer].len() {
            let around = |layers: &Layers| {
                let above = layer.checked_sub(1).map_or(0, |above| crossings(layers, above));
                above + crossings(layers, layer)
            };
            let before = around(layers);
            layers.rows[layer].swap(at - 1, at);
            if around(layers) >= before {
                layers.rows[layer].swap(at - 1, at);
            }
        }
    }
}

fn all_crossings(layers: &Layers) -> usize {
    (0..layers.rows.len()).map(|layer| crossings(layers, layer)).sum()
}

/// How many pairs of lines cross between a layer and the next.
fn crossings(layers: &Layers, layer: usize) -> usize {
    let lines: Vec<(usize, usize)> = layers.rows[layer]
        .iter()
        .enumerate()
        .flat_map(|(from, slot)| layers.next(layer, *slot).map(move |to| (from, to)))
        .collect();
    let cross = |a: &(usize, usize), b: &(usize, usize)| (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1);
    lines.iter().enumerate().map(|(at, a)| lines[..at].iter().filter(|b| cross(a, b)).count()).sum()
}
