//! Four ways to do more than one thing.

use crate::ports::{
    AppError, PasswordHasher, ProductDto, ProductService, Stats, UserDto, UserService,
};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::Arc;
use uuid::Uuid;

// Step 1

/// Has the user synced, and does not wait for it.
pub async fn process_in_background(service: Arc<dyn UserService>, user_id: Uuid) {
    // The caller waits for all of it, and nobody learns of an error.
    let _ = service.sync_user(user_id).await;
}

// Step 2

/// Hashes the password, and keeps no other task from running meanwhile.
pub async fn compute_hash(
    hasher: Arc<dyn PasswordHasher>,
    password: String,
) -> Result<String, AppError> {
    // Right, and nothing else runs on this thread until it is done.
    hasher.hash(&password)
}

// Step 3

/// What a user sees first.
#[derive(Debug, PartialEq, Eq)]
pub struct DashboardDto {
    pub user: UserDto,
    pub recent_products: Vec<ProductDto>,
    pub stats: Stats,
}

/// Asks for everything at once: the user, her figures and the five newest products.
pub async fn get_dashboard(
    users: &dyn UserService,
    products: &dyn ProductService,
    user_id: Uuid,
) -> Result<DashboardDto, AppError> {
    let _ = (users, products);
    todo!("put the dashboard of {user_id} together")
}

// Step 4

/// What has come of syncing many users.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SyncReport {
    pub synced: BTreeSet<Uuid>,
    /// With the error, or with what a panic has left behind.
    pub failed: BTreeMap<Uuid, String>,
}

/// Syncs all of these users, `at_once` of them at the same time. When the future is dropped, so are the syncs.
pub async fn sync_all(
    service: Arc<dyn UserService>,
    user_ids: Vec<Uuid>,
    at_once: NonZeroUsize,
) -> SyncReport {
    let _ = service;
    todo!("sync {user_ids:?}, {at_once} at a time")
}
