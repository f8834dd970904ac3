//! Two handlers that do everything themselves: HTTP, rules, cache and SQL.

use crate::app::AppState;
use crate::cache::CacheService;
use crate::db::{SELECT_BY_ID, UPDATE_NAME};
use crate::domain::{RenameRequest, UserDto};
use crate::errors::AppError;
use axum::Json;
use axum::extract::{Path, State};
use uuid::Uuid;

/// GET /api/v1/users/{id}
pub async fn get_user(
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
) -> Result<Json<UserDto>, AppError> {
    let key = format!("user:{id}");
    if let Some(cached) = state.cache.get::<UserDto>(&key).await {
        return Ok(Json(cached));
    }
    let rows = state
        .db
        .fetch(SELECT_BY_ID, &[&id.to_string()])
        .await
        .map_err(|error| AppError::Database(error.to_string()))?;
    let Some(row) = rows.first() else {
        return Err(AppError::NotFound("User not found".into()));
    };
    let dto = UserDto {
        id: row["id"].clone(),
        name: row["name"].clone(),
        email: row["email"].clone(),
    };
    state.cache.set(&key, &dto, 1800).await;
    Ok(Json(dto))
}

/// PUT /api/v1/users/{id}
pub async fn rename_user(
    State(state): State<AppState>,
    Path(id): Path<Uuid>,
    Json(request): Json<RenameRequest>,
) -> Result<Json<UserDto>, AppError> {
    let name = request.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(AppError::ValidationFailed(
            "name must have 1 to 100 characters".into(),
        ));
    }
    let changed = state
        .db
        .execute(UPDATE_NAME, &[name, &id.to_string()])
        .await
        .map_err(|error| AppError::Database(error.to_string()))?;
    if changed == 0 {
        return Err(AppError::NotFound("User not found".into()));
    }
    state.cache.delete(&format!("user:{id}")).await;
    get_user(State(state), Path(id)).await
}
