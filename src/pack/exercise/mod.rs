//! One exercise's directory: its manifest and files put together, and what does not fit reported.
//!
//! It compares texts; whether anything compiles or passes is for `check` to say.

mod assemble;
mod files;
mod judged;
mod needs;
mod suite;
mod tests_of;

pub(super) use assemble::{Around, read};
