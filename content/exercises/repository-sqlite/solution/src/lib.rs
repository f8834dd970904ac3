//! The same repository twice: in memory, and on SQLite.

pub mod domain;
pub mod memory;
pub mod paging;
pub mod ports;
pub mod sqlite;
