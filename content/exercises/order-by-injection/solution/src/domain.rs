//! What is listed, and how it is asked for.

/// A line of the list. There is no way from a hash into it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UserLine {
    pub id: i64,
    pub name: String,
    pub email: String,
}

/// The query string of `GET /users`, as it came.
#[derive(Debug, Clone, Default)]
pub struct ListRequest {
    /// Only users whose name contains this.
    pub search: Option<String>,
    /// `id` (the default), `name` or `email`.
    pub order_by: Option<String>,
    /// `asc` (the default) or `desc`.
    pub order: Option<String>,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    #[error("Validation failed: {0}")]
    ValidationFailed(String),

    #[error("Database error: {0}")]
    Database(String),
}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.to_string())
    }
}
