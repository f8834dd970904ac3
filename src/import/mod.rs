//! Packs made from what is no pack: any Markdown document becomes chapters to read.
//!
//! It reads one file and writes none.

mod document;
mod front_matter;
mod open;
mod outline;

pub use document::{document, is_document};
pub use open::{OpenError, open};
