//! What the service needs from outside, and what it offers. The tests put mocks in
//! place of the first three.

use crate::domain::{CreateUserRequest, User, UserDto};
use crate::errors::AppError;
use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// Which part of a list is wanted, and in which order.
#[derive(Debug, Clone, Default)]
pub struct PaginationOptions {
    pub page: Option<u32>,
    pub size: Option<u32>,
    pub order_by: Option<String>,
    pub order: Option<String>,
}

/// What every store of entities can do.
#[async_trait]
pub trait Repository<T: Send + Sync>: Send + Sync {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<T>, AppError>;
    async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<T>, i64), AppError>;
    /// Answers the entity as it is now stored, which may differ from what was
    /// handed in.
    async fn save(&self, entity: &T) -> Result<T, AppError>;
    async fn update(&self, entity: &T) -> Result<T, AppError>;
    async fn delete(&self, id: Uuid) -> Result<(), AppError>;
}

/// What a store of users can do besides.
#[async_trait]
pub trait UserRepository: Repository<User> {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;
    async fn find_pending_sync(&self) -> Result<Vec<User>, AppError>;
    async fn exists_by_email(&self, email: &str) -> Result<bool, AppError>;
}

/// A cache of anything that can be serialised. Its methods are generic, so there is
/// no `dyn CacheService`.
#[async_trait]
pub trait CacheService: Send + Sync {
    async fn get<T>(&self, key: &str) -> Result<Option<T>, AppError>
    where
        T: DeserializeOwned + Send + 'static;

    async fn set<T>(&self, key: &str, value: &T, ttl_secs: u64) -> Result<(), AppError>
    where
        T: Serialize + Send + Sync + 'static;

    async fn delete(&self, key: &str) -> Result<(), AppError>;
}

/// Tells the other parts of the system what has happened.
#[async_trait]
pub trait EventPublisher: Send + Sync {
    /// Answers the id that the event was given.
    async fn publish(
        &self,
        event_type: &str,
        payload: serde_json::Value,
    ) -> Result<String, AppError>;
}

/// What the handlers call.
#[async_trait]
pub trait UserService: Send + Sync {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError>;
    async fn create_user(&self, request: CreateUserRequest) -> Result<UserDto, AppError>;
}
