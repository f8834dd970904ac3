//! The API: two handlers and what they stand on. There is nothing to mend here.

use crate::error::AppError;
use async_trait::async_trait;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    pub id: i64,
    pub email: String,
}

/// The table of users. What it answers is what sqlx answers: `fetch_one` has no row for an unknown id
/// and says so with an error, and an email is unique.
#[async_trait]
pub trait UserTable: Send + Sync {
    async fn fetch_one(&self, id: i64) -> Result<User, sqlx::Error>;
    async fn insert(&self, user: &User) -> Result<(), sqlx::Error>;
}

/// What stands in front of the table. It can fail on its own.
#[async_trait]
pub trait UserCache: Send + Sync {
    async fn get(&self, id: i64) -> Result<Option<User>, AppError>;
}

#[derive(Clone)]
pub struct AppState {
    pub table: Arc<dyn UserTable>,
    pub cache: Arc<dyn UserCache>,
}

pub fn create_router(state: AppState) -> Router {
    Router::new()
        .route("/users", post(create_user))
        .route("/users/{id}", get(get_user))
        .with_state(state)
}

async fn get_user(
    State(state): State<AppState>,
    Path(id): Path<i64>,
) -> Result<Json<User>, AppError> {
    if id <= 0 {
        return Err(AppError::ValidationFailed(
            "the id is a positive number".into(),
        ));
    }
    if let Some(user) = state.cache.get(id).await? {
        return Ok(Json(user));
    }
    Ok(Json(state.table.fetch_one(id).await?))
}

async fn create_user(
    State(state): State<AppState>,
    Json(user): Json<User>,
) -> Result<(StatusCode, Json<User>), AppError> {
    state.table.insert(&user).await?;
    Ok((StatusCode::CREATED, Json(user)))
}
