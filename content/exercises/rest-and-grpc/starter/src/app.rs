//! Both doors on one address.

use std::sync::Arc;

use axum::Router;

use crate::rest;
use crate::service::UserService;

/// What listens: REST by its paths, gRPC by its own.
pub fn app(service: Arc<dyn UserService>) -> Router {
    // Step 4: the gRPC door is missing.
    rest::router(service)
}
