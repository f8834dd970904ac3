//! The edge: from here on it is HTTP.

use crate::app_error::AppError;
use crate::users::{User, Users};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
pub struct Register {
    pub email: String,
    pub password: String,
}

pub fn create_router(users: Arc<Users>) -> Router {
    Router::new()
        .route("/users", post(register))
        .route("/users/{id}", get(find))
        .with_state(users)
}

// Step 4: the handlers

async fn register(
    State(users): State<Arc<Users>>,
    Json(request): Json<Register>,
) -> Result<(StatusCode, Json<User>), AppError> {
    let user = users
        .register(&request.email, &request.password)
        .map_err(|error| AppError::Internal(error.to_string()))?;
    Ok((StatusCode::CREATED, Json(user)))
}

async fn find(
    State(users): State<Arc<Users>>,
    Path(id): Path<Uuid>,
) -> Result<Json<User>, AppError> {
    let user = users
        .find(id)
        .map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(Json(user))
}
