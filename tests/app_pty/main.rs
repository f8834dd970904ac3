//! The app in a real terminal, driven by keys: the ways out of it, and the way to a passed exercise.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod flow;
mod hang_up;
mod input;
#[path = "../terminal/mod.rs"]
mod terminal;
mod watching;
mod ways_out;

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_patterns-tui");
/// A pack of one chapter and one exercise without dependencies.
const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/packs/tiny");
