//! The shapes of requests and responses.

use serde::{Deserialize, Deserializer, Serialize};

/// Whoever has one of these knows that its fields are valid.
#[derive(Debug, Deserialize)]
pub struct CreateUserRequest {
    #[serde(deserialize_with = "non_empty_string")]
    pub name: String,
    #[serde(deserialize_with = "valid_email")]
    pub email: String,
    #[serde(deserialize_with = "min_length_8")]
    pub password: String,
}

/// What a client may change. A field that it does not send stays as it is.
#[derive(Debug, Deserialize)]
pub struct UpdateUserRequest {
    // Step 5: the rules for what is sent
    pub name: Option<String>,
    pub email: Option<String>,
}

impl UpdateUserRequest {
    /// Changes what was sent, and nothing else.
    pub fn apply(self, user: &mut UserDto) {
        todo!("change {user:?} as {self:?} says")
    }
}

/// What is told about a user. It has no password.
#[derive(Debug, Serialize)]
pub struct UserDto {
    pub name: String,
    pub email: String,
}

// Step 1: the name

fn non_empty_string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer)
}

// Step 2: the email

fn valid_email<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer)
}

// Step 3: the password

fn min_length_8<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer)
}
