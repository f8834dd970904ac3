//! Cache-aside: ask the cache, else load and keep.

use crate::store::{AppError, CacheStore};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Mutex as AsyncMutex;

/// A part of a store: the keys that begin with `prefix`.
pub struct Cache {
    store: Arc<dyn CacheStore>,
    prefix: String,
    /// The keys that are being loaded.
    loading: Mutex<HashMap<String, Load>>,
}

/// A lock for one key, and how many callers hold it or wait for it.
#[derive(Default)]
struct Load {
    callers: usize,
    lock: Arc<AsyncMutex<()>>,
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
        let _ = self.store.delete_raw(&self.full(key)).await;
        Ok(())
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
        if let Some(value) = self.peek(key).await {
            return Ok(value);
        }
        let flight = Flight::join(self, key);
        let _turn = flight.lock.lock().await;
        // Whoever had the turn before may have loaded it.
        if let Some(value) = self.peek(key).await {
            return Ok(value);
        }
        let value = loader().await?;
        if let Err(error) = self.set(key, &value, ttl_secs).await {
            tracing::warn!(%error, key, "not cached");
        }
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

/// One caller's share in the lock of a key. The last one to leave removes it, also when that one panics or is cancelled.
struct Flight<'a> {
    cache: &'a Cache,
    key: &'a str,
    lock: Arc<AsyncMutex<()>>,
}

impl<'a> Flight<'a> {
    fn join(cache: &'a Cache, key: &'a str) -> Self {
        let mut loading = cache.loading.lock().unwrap();
        let load = loading.entry(key.to_string()).or_default();
        load.callers += 1;
        let lock = load.lock.clone();
        Self { cache, key, lock }
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut loading = self.cache.loading.lock().unwrap();
        if let Some(load) = loading.get_mut(self.key) {
            load.callers -= 1;
            if load.callers == 0 {
                loading.remove(self.key);
            }
        }
    }
}
