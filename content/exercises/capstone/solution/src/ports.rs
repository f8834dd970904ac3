//! What the parts want of each other. The tests put mocks in the place of some.

use crate::errors::AppError;
use crate::model::{
    Claims, CreateUserRequest, LoginRequest, PaginationOptions, TokenPair, UpdateUserRequest, User,
    UserDto,
};
use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// What every store of entities can do.
#[async_trait]
pub trait Repository<T: Send + Sync>: Send + Sync {
    async fn find_by_id(&self, id: Uuid) -> Result<Option<T>, AppError>;

    /// One page, and how many entities there are on all pages together.
    async fn find_all(&self, opts: &PaginationOptions) -> Result<(Vec<T>, i64), AppError>;

    /// Adds the entity, and answers it as it is stored. `Conflict` if it is there.
    async fn save(&self, entity: &T) -> Result<T, AppError>;

    /// Replaces the entity with the same id, and answers it as it is stored.
    /// `NotFound` if there is none.
    async fn update(&self, entity: &T) -> Result<T, AppError>;

    /// `NotFound` if there is nobody to delete.
    async fn delete(&self, id: Uuid) -> Result<(), AppError>;
}

/// What a store of users can do besides.
#[async_trait]
pub trait UserRepository: Repository<User> {
    async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;

    async fn exists_by_email(&self, email: &str) -> Result<bool, AppError>;

    /// The users of whose latest change the other systems do not know yet, the
    /// longest waiting first.
    async fn find_pending_sync(&self) -> Result<Vec<User>, AppError>;

    /// Notes that the others know of `user`, unless the stored user has been changed
    /// since `user` was read.
    async fn mark_synced(&self, user: &User) -> Result<(), AppError>;
}

/// A cache of anything that can be serialised. Its methods are generic, so there is
/// no `dyn CacheService`.
#[async_trait]
pub trait CacheService: Send + Sync {
    async fn get<T>(&self, key: &str) -> Result<Option<T>, AppError>
    where
        T: DeserializeOwned + Send + 'static;

    async fn set<T>(&self, key: &str, value: &T, ttl_secs: u64) -> Result<(), AppError>
    where
        T: Serialize + Send + Sync + 'static;

    async fn delete(&self, key: &str) -> Result<(), AppError>;
}

/// Tells the other systems what has happened.
#[async_trait]
pub trait EventPublisher: Send + Sync {
    /// Answers the id that the event was given.
    async fn publish(
        &self,
        event_type: &str,
        payload: serde_json::Value,
    ) -> Result<String, AppError>;
}

/// What handlers and worker want of the service.
#[async_trait]
pub trait UserService: Send + Sync {
    async fn get_user(&self, id: Uuid) -> Result<Option<UserDto>, AppError>;

    async fn list_users(&self, opts: &PaginationOptions) -> Result<(Vec<UserDto>, i64), AppError>;

    async fn create_user(&self, request: CreateUserRequest) -> Result<UserDto, AppError>;

    async fn update_user(&self, id: Uuid, request: UpdateUserRequest) -> Result<UserDto, AppError>;

    async fn delete_user(&self, id: Uuid) -> Result<(), AppError>;

    /// Tells the others of the user who has waited longest, and answers whether
    /// there was one.
    async fn sync_next(&self) -> Result<bool, AppError>;
}

/// Who is asking?
#[async_trait]
pub trait AuthService: Send + Sync {
    async fn login(&self, request: LoginRequest) -> Result<TokenPair, AppError>;

    /// The claims of a token that is intact and has not ended, of either type.
    fn verify(&self, token: &str) -> Result<Claims, AppError>;
}
