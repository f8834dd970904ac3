//! A web application in which people register, log in and look after users.

pub mod app;
pub mod auth;
pub mod domain;
pub mod errors;
pub mod handlers;
pub mod primitives;
pub mod router;
pub mod service;
pub mod storage;
