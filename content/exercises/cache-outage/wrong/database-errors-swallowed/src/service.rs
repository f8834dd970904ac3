//! Users, from the cache if it has them, else from the repository.

use crate::domain::{AppError, UserDto};
use crate::ports::{UserCache, UserRepository};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long a user may be answered from the cache, in seconds.
pub const USER_TTL_SECS: u64 = 1800;

/// How long the cache may take. It answers within a millisecond or two, or there is something wrong with it.
const PATIENCE: Duration = Duration::from_millis(50);

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
        if let Some(Some(cached)) = attempt("get", self.cache.get(&key)).await {
            return Ok(Some(cached));
        }

        let user = self.repo.find_by_id(id).await.unwrap_or(None);
        if let Some(user) = &user {
            attempt("set", self.cache.set(&key, user, USER_TTL_SECS)).await;
        }
        Ok(user)
    }

    pub async fn rename_user(&self, id: u32, name: &str) -> Result<(), AppError> {
        if !self.repo.update_name(id, name).await? {
            return Err(AppError::NotFound("User not found".into()));
        }
        // When this fails, readers may see the old name until the entry expires. The name is changed all the same.
        attempt("delete", self.cache.delete(&format!("user:{id}"))).await;
        Ok(())
    }
}

/// The outcome of a call of the cache, or `None` when it failed or took too long. Either is logged: a service that does
/// without its cache must not do so in silence.
async fn attempt<T>(what: &str, call: impl Future<Output = Result<T, AppError>>) -> Option<T> {
    match timeout(PATIENCE, call).await {
        Ok(Ok(value)) => Some(value),
        Ok(Err(error)) => {
            tracing::warn!(%error, what, "going on without the cache");
            None
        }
        Err(_) => {
            tracing::warn!(what, "going on without the cache: no answer in time");
            None
        }
    }
}
