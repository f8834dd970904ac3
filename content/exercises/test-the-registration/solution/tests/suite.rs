//! A suite that tells the right registration from the wrong ones.

use mockall::Sequence;
use mockall::predicate::eq;
use std::sync::Arc;
use test_the_registration::domain::UserDto;
use test_the_registration::errors::AppError;
use test_the_registration::fixtures::{mock_user, request};
use test_the_registration::mocks::{MockCache, MockEventPublisher, MockUserRepo};
use test_the_registration::ports::UserService;
use test_the_registration::security::verify_password;
use test_the_registration::service::UserServiceImpl;

fn service(
    repo: MockUserRepo,
    cache: MockCache,
    events: MockEventPublisher,
) -> UserServiceImpl<MockCache> {
    UserServiceImpl::new(Arc::new(repo), Arc::new(cache), Arc::new(events))
}

#[tokio::test]
async fn a_taken_email_is_a_conflict_and_nothing_happens() {
    let mut repo = MockUserRepo::new(); // expects no `save`
    repo.expect_find_by_email()
        .with(eq("new@example.com"))
        .returning(|_| Ok(Some(mock_user())));
    let service = service(repo, MockCache::new(), MockEventPublisher::new());

    let refused = service.create_user(request()).await;

    assert!(matches!(refused, Err(AppError::Conflict(_))), "{refused:?}");
}

#[tokio::test]
async fn a_new_user_is_saved_with_a_hash_and_then_announced() {
    let mut order = Sequence::new();
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_email().returning(|_| Ok(None));
    let stored = mock_user(); // with another id than it was sent
    let row = stored.clone();
    repo.expect_save()
        .withf(|user| {
            user.name == "New User"
                && user.email == "new@example.com"
                && verify_password("Password123", &user.password_hash)
        })
        .times(1)
        .in_sequence(&mut order)
        .returning(move |_| Ok(row.clone()));
    let mut events = MockEventPublisher::new();
    let id = stored.id.to_string();
    events
        .expect_publish()
        .withf(move |event, payload| event == "user.registered" && payload["userId"] == id)
        .times(1)
        .in_sequence(&mut order)
        .returning(|_, _| Ok("event-id".into()));
    let service = service(repo, MockCache::new(), events);

    let created = service.create_user(request()).await.unwrap();

    assert_eq!(created, UserDto::from(stored));
}

#[tokio::test]
async fn a_save_that_fails_is_not_announced() {
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_email().returning(|_| Ok(None));
    repo.expect_save()
        .returning(|_| Err(AppError::ServiceUnavailable("no connection".into())));
    let service = service(repo, MockCache::new(), MockEventPublisher::new());

    let result = service.create_user(request()).await;

    assert!(
        matches!(result, Err(AppError::ServiceUnavailable(_))),
        "{result:?}"
    );
}
