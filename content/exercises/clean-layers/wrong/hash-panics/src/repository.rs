//! The repository layer: rows in, users out.

use crate::db::{Database, DbError, Row, SELECT_BY_ID, UPDATE_NAME};
use crate::domain::User;
use crate::errors::AppError;
use crate::ports::UserRepository;
use async_trait::async_trait;
use std::sync::Arc;
use uuid::Uuid;

/// Users in the database. The only type outside of `db.rs` that knows SQL and the names of columns.
pub struct DbUserRepository {
    db: Arc<Database>,
}

impl DbUserRepository {
    pub fn new(db: Arc<Database>) -> Self {
        Self { db }
    }
}

#[async_trait]
impl UserRepository for DbUserRepository {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        let rows = self.db.fetch(SELECT_BY_ID, &[&id.to_string()]).await;
        rows.map_err(database)?.first().map(user).transpose()
    }

    async fn update_name(&self, id: Uuid, name: &str) -> Result<bool, AppError> {
        let changed = self.db.execute(UPDATE_NAME, &[name, &id.to_string()]).await;
        Ok(changed.map_err(database)? > 0)
    }
}

fn user(row: &Row) -> Result<User, AppError> {
    let column = |name: &str| {
        let value = row.get(name).cloned();
        value.ok_or_else(|| AppError::Database(format!("no column {name} in users")))
    };
    let id = column("id")?;
    Ok(User {
        id: Uuid::parse_str(&id).map_err(|error| AppError::Database(error.to_string()))?,
        name: column("name")?,
        email: column("email")?,
        password_hash: row["password_hash"].clone(),
    })
}

fn database(error: DbError) -> AppError {
    AppError::Database(error.to_string())
}
