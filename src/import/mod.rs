//! Packs made from what is no pack: any Markdown document becomes chapters to read.
//!
//! It reads one file and writes none.

mod open;

pub use open::{OpenError, open};
