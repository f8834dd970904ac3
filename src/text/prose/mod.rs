//! Markdown laid out into lines of a given width.
//!
//! A page is a value: laid out once for a width, drawn as often as needed. It never highlights code, which is done when a
//! line is drawn, and never knows what the learner has done.

mod blocks;
mod code;
mod footnotes;
mod inline;
mod layout;
mod margin;
mod page;
mod setter;
mod table;

pub use layout::{Insertion, Layout, lay_out};
pub use page::{CodeBlock, Heading, LineKind, Link, Page, PageLine};

#[cfg(test)]
mod tests;
