//! The REST door.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use uuid::Uuid;

use crate::domain::{NewUser, PageOfUsers, UserDto, is_email};
use crate::errors::AppError;
use crate::service::UserService;

type Service = Arc<dyn UserService>;

/// The routes of the REST door.
pub fn router(service: Service) -> Router {
    Router::new()
        .route("/api/v1/users", get(list).post(create))
        .route("/api/v1/users/{id}", get(get_one))
        .with_state(service)
}

#[derive(Deserialize)]
struct Paging {
    page: Option<u32>,
    size: Option<u32>,
}

async fn list(
    State(service): State<Service>,
    Query(paging): Query<Paging>,
) -> Result<Json<PageOfUsers>, AppError> {
    let size = paging.size.unwrap_or(20).clamp(1, 100);
    let page = service
        .list_users(paging.page.unwrap_or_default(), Some(size))
        .await?;
    Ok(Json(page))
}

async fn get_one(
    State(service): State<Service>,
    Path(id): Path<Uuid>,
) -> Result<Json<UserDto>, AppError> {
    let user = service.get_user(id).await?;
    user.map(Json)
        .ok_or_else(|| AppError::NotFound(format!("user {id}")))
}

async fn create(
    State(service): State<Service>,
    Json(mut new): Json<NewUser>,
) -> Result<(StatusCode, Json<UserDto>), AppError> {
    // Step 1: all of this has to do with users, and nothing with HTTP.
    new.name = new.name.trim().to_string();
    if new.name.is_empty() || new.name.chars().count() > 100 {
        let message = "name: 1 to 100 characters".to_string();
        return Err(AppError::ValidationFailed(message));
    }
    if !is_email(&new.email) {
        let message = "email: not an address".to_string();
        return Err(AppError::ValidationFailed(message));
    }
    Ok((StatusCode::CREATED, Json(service.create_user(new).await?)))
}
