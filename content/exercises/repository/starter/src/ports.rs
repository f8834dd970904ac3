//! What a store of entities can do, and what a store of users can do besides.

use crate::domain::{AppError, User};
use async_trait::async_trait;
use uuid::Uuid;

/// Which part of a list is wanted, as a client writes it into a query string.
#[derive(Debug, Clone, Default)]
pub struct PaginationOptions {
    /// Counted from 0.
    pub page: Option<u32>,
    pub size: Option<u32>,
    pub order_by: Option<String>,
    pub order: Option<String>,
}

#[async_trait]
pub trait Repository<T: Send + Sync>: Send + Sync {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<T>, AppError>;

    /// One page, and how many entities there are on all pages together.
    async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<T>, i64), AppError>;

    /// Adds an entity, and answers it as it is stored.
    async fn save(&self, entity: &T) -> Result<T, AppError>;

    /// Replaces the entity with the same id, and answers it as it is stored.
    async fn update(&self, entity: &T) -> Result<T, AppError>;

    async fn delete(&self, id: Uuid) -> Result<(), AppError>;
}

#[async_trait]
pub trait UserRepository: Repository<User> {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;

    /// The users whose latest change has yet to be told to the other systems, oldest first.
    async fn find_pending_sync(&self) -> Result<Vec<User>, AppError>;

    async fn exists_by_email(&self, email: &str) -> Result<bool, AppError>;
}
