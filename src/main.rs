//! The hinge.
fn main() {}
