//! What holds of every picture, whatever the graph.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Arms, Node, Picture, Route};

fn any_graph() -> impl Strategy<Value = Vec<Node>> {
    (1..24_usize).prop_flat_map(|count| {
        let node = move |at: usize| {
            let needs = prop::collection::vec(0..at.max(1), 0..if at == 0 { 1 } else { 4 });
            (3..30_u16, needs).prop_map(|(width, needs)| Node { width, needs })
        };
        (0..count).map(node).collect::<Vec<_>>()
    })
}

/// Every need, once.
fn edges(nodes: &[Node]) -> Vec<(usize, usize)> {
    let mut edges: Vec<(usize, usize)> = nodes
        .iter()
        .enumerate()
        .flat_map(|(to, node)| node.needs.iter().map(move |from| (*from, to)))
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn check(nodes: &[Node], height: u16, room: u16) -> Result<(), TestCaseError> {
    let picture = Picture::of(nodes, height, room);
    prop_assert_eq!(&picture, &Picture::of(nodes, height, room));
    boxes_stand_apart(nodes, &picture)?;
    every_line_arrives(nodes, &picture)?;
    lines_meet_only_to_cross(&picture)
}

fn boxes_stand_apart(nodes: &[Node], picture: &Picture) -> Result<(), TestCaseError> {
    for (at, own) in picture.boxes.iter().enumerate() {
        prop_assert!(own.width >= nodes[at].width && own.right() <= picture.width, "{:?}", own);
        prop_assert!(own.bottom() <= picture.height);
        prop_assert!(
            nodes[at].needs.iter().all(|need| picture.boxes[*need].bottom() < own.y),
            "{at} is not below"
        );
        for other in &picture.boxes[..at] {
            let beside = own.right() < other.x || other.right() < own.x;
            prop_assert!(
                beside || own.bottom() <= other.y || other.bottom() <= own.y,
                "{:?} {:?}",
                own,
                other
            );
        }
    }
    let mut drawn = picture.layers.concat();
    drawn.sort_unstable();
    prop_assert_eq!(drawn, (0..nodes.len()).collect::<Vec<_>>());
    Ok(())
}

fn every_line_arrives(nodes: &[Node], picture: &Picture) -> Result<(), TestCaseError> {
    let mut routes: Vec<_> = picture.routes.iter().map(|route| (route.from, route.to)).collect();
    routes.sort_unstable();
    prop_assert_eq!(routes, edges(nodes));
    for route in &picture.routes {
        let (from, to) = (picture.boxes[route.from], picture.boxes[route.to]);
        let (first, last) = (route.cells[0], route.cells[route.cells.len() - 1]);
        prop_assert!(
            first.1 == from.bottom() && from.contains(first.0, from.y),
            "{:?} leaves its box",
            route
        );
        prop_assert!(last.1 + 1 == to.y && to.contains(last.0, to.y), "{:?} enters its box", route);
        for pair in route.cells.windows(2) {
            prop_assert_eq!(pair[0].0.abs_diff(pair[1].0) + pair[0].1.abs_diff(pair[1].1), 1);
        }
        for cell in &route.cells {
            prop_assert!(picture.wires.contains_key(cell));
            prop_assert!(
                picture.boxes.iter().all(|own| !own.contains(cell.0, cell.1)),
                "{:?} hits a box",
                cell
            );
        }
    }
    Ok(())
}

/// The cells beside a cell to which a line goes on, for each box that lines come from.
type Meeting = BTreeMap<usize, Vec<(u16, u16)>>;

/// Lines from different boxes share a cell only where one goes up and down and the other sideways.
fn lines_meet_only_to_cross(picture: &Picture) -> Result<(), TestCaseError> {
    let mut cells: BTreeMap<(u16, u16), Meeting> = BTreeMap::new();
    for route in &picture.routes {
        let (first, last) = (route.cells[0], route.cells[route.cells.len() - 1]);
        let whole = [&[(first.0, first.1 - 1)], &route.cells[..], &[(last.0, last.1 + 1)]].concat();
        for window in whole.windows(3) {
            cells.entry(window[1]).or_default().entry(route.from).or_default().extend([window[0], window[2]]);
        }
    }
    for (cell, lines) in cells.iter().filter(|(_, lines)| lines.len() > 1) {
        prop_assert!(lines.len() == 2, "{} lines in {:?}", lines.len(), cell);
        let upright = lines.values().filter(|next| next.iter().all(|to| to.0 == cell.0)).count();
        let level = lines.values().filter(|next| next.iter().all(|to| to.1 == cell.1)).count();
        prop_assert!(upright == 1 && level == 1, "{:?} in {:?}", lines, cell);
        prop_assert_eq!(picture.wires[cell], Arms::UP.and(Arms::DOWN));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_graph_is_drawn(nodes in any_graph(), height in 1..4_u16, room in 0..200_u16) {
        check(&nodes, height, room)?;
    }
}

fn chain(needs: &[&[usize]]) -> Vec<Node> {
    needs.iter().map(|needs| Node { width: 9, needs: needs.to_vec() }).collect()
}

#[test]
fn what_hangs_from_one_box_alone_hangs_straight_below_it() {
    let picture = Picture::of(&chain(&[&[], &[0], &[1]]), 3, 80);
    let columns: Vec<_> = picture.boxes.iter().map(|own| own.x).collect();
    assert_eq!(columns, [0, 0, 0]);
    assert!(picture.routes.iter().all(|route| route.cells.len() == 1), "{:?}", picture.routes);
}

#[test]
fn a_box_stands_near_to_what_needs_it() {
    let picture = Picture::of(&chain(&[&[], &[0], &[1], &[2, 4], &[]]), 1, 80);
    assert_eq!(picture.layers.iter().position(|layer| layer.contains(&4)), Some(2));
}

#[test]
fn where_lines_cross_the_upright_one_is_seen() {
    // Two boxes that are joined with each of two others.
    let picture = Picture::of(&chain(&[&[], &[], &[0, 1], &[0, 1]]), 1, 80);
    let seen = |route: &Route| picture.seen(route).count();
    let hidden: Vec<_> = picture.routes.iter().map(|route| route.cells.len() - seen(route)).collect();
    assert_eq!(hidden.iter().sum::<usize>(), 1, "{hidden:?}");
}

#[test]
fn lines_that_need_not_cross_do_not() {
    // Written so that the order of the nodes alone would cross them all.
    let picture = Picture::of(&chain(&[&[], &[], &[], &[2], &[1], &[0]]), 1, 80);
    assert!(picture.routes.iter().all(|route| route.cells.len() == 1), "{:?}", picture.routes);
}

#[test]
fn nothing_and_a_circle_are_survived() {
    assert_eq!(Picture::of(&[], 3, 80), Picture::default());
    let picture = Picture::of(&chain(&[&[1], &[0], &[2], &[9]]), 3, 80);
    assert_eq!(picture.boxes.len(), 4);
}
