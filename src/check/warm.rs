//! Building ahead: the dependencies of a set, fetched and compiled before they are needed.

/// One fact about dependencies being made ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WarmEvent {
    /// They are being fetched.
    Fetching {
        /// How many packages so far.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// They are being built.
    Building {
        /// The crate at hand.
        unit: String,
        /// How many crates so far.
        done: u32,
        /// Out of how many, where known.
        total: Option<u32>,
    },
    /// It waits for something outside.
    Waiting(crate::check::Wait),
}
