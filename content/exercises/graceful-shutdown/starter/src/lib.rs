//! A server and a worker that end well.

pub mod run;
pub mod signal;
pub mod worker;
