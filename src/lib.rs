//! patterns-tui: read a design pattern, do its exercise in a real cargo crate, be judged by its tests.
//!
//! The modules stand on floors, listed here from the lowest up. A file imports from its own folder and from
//! lower floors only; `tests/architecture.rs` holds that.
//!
//! ```text
//!  6  tui      headless       the two fronts; they never meet
//!  5  app                     the pure state machine of the app
//!  4  failure                 the one error that a person reads
//!  3  check                   the heart: one exercise, judged
//!  2  sandbox  progress  import
//!  1  pack     cargo
//!  0  confine  files  settings  text
//! ```
//!
//! `main` and `cli` stand above all of them: they parse, choose a front and set the exit code.

pub mod confine;
pub mod files;
pub mod settings;
pub mod text;

pub mod cargo;
pub mod pack;

pub mod import;
pub mod progress;
pub mod sandbox;

pub mod check;

pub mod failure;

pub mod app;

pub mod headless;
pub mod tui;

pub mod cli;
