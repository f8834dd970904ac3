//! Users in this process.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use uuid::Uuid;

use crate::domain::{AppError, User};
use crate::ports::{Page, UserRepository};

#[derive(Default)]
pub struct MemoryUsers {
    users: Mutex<Vec<User>>,
}

impl MemoryUsers {
    fn users(&self) -> MutexGuard<'_, Vec<User>> {
        self.users.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl UserRepository for MemoryUsers {
    async fn save(&self, user: &User) -> Result<User, AppError> {
        // Step 1: this takes everybody.
        self.users().push(user.clone());
        Ok(user.clone())
    }

    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        Ok(self.users().iter().find(|user| user.id == id).cloned())
    }

    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        let users = self.users();
        Ok(users.iter().find(|user| user.email == email).cloned())
    }

    async fn find_all(&self, page: Page) -> Result<(Vec<User>, i64), AppError> {
        // Step 2.
        let _ = page;
        Ok((Vec::new(), 0))
    }

    async fn claim_pending(&self, limit: u32) -> Result<Vec<User>, AppError> {
        // Step 3.
        let _ = limit;
        Ok(Vec::new())
    }
}
