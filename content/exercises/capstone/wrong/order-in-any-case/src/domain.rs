//! The rules: what a valid request is, and what an error about a user means to the
//! whole application. Nothing here knows of HTTP, SQL or a clock.

use crate::errors::{AppError, UserError};
use crate::model::{
    Column, CreateUserRequest, Direction, Page, PaginationOptions, UpdateUserRequest,
};

const MAX_NAME: usize = 100;
const MIN_PASSWORD: usize = 8;
const DEFAULT_SIZE: u32 = 20;
const MAX_SIZE: u32 = 100;

impl From<UserError> for AppError {
    fn from(error: UserError) -> Self {
        match error {
            UserError::NotFound(_) => AppError::NotFound(error.to_string()),
            UserError::EmailExists(_) => AppError::Conflict(error.to_string()),
            UserError::WeakPassword(reason) => AppError::ValidationFailed(reason),
        }
    }
}

impl CreateUserRequest {
    /// The request with name and email trimmed, if it keeps the rules.
    pub fn validated(self) -> Result<Self, AppError> {
        Ok(Self {
            name: valid_name(&self.name)?,
            email: valid_email(&self.email)?,
            password: strong_password(self.password)?,
        })
    }
}

impl UpdateUserRequest {
    /// The same rules, for what is there.
    pub fn validated(self) -> Result<Self, AppError> {
        Ok(Self {
            name: self.name.as_deref().map(valid_name).transpose()?,
            email: self.email.as_deref().map(valid_email).transpose()?,
        })
    }
}

impl Page {
    pub fn of(opts: &PaginationOptions) -> Result<Self, AppError> {
        Ok(Self {
            number: opts.page.unwrap_or(0),
            size: opts.size.unwrap_or(DEFAULT_SIZE).min(MAX_SIZE),
            column: match opts.order_by.as_deref() {
                Some("name") => Column::Name,
                Some("email") => Column::Email,
                Some("created_at") | None => Column::CreatedAt,
                Some(_) => return Err(invalid("order_by: name, email or created_at")),
            },
            direction: match opts.order.as_deref() {
                Some("asc") | None => Direction::Ascending,
                Some(order) if order.eq_ignore_ascii_case("desc") => Direction::Descending,
                Some(_) => return Err(invalid("order: asc or desc")),
            },
        })
    }
}

fn valid_name(name: &str) -> Result<String, AppError> {
    let name = name.trim();
    match name.chars().count() {
        1..=MAX_NAME => Ok(name.to_string()),
        _ => Err(invalid("name: 1 to 100 characters")),
    }
}

/// Not a proof that it is an address. That would be a letter to it.
fn valid_email(email: &str) -> Result<String, AppError> {
    let email = email.trim();
    let looks_right = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && !host.contains('@')
            && host.contains('.')
            && host.split('.').all(|part| !part.is_empty())
    });
    if !looks_right || email.contains(char::is_whitespace) {
        return Err(invalid("email: not an address"));
    }
    Ok(email.to_string())
}

fn strong_password(password: String) -> Result<String, UserError> {
    if password.chars().count() < MIN_PASSWORD {
        let reason = format!("password: at least {MIN_PASSWORD} characters");
        return Err(UserError::WeakPassword(reason));
    }
    Ok(password)
}

fn invalid(reason: &str) -> AppError {
    AppError::ValidationFailed(reason.into())
}
