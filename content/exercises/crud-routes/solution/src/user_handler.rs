//! What can be done with users. There is nothing to write here.

use crate::api::AppState;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use uuid::Uuid;

pub async fn list_users(State(state): State<AppState>) -> String {
    format!("list users of {}", state.shop)
}

pub async fn get_user(State(state): State<AppState>, Path(id): Path<Uuid>) -> String {
    format!("get user {id} of {}", state.shop)
}

pub async fn create_user(State(state): State<AppState>, body: String) -> (StatusCode, String) {
    (
        StatusCode::CREATED,
        format!("create user {body} of {}", state.shop),
    )
}

pub async fn update_user(
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
    body: String,
) -> String {
    format!("update user {id} to {body} of {}", state.shop)
}

pub async fn delete_user(State(_): State<AppState>, Path(_): Path<Uuid>) -> StatusCode {
    StatusCode::NO_CONTENT
}
