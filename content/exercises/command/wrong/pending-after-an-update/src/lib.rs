//! Creating and updating users, each as a command.

mod domain;

pub use domain::*;

use async_trait::async_trait;
use chrono::Utc;
use std::sync::Arc;
use uuid::Uuid;

/// One thing to be done, with all that it needs inside.
#[async_trait]
pub trait Command<T>: Send + Sync {
    async fn execute(&self) -> Result<T, AppError>;
}

pub struct CreateUserCommand {
    pub dto: CreateUserRequest,
    pub repo: Arc<dyn UserRepository>,
    pub events: Arc<dyn EventPublisher>,
    pub hasher: Arc<dyn PasswordHasher>,
}

impl CreateUserCommand {
    fn validate(&self) -> Result<(), AppError> {
        let refuse = |why: &str| Err(AppError::ValidationFailed(why.to_string()));
        if self.dto.name.trim().is_empty() {
            return refuse("name must not be empty");
        }
        match self.dto.email.split_once('@') {
            Some((local, domain)) if !local.is_empty() && !domain.is_empty() => {}
            _ => return refuse("email must have something on both sides of an @"),
        }
        if self.dto.password.chars().count() < 8 {
            return refuse("password must have at least 8 characters");
        }
        Ok(())
    }
}

#[async_trait]
impl Command<User> for CreateUserCommand {
    async fn execute(&self) -> Result<User, AppError> {
        self.validate()?;

        if self.repo.find_by_email(&self.dto.email).await?.is_some() {
            return Err(AppError::Conflict("Email already exists".to_string()));
        }

        let now = Utc::now();
        let user = User {
            id: Uuid::new_v4(),
            name: self.dto.name.clone(),
            email: self.dto.email.clone(),
            password_hash: self.hasher.hash(&self.dto.password)?,
            sync_status: SyncStatus::Synced,
            created_at: now,
            updated_at: now,
        };
        let saved = self.repo.save(&user).await?;

        let payload = serde_json::json!({ "userId": saved.id.to_string() });
        self.events.publish("user.created", payload).await?;

        Ok(saved)
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
        let Some(mut user) = self.repo.find_by_id(self.user_id).await? else {
            return Err(AppError::NotFound("User not found".to_string()));
        };

        if let Some(email) = &self.dto.email {
            let holder = self.repo.find_by_email(email).await?;
            if holder.is_some_and(|holder| holder.id != user.id) {
                return Err(AppError::Conflict("Email already exists".to_string()));
            }
            user.email = email.clone();
        }
        if let Some(name) = &self.dto.name {
            user.name = name.clone();
        }
        user.updated_at = Utc::now();
        user.sync_status = SyncStatus::Pending;

        self.repo.update(&user).await
    }
}

/// The one door through which every command goes.
pub struct CommandBus;

impl CommandBus {
    pub async fn dispatch<T>(&self, command: &dyn Command<T>) -> Result<T, AppError> {
        command.execute().await
    }
}
