//! Both doors on one address.

use std::sync::Arc;

use axum::Router;
use tonic::service::Routes;

use crate::service::UserService;
use crate::{grpc, rest};

/// What listens: REST by its paths, gRPC by its own.
pub fn app(service: Arc<dyn UserService>) -> Router {
    let grpc = Routes::new(grpc::server(Arc::clone(&service))).into_axum_router();
    rest::router(service).merge(grpc)
}
