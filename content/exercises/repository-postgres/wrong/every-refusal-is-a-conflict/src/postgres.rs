//! Users in PostgreSQL.

use async_trait::async_trait;
use sqlx::PgPool;
use uuid::Uuid;

use crate::domain::{AppError, SyncStatus, User};
use crate::ports::{Page, UserRepository};

const TABLE: &str = "CREATE TABLE IF NOT EXISTS users (
    id          UUID PRIMARY KEY,
    name        TEXT NOT NULL,
    email       TEXT NOT NULL,
    sync_status TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL
)";

/// Unique whatever the capitals, and found by that as well.
const EMAILS: &str = "CREATE UNIQUE INDEX IF NOT EXISTS users_email ON users (lower(email))";

pub struct PostgresUsers {
    pool: PgPool,
}

impl PostgresUsers {
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Makes the table, unless it is there.
    pub async fn migrate(&self) -> Result<(), AppError> {
        for statement in [TABLE, EMAILS] {
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
        let sql = "INSERT INTO users (id, name, email, sync_status, created_at)
            VALUES ($1, $2, $3, $4, $5) RETURNING *";
        let query = sqlx::query_as(sql)
            .bind(user.id)
            .bind(&user.name)
            .bind(&user.email);
        let query = query.bind(user.sync_status).bind(user.created_at);
        query.fetch_one(&self.pool).await.map_err(database)
    }

    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        let query = sqlx::query_as("SELECT * FROM users WHERE id = $1").bind(id);
        query.fetch_optional(&self.pool).await.map_err(database)
    }

    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        let sql = "SELECT * FROM users WHERE lower(email) = lower($1)";
        let query = sqlx::query_as(sql).bind(email);
        query.fetch_optional(&self.pool).await.map_err(database)
    }

    async fn find_all(&self, page: Page) -> Result<(Vec<User>, i64), AppError> {
        let total = sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(&self.pool);
        let total = total.await.map_err(database)?;
        let sql = "SELECT * FROM users ORDER BY created_at, id LIMIT $1 OFFSET $2";
        let query = sqlx::query_as(sql)
            .bind(i64::from(page.limit))
            .bind(i64::from(page.offset));
        Ok((query.fetch_all(&self.pool).await.map_err(database)?, total))
    }

    async fn claim_pending(&self, limit: u32) -> Result<Vec<User>, AppError> {
        // Rows that another worker has locked are skipped, not waited for.
        // An array is made once; behind `IN` the planner may run the query again.
        let sql = "WITH claimed AS (
                UPDATE users SET sync_status = $1 WHERE id = ANY(ARRAY(
                    SELECT id FROM users WHERE sync_status = $2
                    ORDER BY created_at, id LIMIT $3 FOR UPDATE SKIP LOCKED
                )) RETURNING *
            ) SELECT * FROM claimed ORDER BY created_at, id";
        let query = sqlx::query_as(sql)
            .bind(SyncStatus::Claimed)
            .bind(SyncStatus::Pending);
        let query = query.bind(i64::from(limit));
        query.fetch_all(&self.pool).await.map_err(database)
    }
}

/// A constraint that says no is an answer; everything else is trouble of the database's own.
fn database(error: sqlx::Error) -> AppError {
    match error.as_database_error() {
        Some(_) => AppError::Conflict("the id or the email is taken".to_string()),
        _ => AppError::Database(error.to_string()),
    }
}
