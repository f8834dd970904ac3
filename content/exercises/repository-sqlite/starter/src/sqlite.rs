//! A store of users in SQLite, in memory or in a file.

use crate::domain::{AppError, User};
use crate::ports::{PaginationOptions, Repository, UserRepository};
use async_trait::async_trait;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::path::Path;
use uuid::Uuid;

// SQLite stores a Uuid as a BLOB of 16 bytes and a DateTime as TEXT in ISO 8601, which sorts as time does.
const SCHEMA: &str = "CREATE TABLE users (
    id          BLOB PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL,
    email       TEXT NOT NULL,
    sync_status TEXT NOT NULL,
    created_at  TEXT NOT NULL
)";

pub struct SqliteUsers {
    pool: SqlitePool,
}

impl SqliteUsers {
    // Step 1

    /// A database that lives as long as this value.
    pub async fn in_memory() -> Result<Self, AppError> {
        Self::connect(SqliteConnectOptions::new().in_memory(true)).await
    }

    /// The database in that file.
    pub async fn open(file: &Path) -> Result<Self, AppError> {
        Self::connect(SqliteConnectOptions::new().filename(file)).await
    }

    async fn connect(options: SqliteConnectOptions) -> Result<Self, AppError> {
        let pool = SqlitePoolOptions::new().connect_with(options).await;
        let pool = pool.map_err(database)?;
        sqlx::query(SCHEMA).execute(&pool).await.map_err(database)?;
        Ok(Self { pool })
    }
}

#[async_trait]
impl Repository<User> for SqliteUsers {
    async fn save(&self, user: &User) -> Result<User, AppError> {
        todo!("insert {user:?} into {:?}", self.pool)
    }

    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        todo!("select {id}")
    }

    // Step 2

    async fn update(&self, user: &User) -> Result<User, AppError> {
        todo!("update {user:?}")
    }

    async fn delete(&self, id: Uuid) -> Result<(), AppError> {
        todo!("delete {id}")
    }

    // Step 3

    async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<User>, i64), AppError> {
        todo!("count, and select the page {opts:?}")
    }
}

// Step 4

#[async_trait]
impl UserRepository for SqliteUsers {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        todo!("select {email}")
    }

    async fn find_pending_sync(&self) -> Result<Vec<User>, AppError> {
        todo!("select those who are pending, oldest first")
    }

    async fn exists_by_email(&self, email: &str) -> Result<bool, AppError> {
        todo!("is there a {email}?")
    }
}

fn database(error: sqlx::Error) -> AppError {
    AppError::Database(error.to_string())
}
