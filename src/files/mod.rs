//! What every module that keeps files needs to know of file systems: how a file is replaced whole, and where there are no locks.
//!
//! It knows no home, no crate and no progress: what is written where is its callers' business.

pub mod locks;
pub mod whole;

pub use locks::knows_no_locks;
pub use whole::Durability;
