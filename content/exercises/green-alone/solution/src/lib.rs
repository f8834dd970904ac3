//! An application, and what its tests are built on.

pub mod support;
pub mod users;
