//! Users, as the service asks for them.

use crate::error::{AppError, DbError};
use crate::result_ext::ResultExt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: u32,
    pub name: String,
    pub manager: Option<u32>,
}

/// A table of users. It can break, and it can have no such row.
pub trait UserRepository {
    fn find_by_id(&self, id: u32) -> Result<Option<User>, DbError>;
}

// Step 3: the trap. It compiles, and it reads well.

/// Whether there is such a user: an error if there is not.
pub fn ensure_exists(users: &dyn UserRepository, id: u32) -> Result<(), AppError> {
    users.find_by_id(id).not_found("User not found")?;
    Ok(())
}

/// The name to be shown on the page of a user.
pub fn display_name(users: &dyn UserRepository, id: u32) -> Result<String, AppError> {
    let user = users.find_by_id(id).not_found("User not found")?;
    Ok(user.map_or("(nobody)".to_string(), |user| user.name))
}

// Step 4: with `found`

/// The user's manager. Not to have one is no error: the answer is `None`.
/// To have one who is not in the table is `Internal`, because the table is wrong then.
pub fn manager_of(users: &dyn UserRepository, id: u32) -> Result<Option<User>, AppError> {
    todo!(
        "look up user {id} in a table of {} bytes, then the manager",
        size_of_val(users)
    )
}
