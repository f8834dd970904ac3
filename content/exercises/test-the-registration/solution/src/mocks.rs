//! Mocks of the service's collaborators, for its tests. In a library that is
//! published they would stand behind a feature.

use crate::domain::User;
use crate::errors::AppError;
use crate::ports::{CacheService, EventPublisher, Repository, UserRepository};
use async_trait::async_trait;
use mockall::mock;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

mock! {
    pub UserRepo {}

    #[async_trait]
    impl Repository<User> for UserRepo {
        async fn find_by_id(&self, id: Uuid) -> Result<Option<User>, AppError>;
        async fn save(&self, entity: &User) -> Result<User, AppError>;
        async fn delete(&self, id: Uuid) -> Result<(), AppError>;
    }

    #[async_trait]
    impl UserRepository for UserRepo {
        async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;
    }
}

mock! {
    pub Cache {}

    #[async_trait]
    impl CacheService for Cache {
        async fn get<T>(&self, key: &str) -> Result<Option<T>, AppError>
        where
            T: DeserializeOwned + Send + 'static;
        async fn set<T>(&self, key: &str, value: &T, ttl_secs: u64) -> Result<(), AppError>
        where
            T: Serialize + Send + Sync + 'static;
        async fn delete(&self, key: &str) -> Result<(), AppError>;
    }
}

mock! {
    pub EventPublisher {}

    #[async_trait]
    impl EventPublisher for EventPublisher {
        async fn publish(&self, event_type: &str, payload: Value) -> Result<String, AppError>;
    }
}
