//! Users in SQLite. The only place that knows SQL.

use crate::errors::AppError;
use crate::model::{PaginationOptions, User};
use crate::ports::{Repository, UserRepository};
use async_trait::async_trait;
use sqlx::SqlitePool;
use uuid::Uuid;

pub struct SqliteUsers {
    pool: SqlitePool,
}

impl SqliteUsers {
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }
}

// Step 2. The table is in `database.rs`.

#[async_trait]
impl Repository<User> for SqliteUsers {
    /// Finished, as a pattern for the others: `?` turns `sqlx::Error` into
    /// `AppError::Database`.
    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        let query = sqlx::query_as("SELECT * FROM users WHERE id = $1").bind(id);
        Ok(query.fetch_optional(&self.pool).await?)
    }

    async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<User>, i64), AppError> {
        let _ = opts;
        Ok((Vec::new(), 0))
    }

    async fn save(&self, user: &User) -> Result<User, AppError> {
        let _ = user;
        Err(unwritten("SqliteUsers::save"))
    }

    async fn update(&self, user: &User) -> Result<User, AppError> {
        let _ = user;
        Err(unwritten("SqliteUsers::update"))
    }

    async fn delete(&self, id: Uuid) -> Result<(), AppError> {
        let _ = id;
        Err(unwritten("SqliteUsers::delete"))
    }
}

#[async_trait]
impl UserRepository for SqliteUsers {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        let _ = email;
        Err(unwritten("SqliteUsers::find_by_email"))
    }

    async fn exists_by_email(&self, email: &str) -> Result<bool, AppError> {
        let _ = email;
        Err(unwritten("SqliteUsers::exists_by_email"))
    }

    async fn find_pending_sync(&self) -> Result<Vec<User>, AppError> {
        Err(unwritten("SqliteUsers::find_pending_sync"))
    }

    async fn mark_synced(&self, user: &User) -> Result<(), AppError> {
        let _ = user;
        Err(unwritten("SqliteUsers::mark_synced"))
    }
}

fn unwritten(what: &str) -> AppError {
    AppError::Internal(format!("step 2: `{what}` is not written yet"))
}
