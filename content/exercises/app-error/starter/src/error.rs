//! Everything that can go wrong in the application, in one type.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use thiserror::Error;

// Step 1: the texts

#[derive(Debug, Error)]
pub enum AppError {
    #[error("Something went wrong")]
    NotFound(String),

    #[error("Something went wrong")]
    Unauthorized(String),

    #[error("Something went wrong")]
    Forbidden(String),

    #[error("Something went wrong")]
    ValidationFailed(String),

    #[error("Something went wrong")]
    Conflict(String),

    #[error("Something went wrong")]
    Internal(String),

    #[error("Something went wrong")]
    Database(sqlx::Error),

    #[error("Something went wrong")]
    Cache(String),

    #[error("Something went wrong")]
    TokenExpired,

    #[error("Something went wrong")]
    InvalidCredentials,

    #[error("Something went wrong")]
    ServiceUnavailable(String),
}

/// For the `?` behind a call of the database.
impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        AppError::Internal(error.to_string())
    }
}

// Step 2: status and code. Step 3: the body. Step 4: what is nobody's business.

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.to_string()).into_response()
    }
}
