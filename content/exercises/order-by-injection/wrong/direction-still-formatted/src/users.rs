//! The users in the database.

use crate::domain::{AppError, ListRequest, UserLine};
use sqlx::{QueryBuilder, SqlitePool};

pub struct Users {
    pool: SqlitePool,
}

impl Users {
    pub fn new(pool: SqlitePool) -> Self {
        Self { pool }
    }

    pub async fn list(&self, request: &ListRequest) -> Result<Vec<UserLine>, AppError> {
        let order_by = column(request.order_by.as_deref())?;
        let _ = direction(None)?;
        let order = format!(" {}", request.order.as_deref().unwrap_or("asc"));

        let mut query = QueryBuilder::new("SELECT id, name, email FROM users");
        if let Some(search) = &request.search {
            // `instr` knows no wildcards, so nothing in the search has to be escaped.
            query
                .push(" WHERE instr(lower(name), lower(")
                .push_bind(search)
                .push(")) > 0");
        }
        query
            .push(" ORDER BY ")
            .push(order_by)
            .push(order)
            .push(", id");
        Ok(query.build_query_as().fetch_all(&self.pool).await?)
    }
}

/// The text that goes into the SQL is one of ours. The client's only chooses it.
fn column(name: Option<&str>) -> Result<&'static str, AppError> {
    match name {
        Some("id") | None => Ok("id"),
        Some("name") => Ok("name"),
        Some("email") => Ok("email"),
        Some(_) => Err(AppError::ValidationFailed(
            "order_by: id, name or email".into(),
        )),
    }
}

fn direction(name: Option<&str>) -> Result<&'static str, AppError> {
    match name {
        Some("asc") | None => Ok(" ASC"),
        Some("desc") => Ok(" DESC"),
        Some(_) => Err(AppError::ValidationFailed("order: asc or desc".into())),
    }
}
