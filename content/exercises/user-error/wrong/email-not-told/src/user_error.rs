//! What can go wrong with a user, in the words of whoever works with users.

use crate::app_error::AppError;
use thiserror::Error;
use uuid::Uuid;

#[derive(Debug, PartialEq, Eq, Error)]
pub enum UserError {
    #[error("User not found: {0}")]
    NotFound(Uuid),

    #[error("Email already registered: {0}")]
    EmailExists(String),

    #[error("Weak password: {0}")]
    WeakPassword(String),
}

impl From<UserError> for AppError {
    fn from(error: UserError) -> Self {
        match error {
            UserError::NotFound(_) => AppError::NotFound(error.to_string()),
            UserError::EmailExists(_) => AppError::Conflict("conflict".to_string()),
            UserError::WeakPassword(reason) => AppError::ValidationFailed(reason),
        }
    }
}
