//! What a store of users can do.

use async_trait::async_trait;
use uuid::Uuid;

use crate::domain::{AppError, User};

/// Which part of the list is wanted, already checked: so many rows, after so many, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    pub offset: u32,
    pub limit: u32,
}

#[async_trait]
pub trait UserRepository: Send + Sync {
    /// Adds a user and answers it **as it is stored**. An id or an email that somebody has is a conflict.
    async fn save(&self, user: &User) -> Result<User, AppError>;

    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError>;

    /// In whichever capitals.
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;

    /// One page, oldest first, and how many users there are in all. Of the same age, the smaller id comes first.
    async fn find_all(&self, page: Page) -> Result<(Vec<User>, i64), AppError>;

    /// Takes up to `limit` pending users, oldest first, marks them as claimed, and answers them. Two workers that ask at
    /// the same time never get the same user.
    async fn claim_pending(&self, limit: u32) -> Result<Vec<User>, AppError>;
}
