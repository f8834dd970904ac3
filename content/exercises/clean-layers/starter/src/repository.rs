//! The repository layer: rows in, users out.

use crate::db::Database;
use crate::domain::User;
use crate::errors::AppError;
use crate::ports::UserRepository;
use async_trait::async_trait;
use std::sync::Arc;
use uuid::Uuid;

/// Users in the database. The only type outside of `db.rs` that knows SQL and the names of columns.
pub struct DbUserRepository {
    pub db: Arc<Database>,
}

impl DbUserRepository {
    pub fn new(db: Arc<Database>) -> Self {
        Self { db }
    }
}

#[async_trait]
impl UserRepository for DbUserRepository {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError> {
        todo!("select the row of {id} and turn it into a User")
    }

    async fn update_name(&self, id: Uuid, name: &str) -> Result<bool, AppError> {
        todo!("give {id} the name {name:?}")
    }
}
