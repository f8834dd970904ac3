//! The service layer: the rules, and when the cache is asked.

use crate::cache::CacheStore;
use crate::domain::UserDto;
use crate::errors::AppError;
use crate::ports::{UserRepository, UserService};
use async_trait::async_trait;
use std::sync::Arc;
use uuid::Uuid;

/// How long a user may be answered from the cache, in seconds.
pub const USER_TTL_SECS: u64 = 1800;

pub struct UserServiceImpl {
    pub repo: Arc<dyn UserRepository>,
    pub cache: Arc<dyn CacheStore>,
}

impl UserServiceImpl {
    pub fn new(repo: Arc<dyn UserRepository>, cache: Arc<dyn CacheStore>) -> Self {
        Self { repo, cache }
    }
}

#[async_trait]
impl UserService for UserServiceImpl {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError> {
        todo!("look {id} up, in the cache first")
    }

    async fn rename_user(&self, id: Uuid, name: &str) -> Result<UserDto, AppError> {
        todo!("check {name:?}, then store it as the name of {id}")
    }
}
