//! What is taught: packs, their chapters and exercises, loaded from bytes, a directory or a single document.
//!
//! It reads files and reports every mistake in them; it never runs cargo and never writes.

pub mod model;

pub use model::*;
