//! Users, and the shapes of what goes in and out over HTTP.

use crate::errors::AppError;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A user as it is stored. It cannot be serialised, so no handler can answer the
/// hash by mistake.
#[derive(Debug, Clone)]
pub struct User {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub password_hash: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A user as the world may see it.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
#[derive(Deserialize)]
pub struct CreateUserRequest {
    pub name: String,
    pub email: String,
    pub password: String,
}

impl CreateUserRequest {
    /// A name that is not blank, an email that could be one, a password of eight
    /// characters or more.
    pub fn validate(&self) -> Result<(), AppError> {
        valid_name(&self.name)?;
        valid_email(&self.email)?;
        if self.password.chars().count() < 8 {
            return Err(invalid("password: at least 8 characters"));
        }
        Ok(())
    }
}

/// The body of `PUT /api/v1/users/{id}`. What is absent stays as it is.
#[derive(Deserialize)]
pub struct UpdateUserRequest {
    pub name: Option<String>,
    pub email: Option<String>,
}

impl UpdateUserRequest {
    /// The rules of `CreateUserRequest` for what is there.
    pub fn validate(&self) -> Result<(), AppError> {
        self.name.as_deref().map_or(Ok(()), valid_name)?;
        self.email.as_deref().map_or(Ok(()), valid_email)
    }
}

/// The body of `POST /api/v1/auth/login`.
#[derive(Deserialize)]
pub struct LoginRequest {
    pub email: String,
    pub password: String,
}

/// The answer to a login.
#[derive(Serialize)]
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
    /// Can be exchanged for a new access token, for a week, and opens nothing.
    Refresh,
}

impl TokenType {
    /// How long such a token is good, in seconds.
    pub fn lifetime_secs(self) -> i64 {
        match self {
            TokenType::Access => 15 * 60,
            TokenType::Refresh => 7 * 24 * 60 * 60,
        }
    }
}

/// The middle part of a token: whose it is, what it is good for, and from when
/// until when (Unix seconds).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub sub: Uuid,
    pub token_type: TokenType,
    pub iat: i64,
    pub exp: i64,
}

fn valid_name(name: &str) -> Result<(), AppError> {
    match name.trim() {
        "" => Err(invalid("name: must not be blank")),
        _ => Ok(()),
    }
}

fn valid_email(email: &str) -> Result<(), AppError> {
    match email.split_once('@') {
        Some((user, host)) if !user.is_empty() && host.contains('.') => Ok(()),
        _ => Err(invalid("email: not an address")),
    }
}

fn invalid(reason: &str) -> AppError {
    AppError::ValidationFailed(reason.into())
}
