//! What belongs to a registration, a change, a read; and in which order.

use crate::crypto::hash_password;
use crate::errors::{AppError, UserError};
use crate::model::{
    CreateUserRequest, PaginationOptions, SyncStatus, UpdateUserRequest, User, UserDto,
};
use crate::ports::{CacheService, EventPublisher, UserRepository, UserService};
use async_trait::async_trait;
use chrono::Utc;
use std::sync::Arc;
use uuid::Uuid;

/// How long a user may be answered from the cache, in seconds.
const USER_TTL_SECS: u64 = 1800;

pub struct UserServiceImpl<C> {
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

    /// Tells the others of `user`, and notes that they know.
    async fn announce(&self, event: &str, user: &User) -> Result<(), AppError> {
        let payload = serde_json::json!({ "userId": user.id.to_string() });
        self.events.publish(event, payload).await?;
        self.repo.mark_synced(user).await
    }

    /// A cache that is down costs time, and no answer.
    async fn forget(&self, id: Uuid) {
        if let Err(error) = self.cache.delete(&cache_key(id)).await {
            tracing::warn!(%error, %id, "the cache keeps an old copy");
        }
    }
}

#[async_trait]
impl<C: CacheService> UserService for UserServiceImpl<C> {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError> {
        let key = cache_key(id);
        match self.cache.get::<UserDto>(&key).await {
            Ok(Some(cached)) => return Ok(Some(cached)),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, %id, "cache not readable"),
        }
        let Some(user) = self.repo.find_by_id(id).await? else {
            return Ok(None);
        };
        let dto = UserDto::from(user);
        if let Err(error) = self.cache.set(&key, &dto, USER_TTL_SECS).await {
            tracing::warn!(%error, %id, "cache not writable");
        }
        Ok(Some(dto))
    }

    async fn list_users(&self, opts: &PaginationOptions) -> Result<(Vec<UserDto>, i64), AppError> {
        let (users, total) = self.repo.find_all(opts).await?;
        Ok((users.into_iter().map(UserDto::from).collect(), total))
    }

    async fn create_user(&self, request: CreateUserRequest) -> Result<UserDto, AppError> {
        let request = request.validated()?;
        if self.repo.find_by_email(&request.email).await?.is_some() {
            return Err(UserError::EmailExists(request.email).into());
        }
        let now = Utc::now();
        let user = User {
            id: Uuid::new_v4(),
            name: request.name,
            email: request.email,
            password_hash: hash_password(request.password).await?,
            sync_status: SyncStatus::Pending,
            created_at: now,
            updated_at: now,
        };
        let saved = self.repo.save(&user).await?;
        // The user is pending until this has worked; the worker tries again.
        if let Err(error) = self.announce("user.registered", &saved).await {
            tracing::warn!(%error, id = %saved.id, "not announced yet");
        }
        Ok(saved.into())
    }

    async fn update_user(&self, id: Uuid, request: UpdateUserRequest) -> Result<UserDto, AppError> {
        let request = request.validated()?;
        let found = self.repo.find_by_id(id).await?;
        let mut user = found.ok_or(UserError::NotFound(id))?;
        if let Some(name) = request.name {
            user.name = name;
        }
        if let Some(email) = request.email {
            user.email = email;
        }
        user.sync_status = SyncStatus::Pending;
        user.updated_at = Utc::now();
        user.password_hash = String::new();
        let updated = self.repo.update(&user).await?;
        self.forget(id).await;
        Ok(updated.into())
    }

    async fn delete_user(&self, id: Uuid) -> Result<(), AppError> {
        self.repo.delete(id).await?;
        self.forget(id).await;
        Ok(())
    }

    async fn sync_next(&self) -> Result<bool, AppError> {
        match self.repo.find_pending_sync().await?.first() {
            Some(user) => self.announce("user.changed", user).await.map(|()| true),
            None => Ok(false),
        }
    }
}

fn cache_key(id: Uuid) -> String {
    format!("user:{id}")
}
