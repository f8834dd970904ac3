//! The server behind the cache, as a trait, and one that lives in this process.

use async_trait::async_trait;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    #[error("Cache error: {0}")]
    Cache(String),

    #[error("Internal error: {0}")]
    Internal(String),
}

/// Keeps texts under keys, each for some time.
#[async_trait]
pub trait CacheStore: Send + Sync {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError>;
    async fn set_raw(&self, key: &str, json: String, ttl: Duration) -> Result<(), AppError>;
    async fn delete_raw(&self, key: &str) -> Result<(), AppError>;
}

/// A store that goes by tokio's clock, so that a test can wait for half an hour in no time.
#[derive(Default)]
pub struct MemoryStore {
    entries: Mutex<HashMap<String, (String, Instant)>>,
}

#[async_trait]
impl CacheStore for MemoryStore {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError> {
        let entries = self.entries.lock().unwrap();
        let entry = entries.get(key).filter(|(_, end)| Instant::now() < *end);
        Ok(entry.map(|(json, _)| json.clone()))
    }

    async fn set_raw(&self, key: &str, json: String, ttl: Duration) -> Result<(), AppError> {
        let entry = (json, Instant::now() + ttl);
        self.entries.lock().unwrap().insert(key.to_string(), entry);
        Ok(())
    }

    async fn delete_raw(&self, key: &str) -> Result<(), AppError> {
        self.entries.lock().unwrap().remove(key);
        Ok(())
    }
}
