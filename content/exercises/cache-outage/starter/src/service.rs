//! Users, from the cache if it has them, else from the repository.

use crate::domain::{AppError, UserDto};
use crate::ports::{UserCache, UserRepository};
use std::sync::Arc;

/// How long a user may be answered from the cache, in seconds.
pub const USER_TTL_SECS: u64 = 1800;

pub struct UserService {
    repo: Arc<dyn UserRepository>,
    cache: Arc<dyn UserCache>,
}

impl UserService {
    pub fn new(repo: Arc<dyn UserRepository>, cache: Arc<dyn UserCache>) -> Self {
        Self { repo, cache }
    }

    pub async fn get_user(&self, id: u32) -> Result<Option<UserDto>, AppError> {
        let key = format!("user:{id}");
        if let Some(cached) = self.cache.get(&key).await? {
            return Ok(Some(cached));
        }

        let user = self.repo.find_by_id(id).await?;
        if let Some(user) = &user {
            self.cache.set(&key, user, USER_TTL_SECS).await?;
        }
        Ok(user)
    }

    pub async fn rename_user(&self, id: u32, name: &str) -> Result<(), AppError> {
        if !self.repo.update_name(id, name).await? {
            return Err(AppError::NotFound("User not found".into()));
        }
        self.cache.delete(&format!("user:{id}")).await?;
        Ok(())
    }
}
