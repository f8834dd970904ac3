//! A cache for one process, and for tests. It keeps JSON, as a Redis would.

use crate::errors::AppError;
use crate::ports::CacheService;
use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

type Entries = HashMap<String, (String, Instant)>;

#[derive(Default)]
pub struct MemoryCache {
    entries: Mutex<Entries>,
}

impl MemoryCache {
    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl CacheService for MemoryCache {
    async fn get<T>(&self, key: &str) -> Result<Option<T>, AppError>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let entries = self.entries();
        let entry = entries.get(key).filter(|(_, end)| Instant::now() < *end);
        Ok(entry.and_then(|(json, _)| serde_json::from_str(json).ok()))
    }

    async fn set<T>(&self, key: &str, value: &T, ttl_secs: u64) -> Result<(), AppError>
    where
        T: Serialize + Send + Sync + 'static,
    {
        let json = serde_json::to_string(value).map_err(|e| AppError::Cache(e.to_string()))?;
        let end = Instant::now() + Duration::from_secs(ttl_secs);
        self.entries().insert(key.to_string(), (json, end));
        Ok(())
    }

    async fn delete(&self, key: &str) -> Result<(), AppError> {
        self.entries().remove(key);
        Ok(())
    }
}
