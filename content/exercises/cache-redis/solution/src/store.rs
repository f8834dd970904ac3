//! What a store behind a cache can do.

use std::time::Duration;

use async_trait::async_trait;

/// What can go wrong with a cache.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    #[error("cache: {0}")]
    Cache(String),
}

/// Keeps texts under keys, each for some time.
///
/// What every store answers the same: a key that is not there is `None`; setting it again replaces text and time; deleting what is not
/// there is fine; what is to be kept for no time at all is not kept.
#[async_trait]
pub trait CacheStore: Send + Sync {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError>;
    async fn set_raw(&self, key: &str, json: String, ttl: Duration) -> Result<(), AppError>;
    async fn delete_raw(&self, key: &str) -> Result<(), AppError>;
}
