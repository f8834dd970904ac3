//! Objects for tests, valid from the start.

use crate::domain::{CreateUserRequest, SyncStatus, User};
use chrono::{TimeZone, Utc};
use uuid::Uuid;

/// A user with an id and an email of its own.
pub fn mock_user() -> User {
    let id = Uuid::new_v4();
    let day = Utc.with_ymd_and_hms(2026, 1, 2, 3, 4, 5).unwrap();
    User {
        id,
        name: "Test User".into(),
        email: format!("{id}@example.com"),
        password_hash: "hashed_password".into(),
        sync_status: SyncStatus::Synced,
        created_at: day,
        updated_at: day,
    }
}

/// What somebody sends who wants an account; the email is `new@example.com`.
pub fn request() -> CreateUserRequest {
    CreateUserRequest {
        name: "New User".into(),
        email: "new@example.com".into(),
        password: "Password123".into(),
    }
}
