//! The mocks, and functions that set them up.

use crate::ports::{AppError, EventPublisher, Repository, User, UserRepository};
use async_trait::async_trait;
use mockall::predicate::eq;
use mockall::{Sequence, mock};
use serde_json::Value;

mock! {
    pub UserRepo {}

    #[async_trait]
    impl Repository<User> for UserRepo {
        async fn find_by_id(&self, id: u64) -> Result<Option<User>, AppError>;
        async fn save(&self, entity: &User) -> Result<User, AppError>;
        async fn delete(&self, id: u64) -> Result<(), AppError>;
    }

    #[async_trait]
    impl UserRepository for UserRepo {
        async fn find_by_email(&self, email: &str) -> Result<Option<User>, AppError>;
        async fn exists_by_email(&self, email: &str) -> Result<bool, AppError>;
    }
}

mock! {
    pub EventPublisher {}

    #[async_trait]
    impl EventPublisher for EventPublisher {
        async fn publish(&self, event_type: &str, payload: Value) -> Result<String, AppError>;
    }
}

/// Has `user` and answers for its id, as often as it is asked. Being asked for
/// another id is a mistake.
pub fn repo_with(user: User) -> MockUserRepo {
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_id()
        .with(eq(user.id))
        .returning(move |_| Ok(Some(user.clone())));
    repo
}

/// Is to be asked for `user` exactly once.
pub fn repo_asked_once_for(user: User) -> MockUserRepo {
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_id()
        .with(eq(user.id))
        .times(1)
        .returning(move |_| Ok(Some(user.clone())));
    repo
}

/// Fails whatever it is asked to find or to save, with `ServiceUnavailable`.
pub fn repo_that_is_down() -> MockUserRepo {
    let down = || AppError::ServiceUnavailable("no connection".into());
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_id().returning(move |_| Err(down()));
    repo.expect_find_by_email().returning(move |_| Err(down()));
    repo.expect_exists_by_email()
        .returning(move |_| Err(down()));
    repo.expect_save().returning(move |_| Err(down()));
    repo
}

/// A user with the email of `stored` is to be saved once, which answers `stored`.
/// After that, and once, `user.registered` is to be published, with its id.
pub fn saved_then_published(stored: User) -> (MockUserRepo, MockEventPublisher) {
    let mut order = Sequence::new();
    let (id, email) = (stored.id, stored.email.clone());
    let mut repo = MockUserRepo::new();
    repo.expect_save()
        .withf(move |user| user.email == email)
        .times(1)
        .in_sequence(&mut order)
        .returning(move |_| Ok(stored.clone()));
    let mut events = MockEventPublisher::new();
    events
        .expect_publish()
        .withf(move |event, payload| event == "user.registered" && payload["userId"] == id)
        .times(..=1)
        .in_sequence(&mut order)
        .returning(|_, _| Ok("event-id".into()));
    (repo, events)
}

/// Knows that `taken` has an account and that other emails have none, by whichever
/// method it is asked, and is to save nobody.
pub fn repo_where_taken(taken: &'static str) -> MockUserRepo {
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_email().returning(move |email| {
        let user = User {
            id: 1,
            name: "Somebody".into(),
            email: taken.into(),
        };
        Ok((email == taken).then_some(user))
    });
    repo.expect_exists_by_email()
        .returning(move |email| Ok(email == taken));
    repo
}
