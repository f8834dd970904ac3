//! A cache of anything that can be turned into JSON.

use crate::errors::AppError;
use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Mutex;

/// Every user of a cache names it as `Arc<dyn CacheService>`. As it stands, that type does not exist.
#[async_trait]
pub trait CacheService: Send + Sync {
    async fn get<T>(&self, key: &str) -> Result<Option<T>, AppError>
    where
        T: DeserializeOwned + Send + 'static;

    async fn set<T>(&self, key: &str, value: &T, ttl_secs: u64) -> Result<(), AppError>
    where
        T: Serialize + Send + Sync + 'static;

    async fn delete(&self, key: &str) -> Result<(), AppError>;
}

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
impl CacheService for MemoryCache {
    async fn get<T>(&self, key: &str) -> Result<Option<T>, AppError>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let json = self
            .entries
            .lock()
            .unwrap()
            .get(key)
            .map(|entry| entry.0.clone());
        match json {
            Some(json) => {
                serde_json::from_str(&json).map_err(|error| AppError::Cache(error.to_string()))
            }
            None => Ok(None),
        }
    }

    async fn set<T>(&self, key: &str, value: &T, ttl_secs: u64) -> Result<(), AppError>
    where
        T: Serialize + Send + Sync + 'static,
    {
        let json =
            serde_json::to_string(value).map_err(|error| AppError::Cache(error.to_string()))?;
        self.entries
            .lock()
            .unwrap()
            .insert(key.to_string(), (json, ttl_secs));
        Ok(())
    }

    async fn delete(&self, key: &str) -> Result<(), AppError> {
        self.entries.lock().unwrap().remove(key);
        Ok(())
    }
}
