//! Which layer each box stands in, and which lines pass through a layer on their way.

use crate::app::diagram::Node;
use crate::app::diagram::columns::GAP;

/// The layers from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layers {
    /// What stands in each, from the left.
    pub(super) rows: Vec<Vec<Slot>>,
    /// The layer of each node.
    pub(super) depth: Vec<usize>,
    /// For each node, those that hang from it.
    pub(super) below: Vec<Vec<usize>>,
}

/// A place in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A node's box.
    Node(usize),
    /// The line of a node that ends further below.
    Pass(usize),
}

impl Slot {
    /// The node that lines leave from here for.
    pub(super) const fn source(self) -> usize {
        match self {
            Self::Node(node) | Self::Pass(node) => node,
        }
    }
}

impl Layers {
    /// The layers of a graph: each node is below all that it needs, by the longest way, and near to what hangs from it where
    /// that makes no layer wider than `room`.
    pub(super) fn of(nodes: &[Node], room: u16) -> Self {
        let mut depth = longest(nodes);
        // Whoever keeps to what `Node` asks for has no other needs than these.
        let needs = |to: usize, depth: &[usize]| -> Vec<usize> {
            let mut needs: Vec<usize> = nodes[to]
                .needs
                .iter()
                .copied()
                .filter(|from| depth.get(*from).is_some_and(|d| *d < depth[to]))
                .collect();
            needs.sort_unstable();
            needs.dedup();
            needs
        };
        let above: Vec<Vec<usize>> = (0..nodes.len()).map(|to| needs(to, &depth)).collect();
        let mut below = vec![Vec::new(); nodes.len()];
        for (to, needs) in above.iter().enumerate() {
            for from in needs {
                below[*from].push(to);
            }
        }
        sink(nodes, &mut depth, &above, &below, i32::from(room));
        let mut layers = Self { rows: Vec::new(), depth, below };
        layers.fill();
        layers
    }

    /// Every line, as the nodes above and below.
    pub(super) fn edges(&self) -> impl Iterator<Item = (usize, usize)> {
        self.below.iter().enumerate().flat_map(|(from, below)| below.iter().map(move |to| (from, *to)))
    }

    /// The places in the next layer to which the line of a slot goes on.
    pub(super) fn next(&self, layer: usize, slot: Slot) -> impl Iterator<Item = usize> + '_ {
        let source = slot.source();
        let row = self.rows.get(layer + 1).map_or(&[][..], Vec::as_slice);
        let leads = move |next: &Slot| match *next {
            Slot::Node(to) => self.below[source].contains(&to),
            Slot::Pass(of) => of == source,
        };
        row.iter().enumerate().filter(move |(_, next)| leads(next)).map(|(at, _)| at)
    }

    /// Puts nodes and passing lines into the layers, in the order of the nodes.
    fn fill(&mut self) {
        let count = self.depth.iter().max().map_or(0, |deepest| deepest + 1);
        self.rows = vec![Vec::new(); count];
        for (node, own) in self.depth.iter().enumerate() {
            self.rows[*own].push(Slot::Node(node));
            let deepest = self.below[node].iter().map(|to| self.depth[*to]).max().unwrap_or(*own);
            for row in self.rows.iter_mut().take(deepest).skip(own + 1) {
                row.push(Slot::Pass(node));
            }
        }
    }
}

/// The length of the longest way to each node; bounded, should needs run in a circle after all.
fn longest(nodes: &[Node]) -> Vec<usize> {
    let mut depth = vec![0; nodes.len()];
    for _ in 0..nodes.len() {
        let before = depth.clone();
        for (at, node) in nodes.iter().enumerate() {
            let above = node.needs.iter().filter_map(|need| before.get(*need)).max();
            depth[at] = above.map_or(0, |above| above + 1).min(nodes.len() - 1);
        }
        if depth == before {
            break;
        }
    }
    depth
}

/// Moves nodes down to what hangs from them where that makes no more lines longer than shorter.
fn sink(nodes: &[Node], depth: &mut [usize], above: &[Vec<usize>], below: &[Vec<usize>], room: i32) {
    let mut used = vec![0; nodes.len() + 1];
    for (node, own) in depth.iter().enumerate() {
        used[*own] += nodes[node].columns() + GAP;
    }
    let mut order: Vec<usize> = (0..depth.len()).collect();
    order.sort_by_key(|node| std::cmp::Reverse(depth[*node]));
    for node in order.into_iter().filter(|node| below[*node].len() >= above[*node].len()) {
        let Some(next) = below[node].iter().map(|to| depth[*to]).min() else { continue };
        let taken = nodes[node].columns() + GAP;
        let fits = |layer: &usize| used[*layer] + taken - GAP <= room;
        if let Some(layer) = (depth[node] + 1..next).rev().find(fits) {
            used[depth[node]] -= taken;
            used[layer] += taken;
            depth[node] = layer;
        }
    }
}
