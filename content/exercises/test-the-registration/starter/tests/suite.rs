//! Your suite. It begins with the usual test of a registration.

use std::sync::Arc;
use test_the_registration::fixtures::request;
use test_the_registration::mocks::{MockCache, MockEventPublisher, MockUserRepo};
use test_the_registration::ports::UserService;
use test_the_registration::service::UserServiceImpl;

fn service(
    repo: MockUserRepo,
    cache: MockCache,
    events: MockEventPublisher,
) -> UserServiceImpl<MockCache> {
    UserServiceImpl::new(Arc::new(repo), Arc::new(cache), Arc::new(events))
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
