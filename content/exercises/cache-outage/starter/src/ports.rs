//! What the service needs from outside.

use crate::domain::{AppError, UserDto};
use async_trait::async_trait;

#[async_trait]
pub trait UserRepository: Send + Sync {
    async fn find_by_id(&self, id: u32) -> Result<Option<UserDto>, AppError>;

    /// Whether there was such a user.
    async fn update_name(&self, id: u32, name: &str) -> Result<bool, AppError>;
}

/// A cache somewhere on the network.
#[async_trait]
pub trait UserCache: Send + Sync {
    async fn get(&self, key: &str) -> Result<Option<UserDto>, AppError>;
    async fn set(&self, key: &str, user: &UserDto, ttl_secs: u64) -> Result<(), AppError>;
    async fn delete(&self, key: &str) -> Result<(), AppError>;
}
