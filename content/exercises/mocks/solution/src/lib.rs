//! Mocks for the collaborators of a user service, set up for what its tests need
//! most.

pub mod mocks;
pub mod ports;
