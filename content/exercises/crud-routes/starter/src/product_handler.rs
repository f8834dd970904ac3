//! What can be done with products. There is nothing to write here.

use crate::api::AppState;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use uuid::Uuid;

pub async fn list_products(State(state): State<AppState>) -> String {
    format!("list products of {}", state.shop)
}

pub async fn get_product(State(state): State<AppState>, Path(id): Path<Uuid>) -> String {
    format!("get product {id} of {}", state.shop)
}

pub async fn create_product(State(state): State<AppState>, body: String) -> (StatusCode, String) {
    (
        StatusCode::CREATED,
        format!("create product {body} of {}", state.shop),
    )
}

pub async fn update_product(
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
    body: String,
) -> String {
    format!("update product {id} to {body} of {}", state.shop)
}

pub async fn delete_product(State(_): State<AppState>, Path(_): Path<Uuid>) -> StatusCode {
    StatusCode::NO_CONTENT
}
