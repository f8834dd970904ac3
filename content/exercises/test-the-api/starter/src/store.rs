//! Users and sessions, in memory.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The token that is good in every test.
pub const TOKEN: &str = "token-of-a-test";

/// A token that was good once.
pub const EXPIRED_TOKEN: &str = "token-of-yesterday";

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    pub id: u32,
    pub name: String,
    pub email: String,
}

/// What somebody sends to create or to change a user.
#[derive(Debug, Clone, Deserialize)]
pub struct UserRequest {
    pub name: String,
    pub email: String,
}

/// What the handlers share; all clones see the same users.
#[derive(Clone, Default)]
pub struct AppState {
    users: Arc<Mutex<BTreeMap<u32, User>>>,
}

impl AppState {
    pub fn users(&self) -> MutexGuard<'_, BTreeMap<u32, User>> {
        self.users.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
