//! The types behind the ports, for production. Whatever goes wrong in here is simply not found: errors have a chapter
//! of their own.

use crate::ports::{CacheStore, ProductRepository, UserRepository};
use async_trait::async_trait;
use sqlx::SqlitePool;
use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, Instant};

pub struct SqlUserRepository(pub SqlitePool);

#[async_trait]
impl UserRepository for SqlUserRepository {
    async fn find_name(&self, id: u32) -> Option<String> {
        let query = sqlx::query_scalar("SELECT name FROM users WHERE id = $1").bind(id);
        query.fetch_optional(&self.0).await.ok().flatten()
    }
}

pub struct SqlProductRepository(pub SqlitePool);

#[async_trait]
impl ProductRepository for SqlProductRepository {
    async fn find_price(&self, sku: &str) -> Option<i64> {
        let query = sqlx::query_scalar("SELECT cents FROM products WHERE sku = $1").bind(sku);
        query.fetch_optional(&self.0).await.ok().flatten()
    }
}

/// A cache that never has anything.
pub struct NoCache;

#[async_trait]
impl CacheStore for NoCache {
    async fn get_raw(&self, _key: &str) -> Option<String> {
        None
    }

    async fn set_raw(&self, _key: &str, _value: String, _ttl_secs: u64) {}
}

struct Entry {
    key: String,
    value: String,
    end: Instant,
}

/// A cache in memory, the oldest entry first.
pub struct MemoryCache {
    max_entries: usize,
    entries: Mutex<VecDeque<Entry>>,
}

impl MemoryCache {
    pub fn new(max_entries: usize) -> Self {
        Self {
            max_entries,
            entries: Mutex::default(),
        }
    }
}

#[async_trait]
impl CacheStore for MemoryCache {
    async fn get_raw(&self, key: &str) -> Option<String> {
        let entries = self.entries.lock().ok()?;
        let entry = entries.iter().find(|entry| entry.key == key)?;
        (Instant::now() < entry.end).then(|| entry.value.clone())
    }

    async fn set_raw(&self, key: &str, value: String, ttl_secs: u64) {
        let Ok(mut entries) = self.entries.lock() else {
            return;
        };
        entries.retain(|entry| entry.key != key);
        entries.push_back(Entry {
            key: key.to_string(),
            value,
            end: Instant::now() + Duration::from_secs(ttl_secs),
        });
        while entries.len() > self.max_entries {
            entries.pop_front();
        }
    }
}
