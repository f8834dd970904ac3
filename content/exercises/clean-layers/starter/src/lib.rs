//! A small user service in three layers: handlers, service, repository.

pub mod app;
pub mod cache;
pub mod db;
pub mod domain;
pub mod errors;
pub mod handlers;
pub mod ports;
pub mod repository;
pub mod service;
