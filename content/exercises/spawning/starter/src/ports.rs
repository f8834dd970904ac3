//! What the tasks work with.

use async_trait::async_trait;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    #[error("Not found: {0}")]
    NotFound(String),

    #[error("Validation failed: {0}")]
    ValidationFailed(String),

    #[error("Service unavailable: {0}")]
    ServiceUnavailable(String),

    #[error("Internal error: {0}")]
    Internal(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserDto {
    pub id: Uuid,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductDto {
    pub name: String,
}

/// What a user has done so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    pub orders: u32,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    pub data: Vec<T>,
    pub total: u64,
}

#[async_trait]
pub trait UserService: Send + Sync {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError>;
    async fn get_stats(&self, id: Uuid) -> Result<Stats, AppError>;

    /// Fetches the user anew from another system. It takes as long as that system does.
    async fn sync_user(&self, id: Uuid) -> Result<(), AppError>;
}

#[async_trait]
pub trait ProductService: Send + Sync {
    /// Page `page`, from 0, of the newest products.
    async fn get_products(
        &self,
        page: u32,
        size: u32,
        category: Option<&str>,
        search: Option<&str>,
    ) -> Result<Page<ProductDto>, AppError>;
}

/// Hashes passwords. It computes for a good part of a second and waits for nothing, so there is no `async` in it.
pub trait PasswordHasher: Send + Sync {
    fn hash(&self, password: &str) -> Result<String, AppError>;
}
