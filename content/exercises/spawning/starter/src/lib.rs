//! Work beside, off and next to the request.

pub mod ports;
pub mod tasks;
