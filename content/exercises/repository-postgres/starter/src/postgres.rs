//! Users in PostgreSQL.

use async_trait::async_trait;
use sqlx::PgPool;
use uuid::Uuid;

use crate::domain::{AppError, User};
use crate::ports::{Page, UserRepository};

const TABLE: &str = "CREATE TABLE IF NOT EXISTS users (
    id          UUID PRIMARY KEY,
    name        TEXT NOT NULL,
    email       TEXT NOT NULL,
    sync_status TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL
)";

pub struct PostgresUsers {
    pool: PgPool,
}

impl PostgresUsers {
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Makes the table, unless it is there.
    pub async fn migrate(&self) -> Result<(), AppError> {
        for statement in [TABLE] {
            sqlx::query(statement)
                .execute(&self.pool)
                .await
                .map_err(database)?;
        }
        Ok(())
    }
}

#[async_trait]
impl UserRepository for PostgresUsers {
    async fn save(&self, user: &User) -> Result<User, AppError> {
        // Step 1.
        Ok(user.clone())
    }

    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        // Step 1.
        let _ = id;
        Ok(None)
    }

    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        // Step 1.
        let _ = email;
        Ok(None)
    }

    async fn find_all(&self, page: Page) -> Result<(Vec<User>, i64), AppError> {
        // Step 2.
        let _ = page;
        Ok((Vec::new(), 0))
    }

    async fn claim_pending(&self, limit: u32) -> Result<Vec<User>, AppError> {
        // Step 3.
        let _ = limit;
        Ok(Vec::new())
    }
}

fn database(error: sqlx::Error) -> AppError {
    AppError::Database(error.to_string())
}
