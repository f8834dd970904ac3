//! A cache that is kept in this process, or in a Redis that several share.

pub mod cache;
pub mod memory;
pub mod redis_store;
pub mod store;
