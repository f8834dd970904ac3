//! The entry point of a service, taken out of `main` so that it can be tested.

pub mod parts;
pub mod serve;
