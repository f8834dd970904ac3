//! Users, and what can go wrong with them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Whether the other systems know of the user's latest change. In the database it is a text: `pending`, `claimed`, `synced`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum SyncStatus {
    Pending,
    Claimed,
    Synced,
}

/// A user, and a row of the table `users`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct User {
    pub id: Uuid,
    pub name: String,
    /// As the user writes it; two that differ in capitals alone are the same.
    pub email: String,
    pub sync_status: SyncStatus,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    #[error("Conflict: {0}")]
    Conflict(String),

    #[error("Database error: {0}")]
    Database(String),
}
