//! Two routes and one error. There is nothing to write here.

use crate::dto::{CreateUserRequest, UpdateUserRequest, UserDto};
use crate::extract::ValidJson;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{post, put};
use axum::{Json, Router};

/// What a client is told: a status, a code for machines, a message for people.
#[derive(Debug)]
pub struct ApiError {
    pub status: StatusCode,
    pub code: &'static str,
    pub message: String,
}

impl ApiError {
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = serde_json::json!({ "code": self.code, "message": self.message });
        (self.status, Json(body)).into_response()
    }
}

pub fn create_router() -> Router {
    Router::new()
        .route("/users", post(create_user))
        .route("/users/{id}", put(update_user))
}

async fn create_user(
    ValidJson(request): ValidJson<CreateUserRequest>,
) -> (StatusCode, Json<UserDto>) {
    (
        StatusCode::CREATED,
        Json(UserDto {
            name: request.name,
            email: request.email,
        }),
    )
}

/// Whoever is asked for is Ada: nothing is stored here.
async fn update_user(ValidJson(request): ValidJson<UpdateUserRequest>) -> Json<UserDto> {
    let mut user = UserDto {
        name: "Ada".to_string(),
        email: "ada@example.com".to_string(),
    };
    request.apply(&mut user);
    Json(user)
}
