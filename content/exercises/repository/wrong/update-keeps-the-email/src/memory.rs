//! A store of users in memory. It clones what it hands out, as a database would.

use crate::domain::{AppError, SyncStatus, User};
use crate::paging::{Column, Direction, Page};
use crate::ports::{PaginationOptions, Repository, UserRepository};
use async_trait::async_trait;
use std::sync::Mutex;
use uuid::Uuid;

#[derive(Default)]
pub struct MemoryUsers {
    users: Mutex<Vec<User>>,
}

#[async_trait]
impl Repository<User> for MemoryUsers {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        let users = self.users.lock().unwrap();
        Ok(users.iter().find(|user| user.id == id).cloned())
    }

    async fn save(&self, user: &User) -> Result<User, AppError> {
        let mut users = self.users.lock().unwrap();
        let taken = |other: &User| other.id == user.id || other.email == user.email;
        if users.iter().any(taken) {
            return Err(conflict());
        }
        users.push(user.clone());
        Ok(user.clone())
    }

    async fn update(&self, user: &User) -> Result<User, AppError> {
        let mut users = self.users.lock().unwrap();
        let Some(index) = users.iter().position(|other| other.id == user.id) else {
            return Err(not_found());
        };
        let taken = |other: &User| other.id != user.id && other.email == user.email;
        if users.iter().any(taken) {
            return Err(conflict());
        }
        let email = users[index].email.clone();
        users[index] = User {
            email,
            ..user.clone()
        };
        Ok(user.clone())
    }

    async fn delete(&self, id: Uuid) -> Result<(), AppError> {
        let mut users = self.users.lock().unwrap();
        let index = users.iter().position(|user| user.id == id);
        users.remove(index.ok_or_else(not_found)?);
        Ok(())
    }

    async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<User>, i64), AppError> {
        let page = Page::of(opts)?;
        let mut users = self.users.lock().unwrap().clone();
        users.sort_by(|a, b| {
            let order = match page.column {
                Column::Name => a.name.cmp(&b.name),
                Column::Email => a.email.cmp(&b.email),
                Column::CreatedAt => a.created_at.cmp(&b.created_at),
            };
            let order = match page.direction {
                Direction::Ascending => order,
                Direction::Descending => order.reverse(),
            };
            // Users that are equal in the column still have an order, or pages would overlap.
            order.then(a.id.cmp(&b.id))
        });
        let total = users.len() as i64;
        let offset = usize::try_from(page.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        Ok((users.into_iter().skip(offset).take(limit).collect(), total))
    }
}

#[async_trait]
impl UserRepository for MemoryUsers {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        let users = self.users.lock().unwrap();
        Ok(users.iter().find(|user| user.email == email).cloned())
    }

    async fn find_pending_sync(&self) -> Result<Vec<User>, AppError> {
        let mut users = self.users.lock().unwrap().clone();
        users.retain(|user| user.sync_status == SyncStatus::Pending);
        users.sort_by_key(|user| (user.created_at, user.id));
        Ok(users)
    }

    async fn exists_by_email(&self, email: &str) -> Result<bool, AppError> {
        Ok(self.find_by_email(email).await?.is_some())
    }
}

fn conflict() -> AppError {
    AppError::Conflict("id or email already exists".into())
}

fn not_found() -> AppError {
    AppError::NotFound("User not found".into())
}
