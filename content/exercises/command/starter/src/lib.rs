//! Creating and updating users, each as a command.
//!
//! `domain.rs` holds what the commands work with. Read it, but leave it as it is.

mod domain;

pub use domain::*;

use async_trait::async_trait;
use std::sync::Arc;
use uuid::Uuid;

/// One thing to be done, with all that it needs inside.
#[async_trait]
pub trait Command<T> {
    async fn execute(&self) -> Result<T, AppError>;
}

pub struct CreateUserCommand {
    pub dto: CreateUserRequest,
    pub repo: Arc<dyn UserRepository>,
    pub events: Arc<dyn EventPublisher>,
    pub hasher: Arc<dyn PasswordHasher>,
}

#[async_trait]
impl Command<User> for CreateUserCommand {
    async fn execute(&self) -> Result<User, AppError> {
        // Step 1: refuse what makes no sense
        // Step 2: one email, one user
        // Step 3: hash the password, save the user
        // Step 4: tell the others
        todo!("create {}", self.dto.name)
    }
}

pub struct UpdateUserCommand {
    pub user_id: Uuid,
    pub dto: UpdateUserRequest,
    pub repo: Arc<dyn UserRepository>,
}

#[async_trait]
impl Command<User> for UpdateUserCommand {
    async fn execute(&self) -> Result<User, AppError> {
        // Step 5: change what was sent, and nothing else
        todo!("update {}", self.user_id)
    }
}

/// The one door through which every command goes.
pub struct CommandBus;

impl CommandBus {
    // Step 6: the bus
    pub async fn dispatch<T>(&self, command: &dyn Command<T>) -> Result<T, AppError> {
        todo!("run the command")
    }
}
