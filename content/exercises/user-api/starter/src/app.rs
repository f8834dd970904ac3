//! The application put together: the state that every handler gets, and the whole
//! of it as the tests start it.

use crate::router::create_router;
use crate::service::UserService;
use crate::storage::{MemoryCache, MemoryUsers};
use axum::Router;
use std::sync::Arc;

/// The secret that the tests know. A real one comes from the configuration, and is
/// in no source file.
pub const TEST_SECRET: &[u8] = b"only-for-tests-0123456789abcdef0123456789abcdef";

/// What the handlers share. Cloning it is cheap, and all clones see the same users.
#[derive(Clone)]
pub struct AppState {
    pub users: Arc<UserService>,
    pub jwt_secret: Arc<[u8]>,
}

impl AppState {
    /// An application that keeps all it knows in memory, and knows nobody yet.
    pub fn in_memory(jwt_secret: &[u8]) -> Self {
        let users = UserService::new(MemoryUsers::default(), MemoryCache::default());
        Self {
            users: Arc::new(users),
            jwt_secret: jwt_secret.into(),
        }
    }
}

/// A fresh application for one test; no two share anything.
pub async fn setup_test_app() -> Router {
    create_router(AppState::in_memory(TEST_SECRET))
}
