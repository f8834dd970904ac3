//! The service: what is allowed, whoever asks and through whichever door.

use std::sync::Mutex;

use async_trait::async_trait;
use uuid::Uuid;

use crate::domain::{NewUser, PageOfUsers, UserDto};
use crate::errors::AppError;

/// What both doors call.
#[async_trait]
pub trait UserService: Send + Sync {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError>;

    async fn create_user(&self, new: NewUser) -> Result<UserDto, AppError>;

    /// A page, from 0, of so many users: 20 where nobody says, never more than 100, one at least.
    async fn list_users(&self, page: u32, size: Option<u32>) -> Result<PageOfUsers, AppError>;
}

/// The service, with its users in memory.
#[derive(Default)]
pub struct UserServiceImpl {
    users: Mutex<Vec<UserDto>>,
}

impl UserServiceImpl {
    fn users(&self) -> Result<std::sync::MutexGuard<'_, Vec<UserDto>>, AppError> {
        self.users
            .lock()
            .map_err(|_| AppError::Internal("a thread died with the users in hand".to_string()))
    }
}

#[async_trait]
impl UserService for UserServiceImpl {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError> {
        Ok(self.users()?.iter().find(|user| user.id == id).cloned())
    }

    async fn create_user(&self, new: NewUser) -> Result<UserDto, AppError> {
        let mut users = self.users()?;
        if users.iter().any(|user| user.email == new.email) {
            return Err(AppError::Conflict(format!("{} is taken", new.email)));
        }
        let user = UserDto {
            id: Uuid::new_v4(),
            name: new.name,
            email: new.email,
        };
        users.push(user.clone());
        Ok(user)
    }

    async fn list_users(&self, page: u32, size: Option<u32>) -> Result<PageOfUsers, AppError> {
        let size = size.unwrap_or_default() as usize;
        let users = self.users()?;
        let skipped = (page as usize).saturating_mul(size);
        Ok(PageOfUsers {
            users: users.iter().skip(skipped).take(size).cloned().collect(),
            total: users.len() as u64,
        })
    }
}
