//! The service layer: the rules, and when the cache is asked.

use crate::cache::{CacheService, CacheStore};
use crate::domain::UserDto;
use crate::errors::AppError;
use crate::ports::{UserRepository, UserService};
use async_trait::async_trait;
use std::sync::Arc;
use uuid::Uuid;

/// How long a user may be answered from the cache, in seconds.
pub const USER_TTL_SECS: u64 = 1800;

pub struct UserServiceImpl {
    repo: Arc<dyn UserRepository>,
    cache: Arc<dyn CacheStore>,
}

impl UserServiceImpl {
    pub fn new(repo: Arc<dyn UserRepository>, cache: Arc<dyn CacheStore>) -> Self {
        Self { repo, cache }
    }
}

#[async_trait]
impl UserService for UserServiceImpl {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError> {
        let key = cache_key(id);
        if let Some(cached) = self.cache.get::<UserDto>(&key).await {
            return Ok(Some(cached));
        }
        let Some(user) = self.repo.find_by_id(id).await? else {
            return Ok(None);
        };
        let dto = UserDto::from(user);
        self.cache.set(&key, &dto, USER_TTL_SECS).await;
        Ok(Some(dto))
    }

    async fn rename_user(&self, id: Uuid, name: &str) -> Result<UserDto, AppError> {
        let length = name.chars().count();
        let name = name.trim();
        if name.is_empty() || length > 100 {
            return Err(AppError::ValidationFailed(
                "name must have 1 to 100 characters".into(),
            ));
        }
        let not_found = || AppError::NotFound("User not found".into());
        if !self.repo.update_name(id, name).await? {
            return Err(not_found());
        }
        self.cache.delete(&cache_key(id)).await;
        self.get_user(id).await?.ok_or_else(not_found)
    }
}

fn cache_key(id: Uuid) -> String {
    format!("user:{id}")
}
