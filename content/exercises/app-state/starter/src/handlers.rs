//! Three handlers. Each is handed the one service that it needs.

use crate::services::{AuthService, ProductService, UserService};
use crate::state::AppState;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use std::sync::Arc;

pub fn create_router(state: AppState) -> Router {
    Router::new()
        .route("/users/{id}", get(get_user))
        .route("/products/{sku}", get(get_product))
        .route("/tokens/{id}", get(get_token))
        .with_state(state)
}

pub async fn get_user(
    State(users): State<Arc<UserService>>,
    Path(id): Path<u32>,
) -> Result<String, StatusCode> {
    users.name(id).await.ok_or(StatusCode::NOT_FOUND)
}

pub async fn get_product(
    State(products): State<Arc<ProductService>>,
    Path(sku): Path<String>,
) -> Result<String, StatusCode> {
    let cents = products.price(&sku).await;
    cents
        .map(|cents| cents.to_string())
        .ok_or(StatusCode::NOT_FOUND)
}

pub async fn get_token(State(auth): State<Arc<AuthService>>, Path(id): Path<u32>) -> String {
    format!("{}\n{}", auth.access_token(id), auth.refresh_token(id))
}
