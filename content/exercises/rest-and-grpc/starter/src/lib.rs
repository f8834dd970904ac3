//! One service behind two doors: REST and gRPC.

pub mod app;
pub mod domain;
pub mod errors;
pub mod grpc;
pub mod rest;
pub mod service;
/// Written by tonic-prost-build from `users.proto`; the chapter says how.
pub mod users_v1;
