//! Your suite. It begins with the two tests with which this pattern is usually shown.

use chrono::Utc;
use std::sync::Arc;
use test_the_service::domain::UserDto;
use test_the_service::fixtures::request;
use test_the_service::mocks::{MockCache, MockEventPublisher, MockUserRepo};
use test_the_service::ports::UserService;
use test_the_service::service::UserServiceImpl;
use uuid::Uuid;

fn service(
    repo: MockUserRepo,
    cache: MockCache,
    events: MockEventPublisher,
) -> UserServiceImpl<MockCache> {
    UserServiceImpl::new(Arc::new(repo), Arc::new(cache), Arc::new(events))
}

#[tokio::test]
async fn test_get_user_returns_cached() {
    let mut cache = MockCache::new();
    let cached = UserDto {
        id: "123".into(),
        name: "Cached User".into(),
        email: "cached@example.com".into(),
        created_at: Utc::now().to_rfc3339(),
        updated_at: Utc::now().to_rfc3339(),
    };
    cache
        .expect_get::<UserDto>()
        .returning(move |_| Ok(Some(cached.clone())));
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_id().times(0);
    let service = service(repo, cache, MockEventPublisher::new());

    let found = service.get_user(Uuid::new_v4()).await.unwrap();

    assert_eq!(found.unwrap().name, "Cached User");
}

#[tokio::test]
async fn test_create_user_publishes_event() {
    let mut repo = MockUserRepo::new();
    repo.expect_find_by_email().returning(|_| Ok(None));
    repo.expect_save().returning(|user| Ok(user.clone()));
    let mut events = MockEventPublisher::new();
    events
        .expect_publish()
        .withf(|event, _| event == "user.registered")
        .times(1)
        .returning(|_, _| Ok("event-id".into()));
    let service = service(repo, MockCache::new(), events);

    let created = service.create_user(request()).await;

    assert!(created.is_ok());
}
