//! A store in a Redis server.

use std::time::Duration;

use async_trait::async_trait;
use redis::{Client, RedisError};

use crate::store::{AppError, CacheStore};

/// A store that connects when it is first used and keeps its one connection for as long as it works.
pub struct RedisStore {
    // Step 3: keep a connection. Step 4: and forget one that broke.
    client: Client,
}

impl RedisStore {
    /// A store at this address. Nothing is connected yet: a service starts whether its cache is there or not.
    pub fn new(url: &str) -> Result<Self, AppError> {
        let client = Client::open(url).map_err(cache)?;
        Ok(Self { client })
    }
}

#[async_trait]
impl CacheStore for RedisStore {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError> {
        // Step 2.
        let _ = (&self.client, key);
        todo!("step 2")
    }

    async fn set_raw(&self, key: &str, json: String, ttl: Duration) -> Result<(), AppError> {
        // Step 2.
        let _ = (key, json, ttl);
        todo!("step 2")
    }

    async fn delete_raw(&self, key: &str) -> Result<(), AppError> {
        // Step 2.
        let _ = key;
        todo!("step 2")
    }
}

fn cache(error: RedisError) -> AppError {
    AppError::Cache(error.to_string())
}
