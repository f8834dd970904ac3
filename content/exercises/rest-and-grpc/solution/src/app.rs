//! Both doors on one address.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use tonic::service::Routes;

use crate::service::UserService;
use crate::{grpc, rest};

/// What listens: REST by its paths, gRPC by its own.
pub fn app(service: Arc<dyn UserService>) -> Router {
    let grpc = Routes::new(grpc::server(Arc::clone(&service))).into_axum_router();
    // tonic brings a fallback that answers "unimplemented", with status 200, to every unknown path.
    rest::router(service)
        .merge(grpc)
        .fallback(|| async { StatusCode::NOT_FOUND })
}
