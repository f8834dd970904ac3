//! The user service. It is handed a cache at run time: Redis in production, memory in a test.

use crate::cache::{CacheService, CacheStore};
use crate::domain::{UserDto, UserRepository};
use crate::errors::AppError;
use std::sync::Arc;

/// How long a user may be answered from the cache, in seconds.
pub const USER_TTL_SECS: u64 = 1_800_000;

pub struct UserService {
    repo: Arc<dyn UserRepository>,
    cache: Arc<dyn CacheStore>,
}

impl UserService {
    pub fn new(repo: Arc<dyn UserRepository>, cache: Arc<dyn CacheStore>) -> Self {
        Self { repo, cache }
    }

    /// The user with that id, from the cache if it has one. A user whom nobody knows is `AppError::NotFound`.
    pub async fn get_user(&self, id: &str) -> Result<UserDto, AppError> {
        let load = || async {
            let found = self.repo.find_by_id(id).await?;
            found.ok_or_else(|| AppError::NotFound("User not found".into()))
        };
        let key = format!("user:{id}");
        self.cache.get_or_load(&key, load, USER_TTL_SECS).await
    }
}
