//! The rules: what a valid request is, and what an error about a user means to the
//! whole application. Nothing here knows of HTTP, SQL or a clock.

use crate::errors::{AppError, UserError};
use crate::model::{
    Column, CreateUserRequest, Direction, Page, PaginationOptions, UpdateUserRequest,
};

// Step 1

impl From<UserError> for AppError {
    fn from(error: UserError) -> Self {
        AppError::Internal(error.to_string())
    }
}

impl CreateUserRequest {
    /// The request with name and email trimmed, if it keeps the rules.
    pub fn validated(self) -> Result<Self, AppError> {
        Ok(self)
    }
}

impl UpdateUserRequest {
    /// The same rules, for what is there.
    pub fn validated(self) -> Result<Self, AppError> {
        Ok(self)
    }
}

impl Page {
    pub fn of(opts: &PaginationOptions) -> Result<Self, AppError> {
        Ok(Self {
            number: opts.page.unwrap_or(0),
            size: opts.size.unwrap_or(0),
            column: Column::CreatedAt,
            direction: Direction::Ascending,
        })
    }
}
