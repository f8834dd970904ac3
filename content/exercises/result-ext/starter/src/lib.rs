//! Two words for the two errors that a service needs most: nobody there, and something broke.

pub mod error;
pub mod result_ext;
pub mod users;
