//! The state that every handler gets, put together in one place.

use crate::ports::{CacheStore, ProductRepository, UserRepository};
use crate::secret::Secret;
use crate::services::{AuthService, ProductService, UserService};
use axum::extract::FromRef;
use std::fmt;
use std::sync::Arc;

/// What an application is built from. `main` connects to the real things; a test hands in its own.
pub struct Parts {
    pub user_repo: Arc<dyn UserRepository>,
    pub product_repo: Arc<dyn ProductRepository>,
    pub cache: Arc<dyn CacheStore>,
    pub access_secret: Secret,
    pub refresh_secret: Secret,
}

/// Cloned for every request, so it holds nothing but `Arc`s.
#[derive(Clone)]
pub struct AppState {
    pub users: Arc<UserService>,
    pub products: Arc<ProductService>,
    pub auth: Arc<AuthService>,
    pub cache: Arc<dyn CacheStore>,
}

// Step 2: from parts

impl AppState {
    pub fn with(parts: Parts) -> Self {
        todo!("build the three services on {parts:?}")
    }
}

// Step 1: with Debug, for the log line at the start

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts")
            .field("access_secret", &self.access_secret.expose())
            .field("refresh_secret", &self.refresh_secret.expose())
            .finish_non_exhaustive()
    }
}

// Step 3: what one handler needs of all this

impl FromRef<AppState> for Arc<UserService> {
    fn from_ref(state: &AppState) -> Self {
        todo!(
            "which of the {} owners of the users' service is it?",
            Arc::strong_count(&state.users)
        )
    }
}

impl FromRef<AppState> for Arc<ProductService> {
    fn from_ref(state: &AppState) -> Self {
        todo!(
            "which of the {} owners of the products' service is it?",
            Arc::strong_count(&state.products)
        )
    }
}

impl FromRef<AppState> for Arc<AuthService> {
    fn from_ref(state: &AppState) -> Self {
        todo!(
            "which of the {} owners of the tokens' service is it?",
            Arc::strong_count(&state.auth)
        )
    }
}
