//! Users in memory, behind a generic repository trait.

pub mod domain;
pub mod memory;
pub mod paging;
pub mod ports;
