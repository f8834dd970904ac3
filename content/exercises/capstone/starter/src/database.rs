//! A database with a table of users, in memory or in a file.

use crate::errors::AppError;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::path::Path;

// SQLite keeps a Uuid as 16 bytes, and a time as text in ISO 8601, which sorts as
// time does.
const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS users (
    id            BLOB PRIMARY KEY NOT NULL,
    name          TEXT NOT NULL,
    email         TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    sync_status   TEXT NOT NULL,
    created_at    TEXT NOT NULL,
    updated_at    TEXT NOT NULL
)";

/// A database that lives as long as its pool.
pub async fn in_memory() -> Result<SqlitePool, AppError> {
    connect(SqliteConnectOptions::new().in_memory(true)).await
}

/// The database in that file, which is made if it is not there.
pub async fn open(file: &Path) -> Result<SqlitePool, AppError> {
    let options = SqliteConnectOptions::new().filename(file);
    connect(options.create_if_missing(true)).await
}

/// One connection, which is never closed: in memory, each has a database of its own.
async fn connect(options: SqliteConnectOptions) -> Result<SqlitePool, AppError> {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await?;
    sqlx::query(SCHEMA).execute(&pool).await?;
    Ok(pool)
}
