//! A user service and the cache in front of its database.

pub mod cache;
pub mod domain;
pub mod errors;
pub mod service;
