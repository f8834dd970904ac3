//! Users in this process.

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use uuid::Uuid;

use crate::domain::{AppError, SyncStatus, User};
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
        let mut users = self.users();
        let taken = |other: &User| other.id == user.id || same(&other.email, &user.email);
        if users.iter().any(taken) {
            return Err(AppError::Conflict(
                "the id or the email is taken".to_string(),
            ));
        }
        users.push(user.clone());
        users.sort_by_key(|user| (user.created_at, user.id));
        Ok(user.clone())
    }

    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        Ok(self.users().iter().find(|user| user.id == id).cloned())
    }

    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        let users = self.users();
        Ok(users.iter().find(|user| same(&user.email, email)).cloned())
    }

    async fn find_all(&self, page: Page) -> Result<(Vec<User>, i64), AppError> {
        let users = self.users();
        let rows = users
            .iter()
            .skip(page.offset as usize)
            .take(page.limit as usize);
        let rows: Vec<User> = rows.cloned().collect();
        let total = rows.len() as i64;
        Ok((rows, total))
    }

    async fn claim_pending(&self, limit: u32) -> Result<Vec<User>, AppError> {
        let mut users = self.users();
        let pending = users
            .iter_mut()
            .filter(|user| user.sync_status == SyncStatus::Pending);
        let claim = |user: &mut User| {
            user.sync_status = SyncStatus::Claimed;
            user.clone()
        };
        Ok(pending.take(limit as usize).map(claim).collect())
    }
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
