//! What HTTP asks for, and what it is answered. The rules are the service's.

use crate::app::AppState;
use crate::domain::{CreateUserRequest, UserDto};
use crate::errors::AppError;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

/// A pattern for the others: extractors in, one call to the service, status and
/// JSON out.
pub async fn register(
    State(state): State<AppState>,
    Json(request): Json<CreateUserRequest>,
) -> Result<(StatusCode, Json<UserDto>), AppError> {
    let user = state.users.create_user(request)?;
    Ok((StatusCode::CREATED, Json(user)))
}
