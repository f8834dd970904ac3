//! Running a program: what is told of it, and how it ends.

use crate::cargo::Diagnostic;

/// One fact about a program that is built and run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlayEvent {
    /// A crate was compiled or begun.
    Building {
        /// Its name.
        unit: String,
        /// How many are done.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// The compiler said something of the program.
    Diagnosed(Box<Diagnostic>),
    /// It was built and started.
    Started,
    /// It printed this, both streams as they came; decoded lossily.
    Printed(String),
    /// This many bytes of its output were dropped.
    Dropped(u64),
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlayEnd {
    /// The compiler refused it.
    DidNotCompile,
    /// It ended by itself with this status.
    Exited(i32),
    /// It was killed by this signal.
    Signalled(i32),
    /// It was stopped.
    Stopped,
    /// It ran longer than it may.
    TimedOut,
}
