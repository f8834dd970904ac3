//! What the user service needs from outside. The mocks have to fit these traits.

use async_trait::async_trait;
use serde_json::Value;

/// A user as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: u64,
    pub name: String,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    #[error("Conflict: {0}")]
    Conflict(String),

    #[error("Service unavailable: {0}")]
    ServiceUnavailable(String),
}

/// What every store of entities can do.
#[async_trait]
pub trait Repository<T: Send + Sync>: Send + Sync {
    async fn find_by_id(&self, id: u64) -> Result<Option<T>, AppError>;

    /// Answers the entity as it is now stored.
    async fn save(&self, entity: &T) -> Result<T, AppError>;

    async fn delete(&self, id: u64) -> Result<(), AppError>;
}

/// What a store of users can do besides.
#[async_trait]
pub trait UserRepository: Repository<User> {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;

    /// A store that can answer this without loading the user has its own way.
    async fn exists_by_email(&self, email: &str) -> Result<bool, AppError> {
        Ok(self.find_by_email(email).await?.is_some())
    }
}

#[async_trait]
pub trait EventPublisher: Send + Sync {
    /// Answers the id that the event was given.
    async fn publish(&self, event_type: &str, payload: Value) -> Result<String, AppError>;
}
