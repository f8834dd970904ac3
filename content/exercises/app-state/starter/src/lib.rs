//! The state that every handler gets, and how it is put together.

pub mod handlers;
pub mod ports;
pub mod secret;
pub mod services;
pub mod state;
