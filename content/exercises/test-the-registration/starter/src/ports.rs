//! What the service needs from outside, and what it offers.

use crate::domain::{CreateUserRequest, User, UserDto};
use crate::errors::AppError;
use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// What every store of entities can do.
#[async_trait]
pub trait Repository<T: Send + Sync>: Send + Sync {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<T>, AppError>;

    /// Answers the entity as it is now stored, which may differ from what was
    /// handed in.
    async fn save(&self, entity: &T) -> Result<T, AppError>;

    async fn delete(&self, id: Uuid) -> Result<(), AppError>;
}

/// What a store of users can do besides.
#[async_trait]
pub trait UserRepository: Repository<User> {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;
}

/// A cache of anything that can be serialised.
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
    /// From the cache under `user:{id}`, else from the repository, and then stored
    /// in the cache for 1800 seconds. A cache that is down does not matter.
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError>;

    /// Refuses a taken email with `Conflict`. Else saves the user, with the hash of
    /// the password, then publishes `user.registered` with `{ "userId": … }`, and
    /// answers the user as stored.
    async fn create_user(&self, request: CreateUserRequest) -> Result<UserDto, AppError>;

    /// Deletes the user from the repository, then the entry from the cache.
    async fn delete_user(&self, id: Uuid) -> Result<(), AppError>;
}
