//! cargo, rustc and the test binaries as processes: how they are called, what they say, how they end.
//!
//! It knows no exercise and no pack, and prints nothing.

pub mod commands;
pub mod diagnostic;
pub mod environment;
pub mod invocation;
pub mod output;
pub mod process;
pub mod toolchain;

pub use commands::Commands;
pub use diagnostic::{Diagnostic, Level, SourceSpan, Suggestion};
pub use environment::Environment;
pub use invocation::{Invocation, Stdin};
pub use output::Output;
pub use process::{Ending, Process, ProcessEvent, Terms};
pub use toolchain::{Toolchain, ToolchainError};
