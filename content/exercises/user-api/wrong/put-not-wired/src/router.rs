//! Which path and method leads to which handler.

use crate::app::AppState;
use crate::handlers;
use axum::Router;
use axum::routing::{get, post};

pub fn create_router(state: AppState) -> Router {
    let auth = Router::new()
        .route("/register", post(handlers::register))
        .route("/login", post(handlers::login))
        .route("/me", get(handlers::me));

    let one_user = get(handlers::get_user).delete(handlers::delete_user);
    let users = Router::new()
        .route("/", post(handlers::create_user))
        .route("/{id}", one_user);

    Router::new()
        .nest("/api/v1/auth", auth)
        .nest("/api/v1/users", users)
        .with_state(state)
}
