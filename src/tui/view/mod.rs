//! The screens drawn: a model in, cells out.
//!
//! Drawing changes nothing but its own memory of laid-out text ([`Cache`]); it reads no file, no clock and no input.

pub mod cache;
pub mod canvas;
pub mod editor;
pub mod library;
pub mod map;
pub mod overlay;
pub mod playground;
pub mod problems;
pub mod reader;
pub mod root;
pub mod statusbar;
#[cfg(test)]
mod tests;
pub mod workbench;

pub use cache::Cache;
pub use canvas::Canvas;
pub use root::draw;
