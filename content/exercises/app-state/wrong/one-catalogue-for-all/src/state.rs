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

impl AppState {
    pub fn with(parts: Parts) -> Self {
        let cache = parts.cache;
        let users = UserService::new(parts.user_repo, cache.clone());
        static PRODUCTS: std::sync::OnceLock<Arc<ProductService>> = std::sync::OnceLock::new();
        let products = PRODUCTS
            .get_or_init(|| Arc::new(ProductService::new(parts.product_repo, cache.clone())));
        let auth = AuthService::new(parts.access_secret, parts.refresh_secret);
        Self {
            users: Arc::new(users),
            products: products.clone(),
            auth: Arc::new(auth),
            cache,
        }
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts")
            .field("access_secret", &self.access_secret)
            .field("refresh_secret", &self.refresh_secret)
            .finish_non_exhaustive()
    }
}

impl FromRef<AppState> for Arc<UserService> {
    fn from_ref(state: &AppState) -> Self {
        state.users.clone()
    }
}

impl FromRef<AppState> for Arc<ProductService> {
    fn from_ref(state: &AppState) -> Self {
        state.products.clone()
    }
}

impl FromRef<AppState> for Arc<AuthService> {
    fn from_ref(state: &AppState) -> Self {
        state.auth.clone()
    }
}
