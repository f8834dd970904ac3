//! The mocks, and functions that set them up.

use crate::ports::{AppError, EventPublisher, Repository, User, UserRepository};
use async_trait::async_trait;
use mockall::mock;
use serde_json::Value;

// Step 1: mocks that fit the traits

mock! {
    pub UserRepo {}

    #[async_trait]
    impl UserRepository for UserRepo {
        async fn find_by_id(&self, id: u64) -> Result<Option<User>, AppError>;
        async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;
        async fn save(&self, user: &User) -> Result<User, AppError>;
        async fn delete(&self, id: u64) -> Result<(), AppError>;
    }
}

mock! {
    pub EventPublisher {}

    #[async_trait]
    impl EventPublisher for EventPublisher {
        async fn publish(&self, event_type: &str, payload: Value) -> Result<String, AppError>;
    }
}

// Step 2: for one id

/// Has `user` and answers for its id, as often as it is asked. Being asked for
/// another id is a mistake.
pub fn repo_with(user: User) -> MockUserRepo {
    todo!("a repository with {user:?}")
}

// Step 3: once

/// Is to be asked for `user` exactly once.
pub fn repo_asked_once_for(user: User) -> MockUserRepo {
    todo!("a repository that counts, with {user:?}")
}

// Step 4: a failure to order

/// Fails whatever it is asked to find or to save, with `ServiceUnavailable`.
pub fn repo_that_is_down() -> MockUserRepo {
    todo!("a repository that is down")
}

// Step 5: one after the other

/// A user with the email of `stored` is to be saved once, which answers `stored`.
/// After that, and once, `user.registered` is to be published, with its id.
pub fn saved_then_published(stored: User) -> (MockUserRepo, MockEventPublisher) {
    todo!("{stored:?} saved, then announced")
}

// Step 6: no stricter than the rule

/// Knows that `taken` has an account and that other emails have none, by whichever
/// method it is asked, and is to save nobody.
pub fn repo_where_taken(taken: &'static str) -> MockUserRepo {
    todo!("a repository in which {taken} is taken")
}
