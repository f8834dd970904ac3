//! The rules about users: one account for one email, and a cache that never answers
//! what is no longer so.

use crate::domain::{CreateUserRequest, UpdateUserRequest, User, UserDto};
use crate::errors::AppError;
use crate::primitives::hash_password;
use crate::storage::{MemoryCache, MemoryUsers};
use chrono::Utc;
use uuid::Uuid;

pub struct UserService {
    users: MemoryUsers,
    cache: MemoryCache,
}

impl UserService {
    pub fn new(users: MemoryUsers, cache: MemoryCache) -> Self {
        Self { users, cache }
    }

    /// Cache-aside: what the cache has is answered, what it has not is loaded and
    /// stored.
    pub fn get_user(&self, id: Uuid) -> Result<UserDto, AppError> {
        let key = cache_key(id);
        if let Some(cached) = self.cache.get(&key) {
            return Ok(cached);
        }
        let dto = UserDto::from(self.users.find_by_id(id).ok_or_else(not_found)?);
        self.cache.set(&key, &dto);
        Ok(dto)
    }

    pub fn create_user(&self, request: CreateUserRequest) -> Result<UserDto, AppError> {
        // Step 1: what does not validate, and an email that has an account.
        let now = Utc::now();
        let user = User {
            id: Uuid::new_v4(),
            name: request.name,
            email: request.email,
            password_hash: hash_password(&request.password)?,
            created_at: now,
            updated_at: now,
        };
        self.users.save(user.clone());
        Ok(user.into())
    }

    /// The id of the user with this email and this password.
    pub fn authenticate(&self, email: &str, password: &str) -> Result<Uuid, AppError> {
        let _ = (email, password);
        todo!("step 2: find the user, and check the password")
    }

    pub fn update_user(&self, id: Uuid, request: UpdateUserRequest) -> Result<UserDto, AppError> {
        let _ = (id, request);
        todo!("step 5: change what the request names, and see to the cache")
    }

    pub fn delete_user(&self, id: Uuid) -> Result<(), AppError> {
        let _ = id;
        todo!("step 4: delete the user, and see to the cache")
    }
}

fn cache_key(id: Uuid) -> String {
    format!("user:{id}")
}

fn not_found() -> AppError {
    AppError::NotFound("User not found".into())
}
