//! Cache-aside: ask the cache, else load and keep.

use crate::store::{AppError, CacheStore};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

/// A part of a store: the keys that begin with `prefix`.
pub struct Cache {
    store: Arc<dyn CacheStore>,
    prefix: String,
    /// The keys that are being loaded.
    loading: Mutex<HashMap<String, Arc<Notify>>>,
}

impl Cache {
    pub fn new(store: Arc<dyn CacheStore>, prefix: &str) -> Self {
        Self {
            store,
            prefix: prefix.to_string(),
            loading: Mutex::default(),
        }
    }

    /// What is kept under `key`. An entry that is no `T` counts as absent.
    pub async fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, AppError> {
        let json = self.store.get_raw(&self.full(key)).await?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    pub async fn set<T: Serialize>(
        &self,
        key: &str,
        value: &T,
        ttl_secs: u64,
    ) -> Result<(), AppError> {
        let json =
            serde_json::to_string(value).map_err(|error| AppError::Internal(error.to_string()))?;
        let ttl = Duration::from_secs(ttl_secs);
        self.store.set_raw(&self.full(key), json, ttl).await
    }

    pub async fn delete(&self, key: &str) -> Result<(), AppError> {
        self.store.delete_raw(&self.full(key)).await
    }

    /// What is kept under `key`, or else what `loader` answers, which is kept from then on.
    ///
    /// Of several callers at a time, one loads and the others wait for it. A store that fails is logged and done without.
    pub async fn get_or_load<T, F, Fut>(
        &self,
        key: &str,
        loader: F,
        ttl_secs: u64,
    ) -> Result<T, AppError>
    where
        T: Serialize + DeserializeOwned,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<T, AppError>>,
    {
        let (_flight, loaded) = loop {
            if let Some(value) = self.peek(key).await {
                return Ok(value);
            }
            match Flight::begin(self, key) {
                Ok(mine) => break mine,
                Err(loaded) => loaded.notified().await,
            }
        };
        let value = loader().await?;
        if let Err(error) = self.set(key, &value, ttl_secs).await {
            tracing::warn!(%error, key, "not cached");
        }
        loaded.notify_waiters();
        Ok(value)
    }

    /// How many keys are being loaded at the moment.
    pub fn loading(&self) -> usize {
        self.loading.lock().unwrap().len()
    }

    async fn peek<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        match self.get(key).await {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(%error, key, "cache not readable");
                None
            }
        }
    }

    fn full(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }
}

/// The key that is being loaded, until this is dropped.
struct Flight<'a> {
    cache: &'a Cache,
    key: &'a str,
}

impl<'a> Flight<'a> {
    /// This caller's load, or what tells when another one has loaded.
    fn begin(cache: &'a Cache, key: &'a str) -> Result<(Self, Arc<Notify>), Arc<Notify>> {
        let mut loading = cache.loading.lock().unwrap();
        if let Some(loaded) = loading.get(key) {
            return Err(loaded.clone());
        }
        let loaded = Arc::new(Notify::new());
        loading.insert(key.to_string(), loaded.clone());
        Ok((Self { cache, key }, loaded))
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        self.cache.loading.lock().unwrap().remove(self.key);
    }
}
