//! Cache-aside over any store: a prefix for the keys, half an hour for the entries.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::{AppError, CacheStore};

/// How long an entry lives.
pub const TTL: Duration = Duration::from_secs(1800);

/// The keys of a store that begin with a prefix.
pub struct Cache {
    store: Arc<dyn CacheStore>,
    prefix: String,
}

impl Cache {
    pub fn new(store: Arc<dyn CacheStore>, prefix: &str) -> Self {
        let prefix = prefix.to_string();
        Self { store, prefix }
    }

    /// What is kept under the key, or else what the loader answers, which is kept from then on. A store that fails is done without.
    pub async fn get_or_load<T, F, Fut>(&self, key: &str, loader: F) -> Result<T, AppError>
    where
        T: Serialize + DeserializeOwned,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<T, AppError>>,
    {
        let full = format!("{}{key}", self.prefix);
        let kept = self.store.get_raw(&full).await.unwrap_or_else(|error| {
            tracing::warn!(%error, key, "cache not readable");
            None
        });
        if let Some(value) = kept.and_then(|json| serde_json::from_str(&json).ok()) {
            return Ok(value);
        }
        let value = loader().await?;
        if let Ok(json) = serde_json::to_string(&value)
            && let Err(error) = self.store.set_raw(&full, json, TTL).await
        {
            tracing::warn!(%error, key, "not cached");
        }
        Ok(value)
    }
}
