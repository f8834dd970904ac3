//! The application put together.

use crate::cache::CacheStore;
use crate::db::Database;
use crate::handlers;
use crate::ports::UserService;
use crate::repository::DbUserRepository;
use crate::service::UserServiceImpl;
use axum::Router;
use axum::routing::get;
use std::sync::Arc;

/// What every handler can reach.
#[derive(Clone)]
pub struct AppState {
    pub users: Arc<dyn UserService>,
}

impl AppState {
    /// The state of the real application.
    pub fn new(db: Arc<Database>, cache: Arc<dyn CacheStore>) -> Self {
        let repo = Arc::new(DbUserRepository::new(db));
        Self::with_users(Arc::new(UserServiceImpl::new(repo, cache)))
    }

    /// A state with the given service and nothing behind it.
    pub fn with_users(users: Arc<dyn UserService>) -> Self {
        Self { users }
    }
}

pub fn create_router(state: AppState) -> Router {
    let user = get(handlers::get_user).put(handlers::rename_user);
    Router::new()
        .route("/api/v1/users/{id}", user)
        .with_state(state)
}
