//! The rules about users: one account for one email, and a cache that never answers
//! what is no longer so.

use crate::domain::{CreateUserRequest, UpdateUserRequest, User, UserDto};
use crate::errors::AppError;
use crate::primitives::{hash_password, verify_password};
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
        request.validate()?;
        if self.users.find_by_email(&request.email).is_some() {
            return Err(email_taken());
        }
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
        self.users
            .find_by_email(email)
            .filter(|user| verify_password(password, &user.password_hash))
            .map(|user| user.id)
            .ok_or(AppError::InvalidCredentials)
    }

    pub fn update_user(&self, id: Uuid, request: UpdateUserRequest) -> Result<UserDto, AppError> {
        let verdict = request.validate();
        let mut user = self.users.find_by_id(id).ok_or_else(not_found)?;
        if let Some(name) = request.name {
            user.name = name;
        }
        if let Some(email) = request.email {
            let holder = self.users.find_by_email(&email);
            if holder.is_some_and(|holder| holder.id != id) {
                return Err(email_taken());
            }
            user.email = email;
        }
        user.updated_at = Utc::now();
        self.users.save(user.clone());
        self.cache.delete(&cache_key(id));
        verdict?;
        Ok(user.into())
    }

    pub fn delete_user(&self, id: Uuid) -> Result<(), AppError> {
        if !self.users.delete(id) {
            return Err(not_found());
        }
        self.cache.delete(&cache_key(id));
        Ok(())
    }
}

fn cache_key(id: Uuid) -> String {
    format!("user:{id}")
}

fn not_found() -> AppError {
    AppError::NotFound("User not found".into())
}

fn email_taken() -> AppError {
    AppError::Conflict("Email already exists".into())
}
