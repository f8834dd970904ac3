//! A store in a Redis server.

use std::time::Duration;

use async_trait::async_trait;
use redis::aio::MultiplexedConnection;
use redis::{AsyncTypedCommands, Client, RedisError};
use tokio::sync::Mutex;

use crate::store::{AppError, CacheStore};

/// A store that connects when it is first used and keeps its one connection for as long as it works.
pub struct RedisStore {
    client: Client,
    connection: Mutex<Option<MultiplexedConnection>>,
}

impl RedisStore {
    /// A store at this address. Nothing is connected yet: a service starts whether its cache is there or not.
    pub fn new(url: &str) -> Result<Self, AppError> {
        let client = Client::open(url).map_err(cache)?;
        let connection = Mutex::default();
        Ok(Self { client, connection })
    }

    /// The connection: a handle on one socket, which all callers share.
    async fn connection(&self) -> Result<MultiplexedConnection, AppError> {
        let mut connection = self.connection.lock().await;
        if let Some(open) = &*connection {
            return Ok(open.clone());
        }
        let opened = self.client.get_multiplexed_async_connection().await;
        Ok(connection.insert(opened.map_err(cache)?).clone())
    }

    /// Hands an answer on. After an error that the connection does not survive, the next call opens another.
    async fn checked<T>(&self, answer: Result<T, RedisError>) -> Result<T, AppError> {
        if let Err(error) = &answer
            && error.is_unrecoverable_error()
        {
            *self.connection.lock().await = None;
        }
        answer.map_err(cache)
    }
}

#[async_trait]
impl CacheStore for RedisStore {
    async fn get_raw(&self, key: &str) -> Result<Option<String>, AppError> {
        let answer = self.connection().await?.get(key).await;
        self.checked(answer).await
    }

    async fn set_raw(&self, key: &str, json: String, ttl: Duration) -> Result<(), AppError> {
        let milliseconds = u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX);
        let mut connection = self.connection().await?;
        let answer = connection.pset_ex(key, json, milliseconds).await;
        self.checked(answer).await
    }

    async fn delete_raw(&self, key: &str) -> Result<(), AppError> {
        let answer = self.connection().await?.del(key).await;
        self.checked(answer).await.map(|_| ())
    }
}

fn cache(error: RedisError) -> AppError {
    AppError::Cache(error.to_string())
}
