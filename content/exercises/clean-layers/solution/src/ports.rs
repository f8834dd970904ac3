//! The two interfaces between the three layers.

use crate::domain::{User, UserDto};
use crate::errors::AppError;
use async_trait::async_trait;
use uuid::Uuid;

/// What the handlers call.
#[async_trait]
pub trait UserService: Send + Sync {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError>;

    /// Answers the user with the new name.
    async fn rename_user(&self, id: Uuid, name: &str) -> Result<UserDto, AppError>;
}

/// What the service calls.
#[async_trait]
pub trait UserRepository: Send + Sync {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError>;

    /// Whether there was such a user.
    async fn update_name(&self, id: Uuid, name: &str) -> Result<bool, AppError>;
}
