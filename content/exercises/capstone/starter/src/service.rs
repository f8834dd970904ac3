//! What belongs to a registration, a change, a read; and in which order.

use crate::errors::AppError;
use crate::model::{CreateUserRequest, PaginationOptions, UpdateUserRequest, UserDto};
use crate::ports::{CacheService, EventPublisher, UserRepository, UserService};
use async_trait::async_trait;
use std::sync::Arc;
use uuid::Uuid;

pub struct UserServiceImpl<C> {
    pub repo: Arc<dyn UserRepository>,
    pub cache: Arc<C>,
    pub events: Arc<dyn EventPublisher>,
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

// Step 3

#[async_trait]
impl<C: CacheService> UserService for UserServiceImpl<C> {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError> {
        let _ = id;
        Err(unwritten(3, "get_user"))
    }

    async fn list_users(&self, opts: &PaginationOptions) -> Result<(Vec<UserDto>, i64), AppError> {
        let (users, total) = self.repo.find_all(opts).await?;
        Ok((users.into_iter().map(UserDto::from).collect(), total))
    }

    async fn create_user(&self, request: CreateUserRequest) -> Result<UserDto, AppError> {
        let _ = request;
        Err(unwritten(3, "create_user"))
    }

    async fn update_user(&self, id: Uuid, request: UpdateUserRequest) -> Result<UserDto, AppError> {
        let _ = (id, request);
        Err(unwritten(3, "update_user"))
    }

    async fn delete_user(&self, id: Uuid) -> Result<(), AppError> {
        let _ = id;
        Err(unwritten(3, "delete_user"))
    }

    // Step 6

    async fn sync_next(&self) -> Result<bool, AppError> {
        Err(unwritten(6, "sync_next"))
    }
}

fn unwritten(step: u8, what: &str) -> AppError {
    AppError::Internal(format!("step {step}: `{what}` is not written yet"))
}
