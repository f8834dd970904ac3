//! The application put together: tests bring other parts than `main` does.

use crate::auth::AuthServiceImpl;
use crate::ports::{AuthService, CacheService, EventPublisher, UserRepository, UserService};
use crate::service::UserServiceImpl;
use std::sync::Arc;

/// What somebody has to bring.
pub struct Parts<C> {
    pub repo: Arc<dyn UserRepository>,
    pub cache: Arc<C>,
    pub events: Arc<dyn EventPublisher>,
    pub jwt_secret: Arc<[u8]>,
}

/// What the handlers share. Cloning it is cheap, and all clones see the same users.
#[derive(Clone)]
pub struct AppState {
    pub users: Arc<dyn UserService>,
    pub auth: Arc<dyn AuthService>,
}

impl AppState {
    pub fn with<C: CacheService + 'static>(parts: Parts<C>) -> Self {
        let repo = parts.repo;
        Self {
            users: Arc::new(UserServiceImpl::new(
                repo.clone(),
                parts.cache,
                parts.events,
            )),
            auth: Arc::new(AuthServiceImpl::new(repo, parts.jwt_secret)),
        }
    }
}
