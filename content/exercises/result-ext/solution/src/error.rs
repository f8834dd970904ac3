//! The errors. There is nothing to write here.

use std::fmt;

/// What the caller gets: two variants of the application's error, without the help of a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppError {
    /// 404: there is no such thing, and asking again will not help.
    NotFound(String),
    /// 500: something broke, and it may work in a minute.
    Internal(String),
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(text) => write!(f, "Not found: {text}"),
            Self::Internal(text) => write!(f, "Internal error: {text}"),
        }
    }
}

impl std::error::Error for AppError {}

/// What the database says when it cannot answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DbError(pub String);

impl fmt::Display for DbError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DbError {}
