//! What can go wrong with a user, in the words of whoever works with users.

use crate::app_error::AppError;
use thiserror::Error;
use uuid::Uuid;

// Step 1: the texts

#[derive(Debug, PartialEq, Eq, Error)]
pub enum UserError {
    #[error("Something is wrong with a user")]
    NotFound(Uuid),

    #[error("Something is wrong with a user")]
    EmailExists(String),

    #[error("Something is wrong with a user")]
    WeakPassword(String),
}

// Step 2: what it means for the application

impl From<UserError> for AppError {
    fn from(error: UserError) -> Self {
        AppError::Internal(error.to_string())
    }
}
