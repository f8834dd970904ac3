//! What is taught: packs, their chapters and exercises, loaded from bytes, a directory or a single document.
//!
//! It reads files and reports every mistake in them; it never runs cargo and never writes.

mod chapter;
mod embedded;
mod exercise;
mod fields;
mod info;
mod links;
mod load;
mod manifest;
mod map;
mod marks;
pub mod model;
mod problem;
mod rendering;
mod safe_path;
mod safe_text;
mod sections;
mod set;
mod shared_text;
mod slug;
mod source;
mod spdx;
mod suggest;
mod workers;

pub use embedded::{template_set, template_sets};
pub use load::{builtin, inspect, load};
pub use model::*;
pub use problem::{Place, Problem, Problems, Severity};
pub use safe_text::is_unsafe_char;
pub use shared_text::SharedText;
pub use slug::is_reserved_id;
pub use source::Source;
