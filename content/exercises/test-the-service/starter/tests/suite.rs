//! Your suite. It begins with the usual test of a read from the cache.

use chrono::Utc;
use std::sync::Arc;
use test_the_service::domain::UserDto;
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
