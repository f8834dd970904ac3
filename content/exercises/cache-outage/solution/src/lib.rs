//! A user service with a cache in front of its database.

pub mod domain;
pub mod ports;
pub mod service;
