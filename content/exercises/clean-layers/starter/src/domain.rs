//! Users, as the service knows them and as the world may see them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A user as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub password_hash: String,
}

/// A user as the world may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDto {
    pub id: String,
    pub name: String,
    pub email: String,
}

impl From<User> for UserDto {
    fn from(user: User) -> Self {
        Self {
            id: user.id.to_string(),
            name: user.name,
            email: user.email,
        }
    }
}

/// The body of `PUT /api/v1/users/{id}`.
#[derive(Debug, Deserialize)]
pub struct RenameRequest {
    pub name: String,
}
