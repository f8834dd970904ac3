//! A store of users and a cache of what the handlers answer, both in memory. Either
//! clones what it hands out, as a database and a Redis would: a value in the cache
//! does not change because the stored user does.

use crate::domain::{User, UserDto};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

#[derive(Default)]
pub struct MemoryUsers {
    users: Mutex<HashMap<Uuid, User>>,
}

impl MemoryUsers {
    pub fn find_by_id(&self, id: Uuid) -> Option<User> {
        lock(&self.users).get(&id).cloned()
    }

    pub fn find_by_email(&self, email: &str) -> Option<User> {
        let users = lock(&self.users);
        users.values().find(|user| user.email == email).cloned()
    }

    /// Adds `user`, or puts it in the place of the one with the same id.
    pub fn save(&self, user: User) {
        lock(&self.users).insert(user.id, user);
    }

    /// Whether there was such a user to remove.
    pub fn delete(&self, id: Uuid) -> bool {
        lock(&self.users).remove(&id).is_some()
    }
}

#[derive(Default)]
pub struct MemoryCache {
    entries: Mutex<HashMap<String, UserDto>>,
}

impl MemoryCache {
    pub fn get(&self, key: &str) -> Option<UserDto> {
        lock(&self.entries).get(key).cloned()
    }

    pub fn set(&self, key: &str, value: &UserDto) {
        lock(&self.entries).insert(key.into(), value.clone());
    }

    pub fn delete(&self, key: &str) {
        lock(&self.entries).remove(key);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
