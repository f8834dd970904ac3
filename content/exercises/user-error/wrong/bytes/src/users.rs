//! The users themselves. This module knows nothing of HTTP, and nothing of `AppError`.

use crate::user_error::UserError;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Mutex;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    pub id: Uuid,
    pub email: String,
}

#[derive(Default)]
pub struct Users(Mutex<BTreeMap<Uuid, User>>);

impl Users {
    /// Refuses a password of less than eight characters, then an email that is taken.
    pub fn register(&self, email: &str, password: &str) -> Result<User, UserError> {
        if password.len() < 8 {
            return Err(UserError::WeakPassword("at least 8 characters".to_string()));
        }
        let mut users = self.0.lock().unwrap();
        if users.values().any(|user| user.email == email) {
            return Err(UserError::EmailExists(email.to_string()));
        }
        let user = User {
            id: Uuid::new_v4(),
            email: email.to_string(),
        };
        users.insert(user.id, user.clone());
        Ok(user)
    }

    pub fn find(&self, id: Uuid) -> Result<User, UserError> {
        self.0
            .lock()
            .unwrap()
            .get(&id)
            .cloned()
            .ok_or(UserError::NotFound(id))
    }

    pub fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}
