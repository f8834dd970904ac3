//! What the services are built on. Production has a database and Redis here; a test brings its own.

use async_trait::async_trait;

#[async_trait]
pub trait UserRepository: Send + Sync {
    /// The name of the user with that id.
    async fn find_name(&self, id: u32) -> Option<String>;
}

#[async_trait]
pub trait ProductRepository: Send + Sync {
    /// The price of a product in cents.
    async fn find_price(&self, sku: &str) -> Option<i64>;
}

#[async_trait]
pub trait CacheStore: Send + Sync {
    async fn get_raw(&self, key: &str) -> Option<String>;
    async fn set_raw(&self, key: &str, value: String, ttl_secs: u64);
}
