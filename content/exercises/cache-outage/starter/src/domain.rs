//! What the service is about.

/// A user as the world may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserDto {
    pub id: u32,
    pub name: String,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    #[error("Not found: {0}")]
    NotFound(String),

    #[error("Cache error: {0}")]
    Cache(String),

    #[error("Database error: {0}")]
    Database(String),
}
