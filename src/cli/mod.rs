//! The command line: parsed, a front chosen, an exit code returned.
//!
//! It is the only place that knows the parser. It does nothing itself.

mod arguments;
mod choice;
mod command;
mod completions;
mod run;

pub use run::main;
