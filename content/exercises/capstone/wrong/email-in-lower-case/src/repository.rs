//! Users in SQLite. The only place that knows SQL.

use crate::errors::{AppError, UserError};
use crate::model::{Column, Direction, Page, PaginationOptions, SyncStatus, User};
use crate::ports::{Repository, UserRepository};
use async_trait::async_trait;
use sqlx::{QueryBuilder, SqlitePool};
use uuid::Uuid;

pub struct SqliteUsers {
    pool: SqlitePool,
}

impl SqliteUsers {
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }
}

#[async_trait]
impl Repository<User> for SqliteUsers {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        let query = sqlx::query_as("SELECT * FROM users WHERE id = $1").bind(id);
        Ok(query.fetch_optional(&self.pool).await?)
    }

    async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<User>, i64), AppError> {
        let page = Page::of(opts)?;
        let total = sqlx::query_scalar("SELECT COUNT(*) FROM users")
            .fetch_one(&self.pool)
            .await?;

        // A column cannot be bound. What is pushed are texts of this program, chosen
        // by an enum.
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
            .push_bind(i64::from(page.size))
            .push(" OFFSET ")
            .push_bind(i64::from(page.number) * i64::from(page.size));
        let users = query.build_query_as().fetch_all(&self.pool).await?;
        Ok((users, total))
    }

    async fn save(&self, user: &User) -> Result<User, AppError> {
        let sql = "INSERT INTO users
            (id, name, email, password_hash, sync_status, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *";
        sqlx::query_as(sql)
            .bind(user.id)
            .bind(&user.name)
            .bind(user.email.to_lowercase())
            .bind(&user.password_hash)
            .bind(user.sync_status)
            .bind(user.created_at)
            .bind(user.updated_at)
            .fetch_one(&self.pool)
            .await
            .map_err(|error| refused(error, user))
    }

    async fn update(&self, user: &User) -> Result<User, AppError> {
        let sql = "UPDATE users SET name = $2, email = $3, password_hash = $4,
            sync_status = $5, created_at = $6, updated_at = $7
            WHERE id = $1 RETURNING *";
        let updated = sqlx::query_as(sql)
            .bind(user.id)
            .bind(&user.name)
            .bind(&user.email)
            .bind(&user.password_hash)
            .bind(user.sync_status)
            .bind(user.created_at)
            .bind(user.updated_at)
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| refused(error, user))?;
        Ok(updated.ok_or(UserError::NotFound(user.id))?)
    }

    async fn delete(&self, id: Uuid) -> Result<(), AppError> {
        let query = sqlx::query("DELETE FROM users WHERE id = $1").bind(id);
        match query.execute(&self.pool).await?.rows_affected() {
            0 => Err(UserError::NotFound(id).into()),
            _ => Ok(()),
        }
    }
}

#[async_trait]
impl UserRepository for SqliteUsers {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError> {
        let query = sqlx::query_as("SELECT * FROM users WHERE email = $1").bind(email);
        Ok(query.fetch_optional(&self.pool).await?)
    }

    async fn exists_by_email(&self, email: &str) -> Result<bool, AppError> {
        Ok(self.find_by_email(email).await?.is_some())
    }

    async fn find_pending_sync(&self) -> Result<Vec<User>, AppError> {
        let sql = "SELECT * FROM users WHERE sync_status = $1 ORDER BY updated_at, id";
        let query = sqlx::query_as(sql).bind(SyncStatus::Pending);
        Ok(query.fetch_all(&self.pool).await?)
    }

    async fn mark_synced(&self, user: &User) -> Result<(), AppError> {
        let sql = "UPDATE users SET sync_status = $1 WHERE id = $2 AND updated_at = $3";
        sqlx::query(sql)
            .bind(SyncStatus::Synced)
            .bind(user.id)
            .bind(user.updated_at)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

/// A constraint that says no is an answer; all else is the database's own trouble.
fn refused(error: sqlx::Error, user: &User) -> AppError {
    match error.as_database_error() {
        Some(answer) if answer.is_unique_violation() => {
            UserError::EmailExists(user.email.clone()).into()
        }
        _ => error.into(),
    }
}
