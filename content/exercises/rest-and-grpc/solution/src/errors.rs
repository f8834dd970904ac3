//! What can go wrong, and how the REST door says it.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use thiserror::Error;

/// What can go wrong, in the words of the service: neither HTTP nor gRPC.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AppError {
    #[error("not found: {0}")]
    NotFound(String),
    #[error("unauthorized: {0}")]
    Unauthorized(String),
    #[error("forbidden: {0}")]
    Forbidden(String),
    #[error("{0}")]
    ValidationFailed(String),
    #[error("conflict: {0}")]
    Conflict(String),
    /// With the reason, which is for the log and not for the caller.
    #[error("service unavailable: {0}")]
    ServiceUnavailable(String),
    /// With the reason, which is for the log and not for the caller.
    #[error("internal error: {0}")]
    Internal(String),
}

impl AppError {
    /// What a caller may read: the reasons of what is not the caller's fault stay inside.
    pub fn public_message(&self) -> String {
        match self {
            Self::ServiceUnavailable(_) => "service unavailable".to_string(),
            Self::Internal(_) => "internal error".to_string(),
            other => other.to_string(),
        }
    }

    /// Writes into the log what `public_message` hides. Whoever answers with the one calls the other, too.
    pub fn log_what_is_hidden(&self) {
        if matches!(self, Self::ServiceUnavailable(_) | Self::Internal(_)) {
            tracing::error!(error = %self, "request failed");
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::ValidationFailed(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::ServiceUnavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        self.log_what_is_hidden();
        (status, Json(json!({ "message": self.public_message() }))).into_response()
    }
}
