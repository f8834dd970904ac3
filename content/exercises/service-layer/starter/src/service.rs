//! The rules: where a user is looked up, and what belongs to a registration.

use crate::domain::{CreateUserRequest, UserDto};
use crate::errors::AppError;
use crate::ports::{CacheService, EventPublisher, UserRepository, UserService};
use async_trait::async_trait;
use std::sync::Arc;
use uuid::Uuid;

/// Generic over its cache, because `dyn CacheService` cannot exist; handlers see it
/// as `dyn UserService`.
pub struct UserServiceImpl<C: CacheService> {
    repo: Arc<dyn UserRepository>,
    cache: Arc<C>,
    events: Arc<dyn EventPublisher>,
}

impl<C: CacheService> UserServiceImpl<C> {
    pub fn new(
        repo: Arc<dyn UserRepository>,
        cache: Arc<C>,
        events: Arc<dyn EventPublisher>,
    ) -> Self {
        Self {
            repo,
            cache,
            events,
        }
    }
}

#[async_trait]
impl<C: CacheService> UserService for UserServiceImpl<C> {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError> {
        todo!("step 1: look for user {id} in the cache")
    }

    async fn create_user(&self, request: CreateUserRequest) -> Result<UserDto, AppError> {
        todo!("step 3: see whether {} is taken", request.email)
    }
}
