//! A store of users in memory. It clones what it hands out, as a database would.

use crate::domain::{AppError, User};
use crate::ports::{PaginationOptions, Repository, UserRepository};
use async_trait::async_trait;
use std::sync::Mutex;
use uuid::Uuid;

#[derive(Default)]
pub struct MemoryUsers {
    pub users: Mutex<Vec<User>>,
}

#[async_trait]
impl Repository<User> for MemoryUsers {
    // Step 1

    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        todo!("find {id}")
    }

    async fn save(&self, user: &User) -> Result<User, AppError> {
        todo!("add {user:?}, unless its id or its email is taken")
    }

    async fn update(&self, user: &User) -> Result<User, AppError> {
        todo!("put {user:?} in the place of the user with the same id")
    }

    async fn delete(&self, id: Uuid) -> Result<(), AppError> {
        todo!("remove {id}")
    }

    // Step 3

    async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<User>, i64), AppError> {
        todo!("sort, then cut out {opts:?}")
    }
}

// Step 4

#[async_trait]
impl UserRepository for MemoryUsers {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        todo!("find {email}")
    }

    async fn find_pending_sync(&self) -> Result<Vec<User>, AppError> {
        todo!("find those who are pending, oldest first")
    }

    async fn exists_by_email(&self, email: &str) -> Result<bool, AppError> {
        todo!("is there a {email}?")
    }
}
