//! Four ways to do more than one thing.

use crate::ports::{
    AppError, PasswordHasher, ProductDto, ProductService, Stats, UserDto, UserService,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroUsize;
use std::sync::Arc;
use tokio::task::{JoinSet, spawn, spawn_blocking};
use uuid::Uuid;

/// Has the user synced, and does not wait for it.
pub async fn process_in_background(service: Arc<dyn UserService>, user_id: Uuid) {
    spawn(async move {
        match service.sync_user(user_id).await {
            Ok(()) => tracing::info!(%user_id, "background sync completed"),
            Err(error) => tracing::error!(%user_id, %error, "background sync failed"),
        }
    });
}

/// Hashes the password, and keeps no other task from running meanwhile.
pub async fn compute_hash(
    hasher: Arc<dyn PasswordHasher>,
    password: String,
) -> Result<String, AppError> {
    spawn_blocking(move || hasher.hash(&password))
        .await
        .map_err(|error| AppError::Internal(error.to_string()))?
}

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
    let (user, recent, stats) = tokio::try_join!(
        users.get_user(user_id),
        products.get_products(0, 5, None, None),
        users.get_stats(user_id),
    )?;

    Ok(DashboardDto {
        user: user.ok_or_else(|| AppError::NotFound("User not found".into()))?,
        recent_products: recent.data,
        stats,
    })
}

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
    let mut waiting = user_ids.into_iter();
    let mut tasks = JoinSet::new();
    let mut user_of = HashMap::new();
    let mut report = SyncReport::default();
    loop {
        for user_id in waiting.by_ref().take(at_once.get() - tasks.len()) {
            let service = service.clone();
            let task = tasks.spawn(async move { service.sync_user(user_id).await });
            user_of.insert(task.id(), user_id);
        }
        let Some(ended) = tasks.join_next_with_id().await else {
            return report;
        };
        let (task, failure) = match ended {
            Ok((task, outcome)) => (task, outcome.err().map(|error| error.to_string())),
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        };
        let user_id = user_of[&task];
        match failure {
            None => {
                report.synced.insert(user_id);
            }
            Some(failure) => {
                report.failed.insert(user_id, failure);
            }
        }
    }
}
