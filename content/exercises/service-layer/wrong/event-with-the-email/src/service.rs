//! The rules: where a user is looked up, and what belongs to a registration.

use crate::domain::{CreateUserRequest, SyncStatus, User, UserDto};
use crate::errors::AppError;
use crate::ports::{CacheService, EventPublisher, UserRepository, UserService};
use crate::security::hash_password;
use async_trait::async_trait;
use chrono::Utc;
use std::sync::Arc;
use uuid::Uuid;

/// How long a user may be answered from the cache, in seconds.
const USER_TTL_SECS: u64 = 1800;

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
        let key = format!("user:{id}");
        match self.cache.get::<UserDto>(&key).await {
            Ok(Some(cached)) => return Ok(Some(cached)),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, %key, "cache not readable, asking the repository"),
        }

        let Some(user) = self.repo.find_by_id(id).await? else {
            return Ok(None);
        };
        let dto = UserDto::from(user);
        if let Err(error) = self.cache.set(&key, &dto, USER_TTL_SECS).await {
            tracing::warn!(%error, %key, "cache not writable, answering all the same");
        }
        Ok(Some(dto))
    }

    async fn create_user(&self, request: CreateUserRequest) -> Result<UserDto, AppError> {
        if self.repo.find_by_email(&request.email).await?.is_some() {
            return Err(AppError::Conflict("Email already exists".into()));
        }

        let now = Utc::now();
        let user = User {
            id: Uuid::new_v4(),
            name: request.name,
            email: request.email,
            password_hash: hash_password(&request.password)?,
            sync_status: SyncStatus::Synced,
            created_at: now,
            updated_at: now,
        };
        let saved = self.repo.save(&user).await?;

        let payload = serde_json::json!({
            "userId": saved.id.to_string(),
            "email": saved.email,
        });
        self.events.publish("user.registered", payload).await?;
        Ok(saved.into())
    }
}
