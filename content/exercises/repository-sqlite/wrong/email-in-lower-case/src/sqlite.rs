//! A store of users in SQLite, in memory or in a file.

use crate::domain::{AppError, SyncStatus, User};
use crate::paging::{Column, Direction, Page};
use crate::ports::{PaginationOptions, Repository, UserRepository};
use async_trait::async_trait;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{QueryBuilder, SqlitePool};
use std::path::Path;
use uuid::Uuid;

// SQLite stores a Uuid as a BLOB of 16 bytes and a DateTime as TEXT in ISO 8601, which sorts as time does.
const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS users (
    id          BLOB PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL,
    email       TEXT NOT NULL UNIQUE,
    sync_status TEXT NOT NULL,
    created_at  TEXT NOT NULL
)";

pub struct SqliteUsers {
    pool: SqlitePool,
}

impl SqliteUsers {
    /// A database that lives as long as this value.
    pub async fn in_memory() -> Result<Self, AppError> {
        Self::connect(SqliteConnectOptions::new().in_memory(true)).await
    }

    /// The database in that file, which is made if it is not there.
    pub async fn open(file: &Path) -> Result<Self, AppError> {
        let options = SqliteConnectOptions::new().filename(file);
        Self::connect(options.create_if_missing(true)).await
    }

    async fn connect(options: SqliteConnectOptions) -> Result<Self, AppError> {
        // In memory, each connection has a database of its own: there must be one, and it must never be closed.
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await
            .map_err(database)?;
        sqlx::query(SCHEMA).execute(&pool).await.map_err(database)?;
        Ok(Self { pool })
    }
}

#[async_trait]
impl Repository<User> for SqliteUsers {
    async fn save(&self, user: &User) -> Result<User, AppError> {
        let sql = "INSERT INTO users (id, name, email, sync_status, created_at)
            VALUES ($1, $2, $3, $4, $5) RETURNING *";
        sqlx::query_as(sql)
            .bind(user.id)
            .bind(&user.name)
            .bind(user.email.to_lowercase())
            .bind(user.sync_status)
            .bind(user.created_at)
            .fetch_one(&self.pool)
            .await
            .map_err(database)
    }

    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        let query = sqlx::query_as("SELECT * FROM users WHERE id = $1").bind(id);
        query.fetch_optional(&self.pool).await.map_err(database)
    }

    async fn update(&self, user: &User) -> Result<User, AppError> {
        let sql = "UPDATE users SET name = $2, email = $3, sync_status = $4, created_at = $5
            WHERE id = $1 RETURNING *";
        sqlx::query_as(sql)
            .bind(user.id)
            .bind(&user.name)
            .bind(&user.email)
            .bind(user.sync_status)
            .bind(user.created_at)
            .fetch_optional(&self.pool)
            .await
            .map_err(database)?
            .ok_or_else(not_found)
    }

    async fn delete(&self, id: Uuid) -> Result<(), AppError> {
        let query = sqlx::query("DELETE FROM users WHERE id = $1").bind(id);
        match query
            .execute(&self.pool)
            .await
            .map_err(database)?
            .rows_affected()
        {
            0 => Err(not_found()),
            _ => Ok(()),
        }
    }

    async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<User>, i64), AppError> {
        let page = Page::of(opts)?;
        let total = sqlx::query_scalar("SELECT COUNT(*) FROM users")
            .fetch_one(&self.pool)
            .await
            .map_err(database)?;

        // A column cannot be bound. What is pushed here are texts of this program, chosen by an enum.
        let mut query = QueryBuilder::new("SELECT * FROM users ORDER BY ");
        query
            .push(match page.column {
                Column::Name => "name",
                Column::Email => "email",
                Column::CreatedAt => "created_at",
            })
            .push(match page.direction {
                Direction::Ascending => " ASC",
                Direction::Descending => " DESC",
            })
            .push(", id LIMIT ")
            .push_bind(i64::try_from(page.limit).unwrap_or(i64::MAX))
            .push(" OFFSET ")
            .push_bind(i64::try_from(page.offset).unwrap_or(i64::MAX));
        let users = query.build_query_as().fetch_all(&self.pool).await;
        Ok((users.map_err(database)?, total))
    }
}

#[async_trait]
impl UserRepository for SqliteUsers {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        let query = sqlx::query_as("SELECT * FROM users WHERE email = $1").bind(email);
        query.fetch_optional(&self.pool).await.map_err(database)
    }

    async fn find_pending_sync(&self) -> Result<Vec<User>, AppError> {
        let sql = "SELECT * FROM users WHERE sync_status = $1 ORDER BY created_at, id";
        let query = sqlx::query_as(sql).bind(SyncStatus::Pending);
        query.fetch_all(&self.pool).await.map_err(database)
    }

    async fn exists_by_email(&self, email: &str) -> Result<bool, AppError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM users WHERE email = $1)";
        let query = sqlx::query_scalar(sql).bind(email);
        query.fetch_one(&self.pool).await.map_err(database)
    }
}

/// A constraint that says no is an answer; everything else that goes wrong is the database's own trouble.
fn database(error: sqlx::Error) -> AppError {
    match error.as_database_error() {
        Some(refused) if refused.is_unique_violation() => {
            AppError::Conflict("id or email already exists".into())
        }
        _ => AppError::Database(error.to_string()),
    }
}

fn not_found() -> AppError {
    AppError::NotFound("User not found".into())
}
