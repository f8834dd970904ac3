//! What the commands work with. This file is given: the tests build on it.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncStatus {
    Pending,
    Synced,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub password_hash: String,
    pub sync_status: SyncStatus,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What somebody who wants an account sends. It is not `Debug`: whoever logs it
/// would log a password.
#[derive(Clone)]
pub struct CreateUserRequest {
    pub name: String,
    pub email: String,
    pub password: String,
}

/// What somebody changes about an account; `None` is left as it is.
#[derive(Debug, Clone, Default)]
pub struct UpdateUserRequest {
    pub name: Option<String>,
    pub email: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    #[error("Not found: {0}")]
    NotFound(String),
    #[error("Validation failed: {0}")]
    ValidationFailed(String),
    #[error("Conflict: {0}")]
    Conflict(String),
    #[error("Internal error: {0}")]
    Internal(String),
}

#[async_trait]
pub trait UserRepository: Send + Sync {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError>;
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;
    /// Stores a new user and returns what has been stored.
    async fn save(&self, user: &User) -> Result<User, AppError>;
    /// Replaces a stored user and returns what has been stored.
    async fn update(&self, user: &User) -> Result<User, AppError>;
}

#[async_trait]
pub trait EventPublisher: Send + Sync {
    /// Returns the id of the published event.
    async fn publish(&self, event: &str, payload: serde_json::Value) -> Result<String, AppError>;
}

pub trait PasswordHasher: Send + Sync {
    fn hash(&self, password: &str) -> Result<String, AppError>;
}
