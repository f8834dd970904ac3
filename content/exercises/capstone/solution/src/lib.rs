//! The whole user service, from the rules about a user to the last answer before
//! the process ends.

pub mod api;
pub mod app;
pub mod auth;
pub mod cache;
pub mod crypto;
pub mod database;
pub mod domain;
pub mod errors;
pub mod extract;
pub mod model;
pub mod ports;
pub mod repository;
pub mod service;
pub mod shutdown;
