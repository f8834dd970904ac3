//! What a command is, who handles it, and what can go wrong on the way. This file is
//! given.

use async_trait::async_trait;

/// What is to be done: data, and nothing else.
pub trait Command: Send + 'static {
    /// What comes of it.
    type Output: Send + 'static;
}

/// Whoever knows how to do `C`, with all that it takes.
#[async_trait]
pub trait Handler<C: Command>: Send + Sync {
    async fn handle(&self, command: C) -> Result<C::Output, AppError>;
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppError {
    #[error("Not found: {0}")]
    NotFound(String),

    #[error("Conflict: {0}")]
    Conflict(String),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BusError {
    /// `command` is the name of the command's type, as `std::any::type_name` has it.
    #[error("nobody handles {command}")]
    NoHandler { command: &'static str },

    #[error("{command} has a handler already")]
    AlreadyHandled { command: &'static str },

    /// The handler was found, and this is what it said.
    #[error(transparent)]
    Failed(#[from] AppError),
}
