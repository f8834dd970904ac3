//! Users, as the service asks for them.

use crate::error::{AppError, DbError};
use crate::result_ext::{FoundExt, ResultExt};

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

/// Whether there is such a user: an error if there is not.
pub fn ensure_exists(users: &dyn UserRepository, id: u32) -> Result<(), AppError> {
    users
        .find_by_id(id)
        .or_internal("Could not look up a user")?
        .not_found("User not found")?;
    Ok(())
}

/// The name to be shown on the page of a user.
pub fn display_name(users: &dyn UserRepository, id: u32) -> Result<String, AppError> {
    let user = users
        .find_by_id(id)
        .or_internal("Could not look up a user")?
        .or_internal("User not found")?;
    Ok(user.name)
}

/// The user's manager. Not to have one is no error: the answer is `None`.
/// To have one who is not in the table is `Internal`, because the table is wrong then.
pub fn manager_of(users: &dyn UserRepository, id: u32) -> Result<Option<User>, AppError> {
    let user = users.find_by_id(id).found("user")?;
    let Some(manager) = user.manager else {
        return Ok(None);
    };
    users
        .find_by_id(manager)
        .or_internal("Could not look up a manager")?
        .or_internal("The manager is not in the table")
        .map(Some)
}
