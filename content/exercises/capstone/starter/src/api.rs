//! What HTTP asks for, and what it is answered. The rules are the service's.

use crate::app::AppState;
use crate::errors::AppError;
use crate::extract::ValidJson;
use crate::model::{CreateUserRequest, PaginatedResponse, UserDto};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};

// Step 4; in step 5 the handlers ask for a token, and `login` and `me` are added.

pub fn create_router(state: AppState) -> Router {
    Router::new().with_state(state)
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.to_string()).into_response()
    }
}

impl<T> PaginatedResponse<T> {
    pub fn new(data: Vec<T>, page: u32, size: u32, total: i64) -> Self {
        Self {
            data,
            page,
            size,
            total,
            total_pages: 0,
            has_next: false,
            has_previous: false,
        }
    }
}

/// A pattern for the others: extractors in, one call to the service, status and JSON
/// out.
pub async fn register(
    State(state): State<AppState>,
    ValidJson(request): ValidJson<CreateUserRequest>,
) -> Result<(StatusCode, Json<UserDto>), AppError> {
    let user = state.users.create_user(request).await?;
    Ok((StatusCode::CREATED, Json(user)))
}
