//! A graph drawn: boxes in layers, each below what it needs, joined by right-angled lines.
//!
//! Geometry alone: it knows no pattern, draws no cell, and gives the same picture for the same graph.

mod columns;
mod layers;
mod order;
mod picture;
#[cfg(test)]
mod tests;
mod wires;

pub use picture::{Arms, Node, Picture, Route};
