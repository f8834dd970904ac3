//! The state that every handler gets, and how it is put together.

pub mod config;
pub mod handlers;
mod parts;
pub mod ports;
pub mod secret;
pub mod services;
pub mod state;
pub mod stores;
