//! Users, kept in this process or in PostgreSQL, with one contract for both.

pub mod domain;
pub mod memory;
pub mod ports;
pub mod postgres;
