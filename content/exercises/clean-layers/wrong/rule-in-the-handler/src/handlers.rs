//! The handlers: what HTTP asks, as a call of the service, and what the service answers, as HTTP.

use crate::app::AppState;
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
    let user = state.users.get_user(id).await?;
    user.map(Json)
        .ok_or_else(|| AppError::NotFound("User not found".into()))
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
    state.users.rename_user(id, name).await.map(Json)
}
