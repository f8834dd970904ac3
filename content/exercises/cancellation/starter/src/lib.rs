//! A worker that can be stopped, and cut off, without losing a job or doing one twice.

pub mod frames;
pub mod queue;
pub mod token;
pub mod worker;
