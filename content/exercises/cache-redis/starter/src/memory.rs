//! A store in this process.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use crate::store::{AppError, CacheStore};

/// A store that keeps everything for ever. `tokio::time::Instant` is a clock that tests can stop.
#[derive(Default)]
pub struct MemoryStore {
    entries: Mutex<HashMap<String, String>>,
}

#[async_trait]
impl CacheStore for MemoryStore {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(entries.get(key).cloned())
    }

    async fn set_raw(&self, key: &str, json: String, ttl: Duration) -> Result<(), AppError> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        // Step 1: what about this?
        let _ = ttl;
        entries.insert(key.to_string(), json);
        Ok(())
    }

    async fn delete_raw(&self, key: &str) -> Result<(), AppError> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.remove(key);
        Ok(())
    }
}
