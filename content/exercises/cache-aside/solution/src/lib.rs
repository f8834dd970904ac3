//! A cache between the application and whatever is slow.

pub mod cache;
pub mod store;
