//! A cache that fits behind `dyn`: the backend stores JSON, and typed access comes on top.

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Mutex;

#[async_trait]
pub trait CacheStore: Send + Sync {
    async fn get_raw(&self, key: &str) -> Option<String>;
    async fn set_raw(&self, key: &str, json: String, ttl_secs: u64);
    async fn delete(&self, key: &str);
}

#[async_trait]
pub trait CacheService: CacheStore {
    async fn get<T: DeserializeOwned + Send + 'static>(&self, key: &str) -> Option<T> {
        let json = self.get_raw(key).await?;
        serde_json::from_str(&json).ok()
    }

    async fn set<T: Serialize + Sync + 'static>(&self, key: &str, value: &T, ttl_secs: u64) {
        if let Ok(json) = serde_json::to_string(value) {
            self.set_raw(key, json, ttl_secs).await;
        }
    }
}

impl<C: CacheStore + ?Sized> CacheService for C {}

/// A cache for one process, and for tests. It forgets nothing by itself.
#[derive(Default)]
pub struct MemoryCache(Mutex<HashMap<String, String>>);

#[async_trait]
impl CacheStore for MemoryCache {
    async fn get_raw(&self, key: &str) -> Option<String> {
        self.0.lock().unwrap().get(key).cloned()
    }

    async fn set_raw(&self, key: &str, json: String, _ttl_secs: u64) {
        self.0.lock().unwrap().insert(key.to_string(), json);
    }

    async fn delete(&self, key: &str) {
        self.0.lock().unwrap().remove(key);
    }
}
