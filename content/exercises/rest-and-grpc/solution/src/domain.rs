//! What the service is about. Neither door is known here.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What leaves the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserDto {
    pub id: Uuid,
    pub name: String,
    pub email: String,
}

/// What is asked for when a user is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NewUser {
    pub name: String,
    pub email: String,
}

/// Some of the users, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageOfUsers {
    pub users: Vec<UserDto>,
    pub total: u64,
}

/// Whether this looks like an address: one `@`, something before it, and a dot inside of what follows.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let dotted = domain.split('.').count() > 1 && domain.split('.').all(|part| !part.is_empty());
    !local.is_empty() && dotted && !domain.contains('@')
}
