//! Methods on `Option` and `Result` that end in an `AppError`.

use crate::error::AppError;
use std::fmt::Display;

pub trait ResultExt<T> {
    /// What is not there is `AppError::NotFound`.
    fn not_found(self, msg: &str) -> Result<T, AppError>;

    /// What is not there should have been: `AppError::Internal`.
    fn or_internal(self, msg: &str) -> Result<T, AppError>;
}

impl<T> ResultExt<T> for Option<T> {
    fn not_found(self, msg: &str) -> Result<T, AppError> {
        self.ok_or_else(|| AppError::NotFound(msg.to_string()))
    }

    fn or_internal(self, msg: &str) -> Result<T, AppError> {
        Ok(self.expect(msg))
    }
}

impl<T, E: Display> ResultExt<T> for Result<T, E> {
    fn not_found(self, msg: &str) -> Result<T, AppError> {
        self.map_err(|_| AppError::NotFound(msg.to_string()))
    }

    fn or_internal(self, msg: &str) -> Result<T, AppError> {
        self.map_err(|error| AppError::Internal(format!("{msg}: {error}")))
    }
}

/// For a lookup that can break and can find nothing.
pub trait FoundExt<T> {
    /// What broke is `AppError::Internal`, what is not there is `AppError::NotFound`.
    fn found(self, what: &str) -> Result<T, AppError>;
}

impl<T, E: Display> FoundExt<T> for Result<Option<T>, E> {
    fn found(self, what: &str) -> Result<T, AppError> {
        self.or_internal(&format!("Could not look up {what}"))?
            .not_found(&format!("No {what}"))
    }
}
