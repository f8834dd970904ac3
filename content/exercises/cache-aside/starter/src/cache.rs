//! Cache-aside: ask the cache, else load and keep.

use crate::store::{AppError, CacheStore};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A part of a store: the keys that begin with `prefix`.
pub struct Cache {
    pub store: Arc<dyn CacheStore>,
    pub prefix: String,
}

impl Cache {
    pub fn new(store: Arc<dyn CacheStore>, prefix: &str) -> Self {
        Self {
            store,
            prefix: prefix.to_string(),
        }
    }

    // Step 1

    /// What is kept under `key`. An entry that is no `T` counts as absent.
    pub async fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, AppError> {
        todo!("read {key} and parse it")
    }

    pub async fn set<T: Serialize>(
        &self,
        key: &str,
        value: &T,
        ttl_secs: u64,
    ) -> Result<(), AppError> {
        let _ = value;
        todo!("write {key}, for {ttl_secs} seconds")
    }

    pub async fn delete(&self, key: &str) -> Result<(), AppError> {
        todo!("delete {key}")
    }

    // Steps 2 to 4

    /// What is kept under `key`, or else what `loader` answers, which is kept from then on.
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
        let _ = loader;
        todo!("answer {key}, and keep it for {ttl_secs} seconds")
    }

    // Step 4

    /// How many keys are being loaded at the moment.
    pub fn loading(&self) -> usize {
        0
    }
}
