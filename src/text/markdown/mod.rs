//! Markdown parsed into blocks, once for all who read it: the pack's outline, the reader's pages, `show`.
//!
//! It never lays out, never reads a file and takes any text: what is no Markdown is a paragraph.

mod anchor;
mod block;
mod listing;
mod parse;

pub use block::{Alert, Alignment, Block, BlockKind, Inline, Item, Markdown};
pub use listing::{hidden, language};
pub use parse::{parse, plain};
