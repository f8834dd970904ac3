//! A store in this process.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::Instant;

use crate::store::{AppError, CacheStore};

/// A store that goes by tokio's clock.
#[derive(Default)]
pub struct MemoryStore {
    entries: Mutex<HashMap<String, (String, Instant)>>,
}

#[async_trait]
impl CacheStore for MemoryStore {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(entries.get(key).map(|(json, _)| json.clone()))
    }

    async fn set_raw(&self, key: &str, json: String, ttl: Duration) -> Result<(), AppError> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(key.to_string(), (json, Instant::now() + ttl));
        Ok(())
    }

    async fn delete_raw(&self, key: &str) -> Result<(), AppError> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.remove(key);
        Ok(())
    }
}
