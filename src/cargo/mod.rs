//! cargo, rustc and the test binaries as processes: how they are called, what they say, how they end.
//!
//! It knows no exercise and no pack, and prints nothing.

pub mod build;
pub mod commands;
pub mod configuration;
pub mod diagnostic;
pub mod environment;
pub mod input;
pub mod invocation;
pub mod lines;
mod machine;
mod message;
pub mod output;
pub mod panics;
pub mod process;
pub mod standby;
pub mod suite;
pub mod toolchain;
mod translate;
pub mod trouble;
pub mod whole_suite;

pub use build::several::{BuildLogs, BuildNews};
pub use build::{BuildFact, BuildLog};
pub use commands::Commands;
pub use diagnostic::{Diagnostic, Level, SourceSpan, Suggestion};
pub use environment::Environment;
pub use input::Input;
pub use invocation::{Invocation, Stdin};
pub use output::Output;
pub use panics::Panic;
pub use process::{Ending, Process, ProcessEvent, Terms};
pub use standby::Standby;
pub use suite::{TestCall, TestLog, Testimony};
pub use toolchain::{Toolchain, ToolchainError};
pub use trouble::Trouble;
pub use whole_suite::SuiteTestimony;
