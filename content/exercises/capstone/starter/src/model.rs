//! The shapes that go through the service. What they mean is said elsewhere.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whether the other systems know of the user's latest change. In the database it is
/// a text: `synced`, `pending`, `failed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
pub enum SyncStatus {
    Synced,
    Pending,
    Failed,
}

/// A user as it is stored, and a row of the table `users`. It cannot be serialised:
/// the hash has no way into a cache or an answer.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct User {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub password_hash: String,
    pub sync_status: SyncStatus,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A user as the world may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDto {
    pub id: String,
    pub name: String,
    pub email: String,
    pub created_at: String,
    pub updated_at: String,
}

impl From<User> for UserDto {
    fn from(user: User) -> Self {
        Self {
            id: user.id.to_string(),
            name: user.name,
            email: user.email,
            created_at: user.created_at.to_rfc3339(),
            updated_at: user.updated_at.to_rfc3339(),
        }
    }
}

/// The body of `POST /api/v1/users` and of `POST /api/v1/auth/register`.
#[derive(Clone, Deserialize)]
pub struct CreateUserRequest {
    pub name: String,
    pub email: String,
    pub password: String,
}

/// The body of `PUT /api/v1/users/{id}`. What is absent stays as it is.
#[derive(Clone, Default, Deserialize)]
pub struct UpdateUserRequest {
    pub name: Option<String>,
    pub email: Option<String>,
}

/// The body of `POST /api/v1/auth/login`.
#[derive(Deserialize)]
pub struct LoginRequest {
    pub email: String,
    pub password: String,
}

/// Which part of a list is wanted, as it stands in the query of
/// `GET /api/v1/users`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PaginationOptions {
    pub page: Option<u32>,
    pub size: Option<u32>,
    pub order_by: Option<String>,
    pub order: Option<String>,
}

/// What a list can be sorted by. There is nothing else: a column is not a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Name,
    Email,
    CreatedAt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Ascending,
    Descending,
}

/// `PaginationOptions`, checked and with the defaults filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Counted from 0.
    pub number: u32,
    pub size: u32,
    pub column: Column,
    pub direction: Direction,
}

/// The answer to `GET /api/v1/users`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct PaginatedResponse<T> {
    pub data: Vec<T>,
    pub page: u32,
    pub size: u32,
    pub total: i64,
    pub total_pages: u32,
    pub has_next: bool,
    pub has_previous: bool,
}

/// The answer to a login.
#[derive(Debug, Serialize)]
pub struct TokenPair {
    pub access_token: String,
    pub refresh_token: String,
}

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TokenType {
    /// Opens the API, for a quarter of an hour.
    Access,
    /// Is good for a new access token, for a week, and opens nothing.
    Refresh,
}

impl TokenType {
    pub fn lifetime_secs(self) -> i64 {
        match self {
            TokenType::Access => 15 * 60,
            TokenType::Refresh => 7 * 24 * 60 * 60,
        }
    }
}

/// The middle part of a token: whose it is, what it is good for, and from when until
/// when (Unix seconds).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub sub: Uuid,
    pub token_type: TokenType,
    pub iat: i64,
    pub exp: i64,
}

/// How a run of the whole service came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Every request was answered, and the worker had finished its job.
    Drained,
    /// The deadline came first.
    Cut,
}
