//! Which path and method leads to which handler.

use crate::handlers;
use crate::store::AppState;
use axum::Router;
use axum::routing::{get, post};

pub fn create_router(state: AppState) -> Router {
    let one_user = get(handlers::get_user).delete(handlers::delete_user);
    Router::new()
        .route("/api/v1/users", post(handlers::create_user))
        .route("/api/v1/users/{id}", one_user)
        .with_state(state)
}

/// A fresh application for one test; no two share anything.
pub fn setup_test_app() -> Router {
    create_router(AppState::default())
}
