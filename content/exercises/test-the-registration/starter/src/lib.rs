//! The user service of a web application, between its handlers and its storage.

pub mod domain;
pub mod errors;
pub mod fixtures;
pub mod mocks;
pub mod ports;
pub mod security;
pub mod service;
