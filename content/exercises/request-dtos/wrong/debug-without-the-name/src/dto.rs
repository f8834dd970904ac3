//! The shapes of requests and responses.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// Whoever has one of these knows that its fields are valid.
#[derive(Deserialize)]
pub struct CreateUserRequest {
    #[serde(deserialize_with = "non_empty_string")]
    pub name: String,
    #[serde(deserialize_with = "valid_email")]
    pub email: String,
    #[serde(deserialize_with = "min_length_8")]
    pub password: String,
}

impl fmt::Debug for CreateUserRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateUserRequest")
            .field("email", &self.email)
            .finish_non_exhaustive()
    }
}

/// What a client may change. A field that it does not send stays as it is.
#[derive(Debug, Deserialize)]
pub struct UpdateUserRequest {
    #[serde(default, deserialize_with = "sent_name")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "sent_email")]
    pub email: Option<String>,
}

impl UpdateUserRequest {
    /// Changes what was sent, and nothing else.
    pub fn apply(self, user: &mut UserDto) {
        if let Some(name) = self.name {
            user.name = name;
        }
        if let Some(email) = self.email {
            user.email = email;
        }
    }
}

/// What is told about a user. It has no password.
#[derive(Debug, Serialize)]
pub struct UserDto {
    pub name: String,
    pub email: String,
}

fn non_empty_string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() {
        return Err(D::Error::custom("must not be empty"));
    }
    Ok(text)
}

fn valid_email<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if !is_email(&text) {
        return Err(D::Error::custom("must be an email address"));
    }
    Ok(text)
}

/// Not a proof that it is one. That would be a letter to it.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty()
        && !domain.contains('@')
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
        && !text.contains(char::is_whitespace)
}

fn min_length_8<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.chars().count() < 8 {
        return Err(D::Error::custom("must have at least 8 characters"));
    }
    Ok(text)
}

/// serde calls this for a field that is there. It reads a text and not an `Option`, so `null` is refused.
fn sent_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    non_empty_string(deserializer).map(Some)
}

fn sent_email<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    valid_email(deserializer).map(Some)
}
