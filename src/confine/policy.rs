//! What a run may touch, as a value: it is carried today and enforced where the report says so.

use std::path::PathBuf;

/// What the processes of a run may touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// Directories that may be read: the toolchain, the registry, the sandbox.
    pub readable: Vec<PathBuf>,
    /// Directories that may be written: the target directory, the private temporary directory.
    pub writable: Vec<PathBuf>,
    /// The network that may be reached.
    pub network: Network,
}

/// The network that a run may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Network {
    /// None at all.
    #[default]
    None,
    /// This machine itself.
    Loopback,
    /// All of it: a fetch.
    All,
}
