//! A cache of anything that can be turned into JSON, in two halves: what a backend has to provide, and what every user of
//! it gets on top.

use crate::errors::AppError;
use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Mutex;

/// A backend. No method is generic, so there is a `dyn CacheStore`.
#[async_trait]
pub trait CacheStore: Send + Sync {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError>;
    async fn set_raw(&self, key: &str, json: String, ttl_secs: u64) -> Result<(), AppError>;
    async fn delete(&self, key: &str) -> Result<(), AppError>;
}

/// Typed access to any backend, written once.
#[async_trait]
pub trait CacheService: CacheStore {
    /// An entry that is no `T` counts as absent: the caller loads it again, and overwrites it.
    async fn get<T>(&self, key: &str) -> Result<Option<T>, AppError>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let json = self.get_raw(key).await?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    async fn set<T>(&self, key: &str, value: &T, ttl_secs: u64) -> Result<(), AppError>
    where
        T: Serialize + Send + Sync + 'static,
    {
        let json =
            serde_json::to_string(value).map_err(|error| AppError::Cache(error.to_string()))?;
        self.set_raw(key, json, ttl_secs).await
    }

    async fn get_or_load<T, F, Fut>(
        &self,
        key: &str,
        loader: F,
        ttl_secs: u64,
    ) -> Result<T, AppError>
    where
        T: Serialize + DeserializeOwned + Send + Sync + 'static,
        F: FnOnce() -> Fut + Send,
        Fut: Future<Output = Result<T, AppError>> + Send,
    {
        if let Some(cached) = self.get::<T>(key).await? {
            return Ok(cached);
        }
        let value = loader().await?;
        if let Err(error) = self.set(key, &value, ttl_secs).await {
            tracing::warn!(%error, key, "not cached");
        }
        Ok(value)
    }
}

impl<C: CacheStore + ?Sized> CacheService for C {}

/// Keeps the JSON of each entry and the seconds it was given. It forgets nothing by itself.
#[derive(Default)]
pub struct MemoryCache {
    entries: Mutex<HashMap<String, (String, u64)>>,
}

impl MemoryCache {
    /// How many seconds the entry under `key` was given.
    pub fn ttl_of(&self, key: &str) -> Option<u64> {
        self.entries.lock().unwrap().get(key).map(|entry| entry.1)
    }
}

#[async_trait]
impl CacheStore for MemoryCache {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError> {
        let entries = self.entries.lock().unwrap();
        Ok(entries.get(key).map(|entry| entry.0.clone()))
    }

    async fn set_raw(&self, key: &str, json: String, ttl_secs: u64) -> Result<(), AppError> {
        let mut entries = self.entries.lock().unwrap();
        entries.insert(key.to_string(), (json, ttl_secs));
        Ok(())
    }

    async fn delete(&self, key: &str) -> Result<(), AppError> {
        self.entries.lock().unwrap().remove(key);
        Ok(())
    }
}
